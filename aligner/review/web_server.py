"""Serve the page of a review on this machine until it is ended.

Starlette and uvicorn: the two are small (1.8 MB, with what they need 6 MB), kept by many,
and have no compiled part. The page and its API share one address, whose first part is a
secret token; see `guard` for what else is asked of a request.
"""

from __future__ import annotations

import mimetypes
import secrets
import socket
import warnings
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from aligner.errors import ReviewError
from aligner.messages import _
from aligner.review.desk import Desk
from aligner.review.guard import Guard
from aligner.review.web_api import routes

STATIC: Final = Path(__file__).with_name("static")
HOST: Final = "127.0.0.1"
_GRACE: Final = 2  # seconds that requests in progress get at the end


class ReviewServer:
    """A server that has its port and token and is not running yet.

    Args:
        desk: What is reviewed.

    Raises:
        ReviewError: There is no free port.
    """

    def __init__(self, desk: Desk) -> None:
        # a script of another type is not run, and some systems know another one
        mimetypes.add_type("text/javascript", ".js")
        self.token = secrets.token_urlsafe(24)
        self._socket = _listening()
        self.port: int = self._socket.getsockname()[1]
        pages = Mount("/", StaticFiles(directory=STATIC, html=True))
        app = Starlette(routes=[*routes(desk, self.stop), pages])
        guarded = Guard(app, token=self.token, port=self.port)
        self._server = uvicorn.Server(
            uvicorn.Config(
                guarded,
                log_level="error",
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )

    @property
    def address(self) -> str:
        """Where the page is, its secret included."""
        return f"http://{HOST}:{self.port}/{self.token}/"

    def run(self) -> None:
        """Answer until `stop` is called or the user interrupts."""
        try:
            with warnings.catch_warnings():
                # an interrupt before the first request leaves a coroutine that nobody awaits
                warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
                self._server.run(sockets=[self._socket])
        except KeyboardInterrupt:  # uvicorn ends in order and then hands the signal on
            pass
        finally:
            self._socket.close()

    def stop(self) -> None:
        """End soon; may be called from any thread."""
        self._server.should_exit = True


def _listening() -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        found.bind((HOST, 0))
        found.listen(128)
    except OSError as error:
        found.close()
        raise ReviewError(
            _("no port of {host} can be listened on: {reason}").format(
                host=HOST, reason=error.strerror
            ),
            hint=_("see whether a firewall or a container forbids it"),
        ) from error
    return found


def serve(desk: Desk, *, browser: bool, tell: Callable[[str], None]) -> None:
    """Serve a desk until it is ended; the address is told, and opened if wanted."""
    server = ReviewServer(desk)
    tell(_("reviewing at {address}").format(address=server.address))
    with suppress(KeyboardInterrupt):  # from here on a way to end that we name ourselves
        tell(_("press Ctrl-C to end, or use the page's button"))
        if browser and not webbrowser.open(server.address):
            tell(_("no browser could be opened: open the address yourself"))
        server.run()
