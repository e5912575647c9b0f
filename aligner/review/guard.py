"""Who may talk to the server of a review: the page that was opened, and nobody else.

The server listens on this machine alone, yet every page in the user's browser, and every
program of every user of the machine, could talk to it. So each request must
- begin with the token, a secret of the address that was opened;
- be for the host that we listen on, so that no name that an attacker lets lead here
  (DNS rebinding) is answered;
- come from no other origin, as browsers say in `Origin` and `Sec-Fetch-Site`;
- be of a small size, and JSON where it changes something.

Everything that is refused gets the same short answer, whatever it asked for. What is
answered may load nothing from elsewhere and be put into no other page.
"""

from __future__ import annotations

import hmac
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY: Final = 2_000_000  # bytes of a request
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
_SITES: Final = frozenset({"same-origin", "none"})  # none: typed, or opened by a program
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self';"
    " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what has the token, and takes it off the path.

    Args:
        app: What answers.
        token: The secret.
        port: Which we listen on.
    """

    def __init__(self, app: ASGIApp, *, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._origins = frozenset(f"http://{host}" for host in self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        status = self._status(scope)
        if status:
            refused = PlainTextResponse("refused\n", status, headers=HEADERS)
            await refused(scope, receive, send)
            return
        path = scope["path"].partition("/")[2].partition("/")[2]
        inner = {**scope, "path": f"/{path}", "raw_path": f"/{path}".encode(), "root_path": ""}

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        await self._app(inner, _limited(receive), send_guarded)

    def _status(self, scope: Scope) -> int:
        """Return the status of a refusal; 0 for a request that is let through."""
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return 403
        if any(origin not in self._origins for origin in headers.getlist("origin")):
            return 403
        if headers.get("sec-fetch-site", "none") not in _SITES:
            return 403
        first, _, rest = scope["path"].removeprefix("/").partition("/")
        if not hmac.compare_digest(first.encode(), self._token.encode()):
            return 403
        if not rest and not scope["path"].endswith("/"):  # relative addresses would lose it
            return 404
        return _status_of_body(scope["method"], headers)


def _status_of_body(method: str, headers: Headers) -> int:
    if method not in _METHODS:
        return 405
    if method == "POST":
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            return 415
    length = headers.get("content-length", "0")
    return 0 if length.isdecimal() and int(length) <= MOST_BODY else 413


def _limited(receive: Receive) -> Receive:
    """Return a receiver that ends a body which is longer than it said."""
    size = 0

    async def limited() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_BODY:
            return {"type": "http.disconnect"}
        return message

    return limited
