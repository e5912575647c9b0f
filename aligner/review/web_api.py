"""The API of the page: JSON over the sessions of a desk.

All addresses stand below `/TOKEN/api/`, which only who was given the token knows. A body is
a JSON object. An error is `{"error": ..., "hint": ...}` with status 400 (a request that
makes no sense), 404 or 409 (the document does not allow it, or it is read only).

    GET  settings                 `lang` (of the page; empty: as the browser has it), `is_corpus`,
                                  `formats` [{name, what, confirms}] of exports
    GET  docs                     the documents: number, id, links, confirmed, wrong (expected
                                  number), answers, begun, people {name: actions}
    GET  docs/N                   one of them: besides `revision` (other whenever the document
                                  is), `undo`, `redo` (how many), `realigns`, `read_only`,
                                  `notes`, `sides` [{id, source, lang}], `out` (files of -o)
    GET  docs/N/rows?from=0&count=100&filter=&q=
                                  `total` rows of the filter and the words, and those from..;
                                  a row: place, id, kind, p (null: not decoded), status (auto,
                                  made, confirmed), bookmark, note, findings [key], src and
                                  tgt [{id, text, paragraph, start (whether it begins the
                                  paragraph), heading, span, corrected}]
    GET  docs/N/places?filter=&q= the places of all such rows, for the scroll bar
    GET  docs/N/link/ID           {place, row}: where a link is now
    POST docs/N/act               {"action": NAME, ...}: `changed` [{at, before [ids],
                                  after [rows]}] in the order in which they happen, `moved`
                                  [ids] of links that realigning made other ones, and the state
                                  as of docs/N
         join {links}, split {link, src, tgt}, move {sentence, up}, unlink {link | sentence},
         relink {groups: [[[zh ids], [en ids]], ...], confirm}, split_sentence {sentence, at},
         join_sentences {sentence}, correct {sentence, text}, confirm {links, on},
         confirm_stretch {first, last}, bookmark {link, on}, note {link, text}, realign {},
         settle {finding, answer: accept | not an error | right rendering | null, text},
         undo {}, redo {}
    GET  docs/N/ask               `place` and `row` of the link to ask next (null: none is in
                                  doubt), `wrong`, `answers`
    GET  docs/N/findings          `state` (none, running, ready, or an error) and `findings`,
                                  each with its `link` and `place` (null: its sentence is
                                  no more), its `verdict` {answer, text} or null, and whether
                                  a text of it `changed` since
    GET  docs/N/outline           `outline` [{place, link, src, tgt}]: the headings
    POST docs/N/findings          begin to look for them
    GET  docs/N/export/NAME?confirmed=1
                                  the document as a file, in the format of the name's suffix
    POST docs/N/write             write the files of -o: `written`
    POST quit                     end the command

Filters, several with commas: doubtful, one-sided, n-m, findings, unconfirmed, bookmarked,
noted. `q` is looked for on both sides, whatever the letter case.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from aligner.errors import AlignerError, ReviewError
from aligner.filenames import shown
from aligner.formats.outputs import BITEXT_FORMATS
from aligner.messages import N_, _
from aligner.review.asking import best_place, gains, left
from aligner.review.desk import Desk, Paper
from aligner.review.exporting import download, write_review
from aligner.review.page_findings import findings_now
from aligner.review.page_rows import (
    BadRequestError,
    changed_rows,
    filtered,
    moved_links,
    outline,
    row_maker,
)
from aligner.review.session import Session
from aligner.review.values import FindingVerdict, ReviewChange

MOST_ROWS: Final = 1_000  # in one answer
Args: TypeAlias = dict[str, Any]


def routes(desk: Desk, quit_: Callable[[], None]) -> list[Route]:
    """Return the routes of the API."""

    def route(path: str, answer: Callable[[Request, Args], Any], method: str) -> Route:
        return Route(path, partial(_answer, answer), methods=[method])

    def paper(request: Request) -> Paper:
        return desk.paper(request.path_params["number"])

    def end(_request: Request, _args: Args) -> dict[str, Any]:
        quit_()
        return {}

    one = "/api/docs/{number:int}"
    return [
        route("/api/settings", lambda _r, _a: _settings(desk), "GET"),
        route("/api/docs", lambda _r, _a: desk.progress(), "GET"),
        route(one, lambda r, _a: _state(desk, paper(r)), "GET"),
        route(f"{one}/rows", lambda r, _a: _rows(paper(r), r), "GET"),
        route(f"{one}/places", lambda r, _a: _places(paper(r), r), "GET"),
        route(f"{one}/link/{{link:int}}", lambda r, _a: _link(paper(r), r), "GET"),
        route(f"{one}/act", lambda r, a: _act(desk, paper(r), a), "POST"),
        route(f"{one}/ask", lambda r, _a: _ask(paper(r)), "GET"),
        route(f"{one}/findings", lambda r, _a: _findings(paper(r)), "GET"),
        route(f"{one}/findings", lambda r, _a: _find(desk, paper(r)), "POST"),
        route(f"{one}/outline", lambda r, _a: _outline(paper(r)), "GET"),
        route(f"{one}/export/{{name:path}}", lambda r, _a: _export(paper(r), r), "GET"),
        route(f"{one}/write", lambda r, _a: _write(desk, paper(r)), "POST"),
        route("/api/quit", end, "POST"),
    ]


async def _answer(answer: Callable[[Request, Args], Any], request: Request) -> Response:
    try:
        args = await _body(request) if request.method == "POST" else {}
        found = await run_in_threadpool(answer, request, args)
    except BadRequestError as error:
        return JSONResponse({"error": str(error), "hint": ""}, 400)
    except AlignerError as error:
        status = 409 if isinstance(error, ReviewError) else 400
        return JSONResponse({"error": str(error), "hint": error.hint}, status)
    return found if isinstance(found, Response) else JSONResponse(found)


async def _body(request: Request) -> Args:
    try:
        args = json.loads(await request.body() or b"{}")
    except (ValueError, RecursionError):
        args = None
    if not isinstance(args, dict):
        raise BadRequestError(N_("the body is no JSON object"))
    return args


def _session(paper: Paper) -> Session:
    session = paper.session
    session.follow()
    return session


def _state(desk: Desk, paper: Paper) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        undo, redo = session.counts
        return {
            "id": session.facts["id"],
            **left(session.links, paper.borders)._asdict(),
            "revision": session.revision,
            "undo": undo,
            "redo": redo,
            "realigns": session.realign is not None,
            "read_only": session.journal.read_only,
            "notes": list(paper.opened.notes) if paper.opened else [],
            "sides": [
                {"id": doc.id, "source": doc.source, "lang": lang}
                for doc, lang in (
                    (session.src_doc, session.facts["src_lang"]),
                    (session.tgt_doc, session.facts["tgt_lang"]),
                )
            ],
            "out": [shown(path) for path in desk.out],
        }


def _rows(paper: Paper, request: Request) -> dict[str, Any]:
    session, query = _session(paper), request.query_params
    first, count = _number(query, "from", 0), _number(query, "count", 100)
    with session.lock:
        places = filtered(paper, session, query.get("filter", ""), query.get("q", ""))
        shown_ = places[first : first + min(count, MOST_ROWS)]
        rows = list(map(row_maker(paper, session), shown_))
        return {"total": len(places), "from": first, "rows": rows, "revision": session.revision}


def _places(paper: Paper, request: Request) -> dict[str, Any]:
    session, query = _session(paper), request.query_params
    with session.lock:
        places = filtered(paper, session, query.get("filter", ""), query.get("q", ""))
        return {"places": list(places), "revision": session.revision}


def _link(paper: Paper, request: Request) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        place = session.place(request.path_params["link"])
        row = row_maker(paper, session)(place)
        return {"place": place, "row": row, "revision": session.revision}


def _number(query: Any, name: str, default: int) -> int:  # noqa: ANN401 - as Starlette has it
    try:
        return max(0, int(query.get(name, default)))
    except ValueError:
        raise BadRequestError(_("{name} is no number").format(name=name)) from None


def _ask(paper: Paper) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        all_gains, state = gains(session.links, paper.borders), left(session.links, paper.borders)
        place = best_place(all_gains)
        row = None if place is None else row_maker(paper, session)(place)
        gain = None if place is None else round(float(all_gains[place]), 4)
    return {"place": place, "row": row, "gain": gain, **state._asdict()}


def _find(desk: Desk, paper: Paper) -> dict[str, Any]:
    desk.find_later(paper)
    return {"state": paper.finding}


def _findings(paper: Paper) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        rows = findings_now(paper.findings, session.links, session.verdicts)
    return {"state": paper.finding, "findings": rows}


def _outline(paper: Paper) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        return {"outline": outline(session)}


def _settings(desk: Desk) -> dict[str, Any]:
    forms = {name: one for name, one in BITEXT_FORMATS.items() if name == one.name}
    return {
        "lang": desk.lang,
        "is_corpus": desk.is_corpus,
        "formats": [
            {"name": name, "what": one.what, "confirms": one.confirms}
            for name, one in forms.items()
        ],
    }


def _export(paper: Paper, request: Request) -> Response:
    confirmed = request.query_params.get("confirmed", "") not in {"", "0"}
    found = download(_session(paper), request.path_params["name"], confirmed_only=confirmed)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(found.data, media_type="application/octet-stream", headers=headers)


def _write(desk: Desk, paper: Paper) -> dict[str, Any]:
    written = write_review(_session(paper), desk.out, to=desk.to)
    return {"written": [shown(path) for path in written]}


def _act(desk: Desk, paper: Paper, args: Args) -> dict[str, Any]:
    session = _session(paper)
    name = args.get("action")
    if not isinstance(name, str) or name not in ACTIONS:
        raise BadRequestError(_("there is no action {name!r}").format(name=name))
    try:
        with session.lock:
            change = ACTIONS[name](session, args)
            changed = list(changed_rows(paper, session, change)) if change else []
            moved = sorted(moved_links(change)) if change else []
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequestError(
            _("{name}: an argument is missing or of another kind").format(name=name)
        ) from error
    return {"changed": changed, "moved": moved, **_state(desk, paper)}


def _int(args: Args, name: str) -> int:
    value = args[name]
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(name)
    return value


def _ints(value: Any) -> list[int]:  # noqa: ANN401 - whatever was sent
    if not isinstance(value, list) or not all(type(one) is int for one in value):
        raise TypeError("numbers")
    return value


def _text(args: Args, name: str) -> str:
    value = args[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _is_on(args: Args, name: str = "on") -> bool:
    value = args.get(name, True)
    if not isinstance(value, bool):
        raise TypeError(name)
    return value


def _settle(session: Session, args: Args) -> ReviewChange:
    answer, key = args["answer"], _text(args, "finding")
    if answer is None:
        return session.settle(key, None)
    if answer not in ("accept", "not an error", "right rendering"):
        raise ValueError(answer)
    text = _text(args, "text") if "text" in args else ""
    return session.settle(key, FindingVerdict(answer, text))


def _relink(session: Session, args: Args) -> ReviewChange:
    groups = [(_ints(src), _ints(tgt)) for src, tgt in args["groups"]]
    return session.relink(groups, status="confirmed" if _is_on(args, "confirm") else "made")


def _unlink(session: Session, args: Args) -> ReviewChange:
    if "sentence" in args:
        return session.unlink(sentence=_int(args, "sentence"))
    return session.unlink(link=_int(args, "link"))


ACTIONS: Final[dict[str, Callable[[Session, Args], ReviewChange | None]]] = {
    "join": lambda s, a: s.join(_ints(a["links"])),
    "split": lambda s, a: s.split(_int(a, "link"), _int(a, "src"), _int(a, "tgt")),
    "move": lambda s, a: s.shift(_int(a, "sentence"), up=_is_on(a, "up")),
    "unlink": _unlink,
    "relink": _relink,
    "split_sentence": lambda s, a: s.split_sentence(_int(a, "sentence"), _int(a, "at")),
    "join_sentences": lambda s, a: s.join_sentences(_int(a, "sentence")),
    "correct": lambda s, a: s.correct(_int(a, "sentence"), _text(a, "text")),
    "confirm": lambda s, a: s.confirm(_ints(a["links"]), on=_is_on(a)),
    "confirm_stretch": lambda s, a: s.confirm_stretch(_int(a, "first"), _int(a, "last")),
    "bookmark": lambda s, a: s.bookmark(_int(a, "link"), on=_is_on(a)),
    "note": lambda s, a: s.note(_int(a, "link"), _text(a, "text")),
    "realign": lambda s, _: s.realign_all(),
    "settle": _settle,
    "undo": lambda s, _: s.undo(),
    "redo": lambda s, _: s.redo(),
}
