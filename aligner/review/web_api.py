"""The API of the page: JSON over the sessions of a desk.

All addresses stand below `/TOKEN/api/`, which only who was given the token knows. A body is
a JSON object. An error is `{"error": ..., "hint": ...}` with status 400 (a request that
makes no sense), 404 or 409 (the document does not allow it, or it is read only), in the
language that the request names in `Accept-Language`.

    GET  settings                 `lang` (of the page; empty: as the browser has it), `is_corpus`,
                                  `formats` [{name, what, confirms, keeps_notes}] of
                                  exports
    GET  docs                     the documents: number, id, links, confirmed, wrong (expected
                                  number), answers, begun, people {name: actions}
    GET  docs/N                   one of them: besides `revision` (other whenever the document
                                  is), `undo`, `redo` (how many), `realigns`, `long`
                                  (realigned a stretch at a time), `read_only`, `notes`, `noted`
                                  (links with a note),
                                  `sides` [{id, source, lang}], `out` (files of -o)
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
         confirm_stretch {first, last}, bookmark {link, on}, note {link, text},
         realign {link} (round it; everything without it),
         settle {finding, answer: accept | not an error | right rendering | null, text,
                 term},
         undo {}, redo {}
    GET  docs/N/ask?skip=5,8      `place` and `row` of the link to ask next (null: none is in
                                  doubt), `wrong`, `answers`; of the links to be skipped, how
                                  many wait (`skipped`), or that they come `again`
    GET  docs/N/findings          `state` (none, running, ready, or an error) and `findings`,
                                  each with its `link` and `place` (null: its sentence is
                                  no more), its `verdict` {answer, text} or null, and whether
                                  a text of it `changed` since, kind and check in words
                                  (`said`, `check_said`); `glossary` {file, terms} of
                                  the right renderings
    GET  docs/N/glossary/NAME     the right renderings, in the format of the name's suffix
    GET  docs/N/sentence/ID       {place, row}: the link that a sentence is in
    GET  docs/N/outline           `outline` [{place, link, src, tgt}]: the headings
    POST docs/N/findings          begin to look for them
    GET  docs/N/export/NAME?confirmed=1
                                  the document as a file, in the format of the name's suffix
    POST docs/N/write             write the files of -o: `written`, and `notes` on what they have
                                  no place for
    POST quit                     end the command

Filters, several with commas: doubtful, one-sided, n-m, findings, unconfirmed, bookmarked,
noted. `q` is looked for on both sides, whatever the letter case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from aligner.errors import AlignerError, ReviewError
from aligner.filenames import shown
from aligner.formats.common.raw_pairs import ids_of
from aligner.formats.outputs import BITEXT_FORMATS
from aligner.messages import _, answering, language
from aligner.report.page_words import PAGE_WORDS, Words
from aligner.review.asking import gains, left, next_asked
from aligner.review.desk import Desk, Paper
from aligner.review.exporting import Download, download, notes_left_out, write_review
from aligner.review.page_actions import ACTIONS, Args
from aligner.review.page_findings import findings_now
from aligner.review.page_rows import (
    BadRequestError,
    changed_rows,
    filtered,
    moved_links,
    outline,
    row_maker,
)
from aligner.review.renderings import renderings, renderings_download, write_renderings
from aligner.review.session import Session

MOST_ROWS: Final = 1_000  # in one answer
_ASKED_FOR: Final = ("tmx", "xlsx", "xliff", "jsonl")  # what most people export, first in the menu
SEEN_TOGETHER: Final = 100  # links beside one that is looked at


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
        route(f"{one}/sentence/{{sentence:int}}", lambda r, _a: _sentence(paper(r), r), "GET"),
        route(f"{one}/act", lambda r, a: _act(desk, paper(r), a), "POST"),
        route(f"{one}/ask", lambda r, _a: _ask(paper(r), r), "GET"),
        route(f"{one}/findings", lambda r, _a: _findings(paper(r)), "GET"),
        route(f"{one}/findings", lambda r, _a: _find(desk, paper(r)), "POST"),
        route(f"{one}/outline", lambda r, _a: _outline(paper(r)), "GET"),
        route(f"{one}/export/{{name:path}}", lambda r, _a: _export(paper(r), r), "GET"),
        route(f"{one}/glossary/{{name:path}}", lambda r, _a: _glossary(paper(r), r), "GET"),
        route(f"{one}/write", lambda r, _a: _write(desk, paper(r)), "POST"),
        route("/api/quit", end, "POST"),
    ]


async def _answer(answer: Callable[[Request, Args], Any], request: Request) -> Response:
    with answering(_language(request)):
        return await _answered(answer, request)


def _language(request: Request) -> str:
    """Return the language of the page, as it says with every request."""
    asked = request.headers.get("accept-language", "").strip().lower()
    return ("zh" if asked.startswith("zh") else "en") if asked else language()


async def _answered(answer: Callable[[Request, Args], Any], request: Request) -> Response:
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
        raise BadRequestError(_("the body is no JSON object"))
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
            "long": bool(paper.realigner and paper.realigner.is_long),
            "read_only": session.journal.read_only,
            "notes": list(paper.opened.notes) if paper.opened else [],
            "noted": sum(bool(link.note) for link in session.links),
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
        _seen(paper, shown_)
        return {"total": len(places), "from": first, "rows": rows, "revision": session.revision}


def _seen(paper: Paper, places: Sequence[int]) -> None:
    """Let the links be scored that a person looks at."""
    if paper.watch and places:
        paper.watch.see(places[0], min(places[-1], places[0] + SEEN_TOGETHER) + 1)


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


def _sentence(paper: Paper, request: Request) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        place, _found = session.find(request.path_params["sentence"])
        row = row_maker(paper, session)(place)
        return {"place": place, "row": row, "revision": session.revision}


def _number(query: Any, name: str, default: int) -> int:  # noqa: ANN401 - as Starlette has it
    try:
        return max(0, int(query.get(name, default)))
    except ValueError:
        raise BadRequestError(_("{name} is no number").format(name=name)) from None


def _ask(paper: Paper, request: Request) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        all_gains, state = gains(session.links, paper.borders), left(session.links, paper.borders)
        passed = (session.place_of(link) for link in ids_of(request.query_params.get("skip", "")))
        asked = next_asked(all_gains, {one for one in passed if one is not None})
        place = asked.place
        row = None if place is None else row_maker(paper, session)(place)
        gain = None if place is None else round(float(all_gains[place]), 4)
        _seen(paper, [] if place is None else [place])
    return {**asked._asdict(), "row": row, "gain": gain, **state._asdict()}


def _find(desk: Desk, paper: Paper) -> dict[str, Any]:
    desk.find_later(paper)
    return {"state": paper.finding}


def _findings(paper: Paper) -> dict[str, Any]:
    session, words = _session(paper), Words(PAGE_WORDS)
    with session.lock:
        rows = findings_now(paper.findings, session.links, session.verdicts)
        count = len(renderings(session.verdicts).entries)
    return {
        "state": paper.finding,
        "findings": [
            {
                **one,
                "said": _(one["kind"]),
                "check_said": words.known(f"check.{one['check']}", one["check"]),
            }
            for one in rows
        ],
        "glossary": {"file": shown(paper.renderings_file), "terms": count},
    }


def _outline(paper: Paper) -> dict[str, Any]:
    session = _session(paper)
    with session.lock:
        return {"outline": outline(session)}


def _settings(desk: Desk) -> dict[str, Any]:
    forms = {name: one for name, one in BITEXT_FORMATS.items() if name == one.name}
    forms = {name: forms[name] for name in sorted(forms, key=_rank)}
    return {
        "lang": desk.lang,
        "is_corpus": desk.is_corpus,
        "formats": [
            {
                "name": name,
                "what": one.what,
                "confirms": one.confirms,
                "keeps_notes": one.keeps_notes,
            }
            for name, one in forms.items()
        ],
    }


def _rank(name: str) -> tuple[int, str]:
    return (_ASKED_FOR.index(name) if name in _ASKED_FOR else len(_ASKED_FOR), name)


def _export(paper: Paper, request: Request) -> Response:
    confirmed = request.query_params.get("confirmed", "") not in {"", "0"}
    return _file(download(_session(paper), request.path_params["name"], confirmed_only=confirmed))


def _glossary(paper: Paper, request: Request) -> Response:
    return _file(renderings_download(_session(paper), request.path_params["name"]))


def _file(found: Download) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"}
    return Response(found.data, media_type="application/octet-stream", headers=headers)


def _write(desk: Desk, paper: Paper) -> dict[str, Any]:
    written = write_review(_session(paper), desk.out, to=desk.to)
    lost = notes_left_out(paper.session, desk.out, to=desk.to)
    return {"written": [shown(path) for path in written], "notes": list(lost)}


def _act(desk: Desk, paper: Paper, args: Args) -> dict[str, Any]:
    session = _session(paper)
    name = args.get("action")
    if not isinstance(name, str) or name not in ACTIONS:
        raise BadRequestError(_("there is no action {name!r}").format(name=name))
    try:
        with session.lock:
            before = dict(session.verdicts)
            change = ACTIONS[name](session, args)
            if session.verdicts != before:
                write_renderings(session, paper.renderings_file)
            changed = list(changed_rows(paper, session, change)) if change else []
            moved = sorted(moved_links(change)) if change else []
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequestError(
            _("{name}: an argument is missing or of another kind").format(name=name)
        ) from error
    return {"changed": changed, "moved": moved, **_state(desk, paper)}
