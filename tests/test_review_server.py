"""The server of a review answers the page that has its token, and nobody else."""

from __future__ import annotations

import http.client
import io
import json
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest
from stand_ins import make_bitext

from aligner import review
from aligner.batch.run_batch import run_batch
from aligner.errors import ReviewError
from aligner.formats.bitexts import read_bitext
from aligner.formats.glossaries import read_glossary
from aligner.formats.outputs import write_bitext
from aligner.formats.validate import validate
from aligner.review.desk import Desk, Paper
from aligner.review.exporting import check_name, notes_left_out, write_review
from aligner.review.opening import first_links, open_review
from aligner.review.session import Session
from aligner.review.web_server import ReviewServer

SCRIPT = "<script>alert(1)</script>"
PAIRS = [
    ("灯塔建于1887年。", "The lighthouse was built in 1887."),
    ("守塔人住在塔下。", "The keeper lived below the tower."),
    (f"他写下了{SCRIPT}。", f"He wrote {SCRIPT}."),
    ("雾天要敲钟。", ""),
    ("", "Ships answered."),
]


class Client:
    """Talks to a server as a browser or an attacker would."""

    def __init__(self, server: ReviewServer, desk: Desk) -> None:
        self.server, self.desk = server, desk

    @property
    def session(self) -> Session:
        """The session of the only document."""
        opened = self.desk.paper(0).opened
        assert opened is not None
        return opened.session

    def ask(
        self,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        method: str = "",
        **headers: str,
    ) -> tuple[int, bytes, http.client.HTTPMessage]:
        """Send a request below the token; return status, body and headers."""
        found = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        secret = self.server.token if token is None else token
        data = None if body is None else json.dumps(body).encode()
        if data is not None:
            names.setdefault("Content-Type", "application/json")
        found.request(
            method or ("GET" if data is None else "POST"), f"/{secret}{path}", data, names
        )
        reply = found.getresponse()
        result = reply.status, reply.read(), reply.headers
        found.close()
        return result

    def get(self, path: str) -> Any:  # noqa: ANN401 - JSON
        """Return what the API says."""
        status, body, _ = self.ask(f"/api/{path}")
        assert status == 200, body
        return json.loads(body)

    def act(self, **args: object) -> Any:  # noqa: ANN401 - JSON
        """Do an action; return what the API says."""
        status, body, _ = self.ask("/api/docs/0/act", args)
        assert status == 200, body
        return json.loads(body)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """Return a client of a running server with one small document."""
    source = tmp_path / f"{SCRIPT.replace('/', '')}.txt"
    source.write_text("source", encoding="utf-8")
    journal = tmp_path / "pair.review"
    paper = Paper(source.name, lambda: open_review([source], lambda: make_bitext(PAIRS),
                                                   journal=journal), journal, 0.0, 0)  # fmt: skip
    desk = Desk([paper], out=[tmp_path / "out.jsonl"])
    server = ReviewServer(desk)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Client(server, desk)
    finally:
        server.stop()
        thread.join(20)
        desk.close()
    assert not thread.is_alive()


def test_the_page_and_its_rows(client: Client) -> None:
    """The page is served below the token, and the API gives the rows of the document."""
    status, page, headers = client.ask("/")
    assert status == 200
    assert b"<title>" in page
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    found = client.get("docs/0/rows?from=1&count=2")
    assert (found["total"], len(found["rows"])) == (5, 2)
    assert found["rows"][0]["src"][0]["text"] == "守塔人住在塔下。"
    assert client.get("docs/0/rows?filter=one-sided")["total"] == 2
    assert client.get("docs/0/rows?q=LIGHTHOUSE")["total"] == 1
    assert client.get("docs/0/places?filter=one-sided")["places"] == [3, 4]


def test_actions_change_the_document(client: Client) -> None:
    """An action says what changed and how things stand; undo and redo are actions too."""
    links = [row["id"] for row in client.get("docs/0/rows")["rows"]]
    before = client.get("docs/0")
    found = client.act(action="join", links=links[3:5])
    assert [row["kind"] for row in found["changed"][0]["after"]] == ["1-1"]
    assert found["revision"] != before["revision"]
    assert found["undo"] == 1
    client.act(action="confirm_stretch", first=links[0], last=links[1])
    assert client.get("docs/0")["confirmed"] == 2
    client.act(action="undo")
    assert client.act(action="undo")["links"] == 5
    assert client.act(action="redo")["links"] == 4
    question = client.get("docs/0/ask")
    assert question["row"]["status"] == "auto"


def test_wrong_requests_say_why(client: Client) -> None:
    """An unknown action, a missing argument, or one of another kind is an error and no change."""
    for args in (
        {"action": "explode"},
        {"action": "join"},
        {"action": "confirm", "links": ["1"]},
        {"action": "confirm", "links": [True]},
        {"action": "note", "link": 1, "text": 7},
        {"action": "relink", "groups": [[1]]},
        {},
    ):
        status, body, _ = client.ask("/api/docs/0/act", args)
        assert status == 400, args
        assert json.loads(body)["error"]
    status, body, _ = client.ask("/api/docs/0/act", {"action": "confirm", "links": [999]})
    assert (status, bool(json.loads(body)["hint"])) == (409, True)
    assert client.ask("/api/docs/7")[0] == 409
    assert client.ask("/api/docs/0/rows?from=x")[0] == 400
    assert client.ask("/api/docs/0/rows?filter=x")[0] == 400
    assert client.session.counts == (0, 0)


@pytest.mark.parametrize("token", ["", "x", "api", "..", "%2e%2e"])
@pytest.mark.parametrize("path", ["/", "/api/docs", "/review.js"])
def test_without_the_token_nothing_is_answered(client: Client, token: str, path: str) -> None:
    """A missing or wrong token gets no page, no script and no document."""
    status, body, _ = client.ask(path, token=token)
    assert (status, body) == (403, b"refused\n")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "[::1]"]
)
def test_another_host_is_refused(client: Client, host: str) -> None:
    """A forged Host, as of a name that an attacker lets lead here, is not answered."""
    assert client.ask("/api/docs", Host=host)[0] == 403
    assert client.ask("/api/docs", Host=f"127.0.0.1:{client.server.port}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
    ids=str,
)
def test_another_origin_is_refused(client: Client, headers: dict[str, str]) -> None:
    """Whatever another page sends, with the token even, does nothing."""
    body = {"action": "confirm", "links": [client.session.links[0].id]}
    assert client.ask("/api/docs/0/act", body, **headers)[0] == 403
    assert client.ask("/api/docs", **headers)[0] == 403
    assert client.session.counts == (0, 0)


def test_only_json_of_a_small_size_changes_anything(client: Client) -> None:
    """A form, another method, or a body without end is refused."""
    body = {"action": "confirm", "links": [client.session.links[0].id]}
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert client.ask("/api/docs/0/act", body, Content_Type=kind)[0] == 415
    assert client.ask("/api/docs/0/act", body, method="PUT")[0] == 405
    assert client.ask("/api/docs/0/act", body, method="GET")[0] == 404
    large = {"action": "note", "link": 1, "text": "x" * 3_000_000}
    assert client.ask("/api/docs/0/act", large)[0] == 413
    assert client.session.counts == (0, 0)


def test_no_header_lets_others_in(client: Client) -> None:
    """No answer gives another origin leave to read it, and none may be put into a frame."""
    for path in ("/", "/api/docs", "/review.js"):
        _, _, headers = client.ask(path)
        assert "Access-Control-Allow-Origin" not in headers
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/../web_api.py", "/%2e%2e/web_api.py", "/..%2fweb_api.py", "//etc/passwd"]
)
def test_only_the_page_is_served(client: Client, path: str) -> None:
    """No path leads out of the folder of the page."""
    status, body, _ = client.ask(path)
    assert status == 404
    assert b"import" not in body


@pytest.mark.parametrize(
    "name",
    ["../x.tmx", "..\\x.tmx", "/root/x.tmx", "a/b.tmx", ".x.tmx", "x\n.tmx", "C:x.tmx", "",
     "x" * 300 + ".tmx", "nul\0.tmx", " x.tmx"],
)  # fmt: skip
def test_export_names_lead_nowhere(client: Client, name: str) -> None:
    """A name with a folder, a hidden one, or one that no system likes is refused."""
    with pytest.raises(ReviewError):
        check_name(name)
    status, _, _ = client.ask(f"/api/docs/0/export/{quote(name, safe='')}")
    assert status in {400, 404, 409}


def test_scripts_in_texts_and_names_stay_text(client: Client) -> None:
    """What looks like markup comes as JSON, and as no page that a browser would run."""
    _, body, headers = client.ask("/api/docs/0/rows")
    assert headers["Content-Type"] == "application/json"
    assert SCRIPT in json.loads(body)["rows"][2]["src"][0]["text"]
    _, _, headers = client.ask(f"/api/docs/0/export/{quote('a<b>.tmx', safe='')}")
    assert "<b>" not in str(headers)
    scripts = sorted((Path(review.__file__).parent / "static").glob("*.js"))
    assert scripts
    for script in scripts:
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function",
            script.read_text(encoding="utf-8"),
        )


def test_the_export_is_what_the_page_shows(client: Client, tmp_path: Path) -> None:
    """A downloaded file has the links, the corrected texts and what was confirmed."""
    session = client.session
    client.act(action="confirm", links=[session.links[0].id])
    client.act(
        action="correct", sentence=session.links[1].tgt[0].id, text="The keeper lived there."
    )
    client.act(action="join", links=[session.links[3].id, session.links[4].id])
    rows = client.get("docs/0/rows")["rows"]
    _, body, headers = client.ask("/api/docs/0/export/pair.jsonl")
    assert headers["Content-Disposition"].startswith("attachment")
    units = [json.loads(line) for line in body.decode().splitlines()]
    assert [(u["src"], u["tgt"]) for u in units] == [
        ("".join(s["text"] for s in r["src"]), " ".join(s["text"] for s in r["tgt"])) for r in rows
    ]
    assert [u.get("confirmed") for u in units] == [True, None, None, None]
    _, body, _ = client.ask("/api/docs/0/export/pair.jsonl?confirmed=1")
    assert len(body.splitlines()) == 1
    _, body, _ = client.ask("/api/docs/0/export/pair.moses")
    assert len(zipfile.ZipFile(io.BytesIO(body)).namelist()) >= 2


def test_every_format_of_the_menu_can_be_had(client: Client) -> None:
    """What the page offers, the server has, as a file of that document's name."""
    offered = client.get("settings")["formats"]
    assert len(offered) > 10
    for one in offered:
        status, body, headers = client.ask(f"/api/docs/0/export/pair.{one['name']}")
        assert status == 200, one
        assert "pair" in headers["Content-Disposition"]
        assert body


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("pair.xlf", 'approved="yes"'),
        ("pair.xliff20", 'state="reviewed"'),
        ("pair.tmx", '<prop type="x-confirmed">yes</prop>'),
        ("pair.intertext", 'status="man"'),
        ("pair.jsonl", '"confirmed": true'),
    ],
)
def test_confirmed_links_are_such_in_every_format(
    client: Client, tmp_path: Path, name: str, mark: str
) -> None:
    """One confirmed link is marked once, and the file keeps the rules of its format."""
    client.act(action="confirm", links=[client.session.links[1].id])
    written = write_review(client.session, [tmp_path / name])
    assert written[0].read_text(encoding="utf-8").count(mark) == 1
    assert not validate(written[0], from_=Path(name).suffix.removeprefix("."))
    if name != "pair.intertext":
        form = "xliff" if "xl" in name else None
        assert sum(bool(u.src) for u in read_bitext(written[0], from_=form).units()) >= 3


def test_notes_of_links_are_exported(client: Client, tmp_path: Path) -> None:
    """A note is in the file, and opens with it as another review; a bookmark is not in it."""
    client.act(action="note", link=client.session.links[1].id, text="ask\nthe author")
    client.act(action="bookmark", link=client.session.links[2].id, on=True)
    assert client.get("docs/0")["noted"] == 1
    written = write_review(client.session, [tmp_path / "pair.tmx"])[0]
    assert "bookmark" not in written.read_text("utf-8")
    notes = [link.note for link in first_links(read_bitext(written))]
    assert [note for note in notes if note] == ["ask\nthe author"]
    assert notes_left_out(client.session, [tmp_path / "pair.tmx"]) == ()
    assert len(notes_left_out(client.session, [tmp_path / "a.align", tmp_path / "b.align"])) == 1


def test_the_files_of_the_command_are_written(client: Client, tmp_path: Path) -> None:
    """What -o names is written on demand; the journal cannot be among it."""
    status, body, _ = client.ask("/api/docs/0/write", {})
    assert status == 200
    assert json.loads(body)["written"] == [str(tmp_path / "out.jsonl")]
    with pytest.raises(ReviewError, match="is kept"):
        write_review(client.session, [client.session.journal.path], to="jsonl")


def test_the_page_can_end_the_server(client: Client) -> None:
    """The button's request is answered, and then no other one."""
    assert client.ask("/api/quit", {})[0] == 200
    for _ in range(200):
        try:
            client.ask("/")
        except OSError:
            return
        time.sleep(0.05)
    pytest.fail("it still answers")


def test_two_pages_stay_in_step(client: Client, tmp_path: Path) -> None:
    """A reader in another process sees what was done here."""
    client.get("docs/0")
    source = next(tmp_path.glob("*.txt"))
    other = open_review([source], lambda: make_bitext(PAIRS), journal=tmp_path / "pair.review")
    assert other.session.journal.read_only
    client.act(action="confirm", links=[client.session.links[0].id])
    other.session.follow()
    assert other.session.links == client.session.links
    other.session.journal.close()


def api(address: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
    """Return what the API of the command says."""
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"{address}api/{path}", data, {"Content-Type": "application/json"})  # noqa: S310 - our own address
    with urlopen(request, timeout=60) as reply:  # noqa: S310
        return json.load(reply)


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[str]:
    """Run the command without a browser; yield its address, and end it by Ctrl-C."""
    command = [sys.executable, "-m", "aligner", "review", *arguments, "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=folder) as process:
        assert process.stderr is not None
        said: list[str] = []
        try:
            while "Ctrl-C" not in "".join(said[-1:]):
                said.append(next(process.stderr))
            yield next(line for line in said if "http://" in line).split("at ")[1].strip()
        finally:  # a test that fails does not wait for a page
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
        assert process.wait(30) == 0, rest
        if "-o" in arguments:
            assert f"wrote {arguments[-1]}" in rest


def write_pair(folder: Path, name: str = "a") -> None:
    """Write two small documents that belong together."""
    sides = zip(*[pair for pair in PAIRS if all(pair)], strict=True)
    for lang, texts in zip(("zh", "en"), sides, strict=True):
        (folder / f"{name}.{lang}.txt").write_text("\n\n".join(texts) + "\n", encoding="utf-8")


def test_the_command_from_start_to_ctrl_c(tmp_path: Path) -> None:
    """The command prints its address, answers there, and at Ctrl-C writes what -o names."""
    write_pair(tmp_path)
    names = "a.zh.txt", "a.en.txt", "--encoder", "length", "-o", "out.jsonl"
    with running(tmp_path, *names) as address:
        rows = api(address, "docs/0/rows")["rows"]
        done = api(address, "docs/0/act", {"action": "confirm", "links": [rows[0]["id"]]})
        assert done["confirmed"] == 1
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["confirmed"] is True


def test_the_command_reviews_a_translation_memory(tmp_path: Path) -> None:
    """A TMX is opened with its links, realigned by the default encoder, and written anew."""
    write_bitext(make_bitext(PAIRS), tmp_path / "a.tmx")
    raw = (tmp_path / "a.tmx").read_bytes()
    with running(tmp_path, "a.tmx", "-o", "b.tmx") as address:
        for _ in range(600):
            if api(address, "docs/0")["realigns"]:
                break
            time.sleep(0.1)
        links = [row["id"] for row in api(address, "docs/0/rows")["rows"]]
        api(address, "docs/0/act", {"action": "confirm", "links": links[:1]})
        texts = {"action": "correct", "text": "The keeper’s rooms were below."}
        sentence = api(address, "docs/0/rows")["rows"][1]["tgt"][0]["id"]
        api(address, "docs/0/act", {**texts, "sentence": sentence})
        rows = api(address, "docs/0/rows")["rows"]
        assert (rows[0]["id"], rows[0]["status"]) == (links[0], "confirmed")
        assert all(row["p"] is not None for row in rows)
    assert (tmp_path / "a.tmx").read_bytes() == raw
    assert "The keeper’s rooms" in (tmp_path / "b.tmx").read_text(encoding="utf-8")


def test_the_command_reviews_a_corpus(tmp_path: Path) -> None:
    """A corpus is a list of its pairs; each opens, and what was confirmed is written."""
    (tmp_path / "documents").mkdir()
    for name in ("a", "b"):
        write_pair(tmp_path / "documents", name)
    run_batch(tmp_path / "documents", tmp_path / "corpus", jobs=1, encoder="length")
    with running(tmp_path, "corpus", "--encoder", "length", "-o", "done") as address:
        assert len(api(address, "docs")) == 2
        first = api(address, "docs/1/rows")["rows"][0]["id"]
        assert api(address, "docs/1/act", {"action": "confirm", "links": [first]})["confirmed"]
    (written,) = (tmp_path / "done").iterdir()
    assert len(list(read_bitext(written).units())) == 1


def test_a_right_rendering_is_on_the_disk_when_it_is_acknowledged(client: Client) -> None:
    """It stands in a glossary beside the journal, which the page can save in other formats."""
    right = {"finding": "k", "answer": "right rendering", "text": "ferry", "term": "渡船"}
    client.act(action="settle", **right)
    path = client.desk.paper(0).renderings_file
    assert read_glossary(path).entries[0].src == "渡船"
    assert client.get("docs/0/findings")["glossary"] == {"file": str(path), "terms": 1}
    status, body, _ = client.ask("/api/docs/0/glossary/own.csv")
    assert status == 200
    assert "ferry" in body.decode("utf-8-sig")
    assert client.ask("/api/docs/0/glossary/..%2Fown.csv")[0] == 409
    client.act(action="undo")
    assert not path.exists()
    assert client.ask("/api/docs/0/glossary/own.csv")[0] == 409


def test_a_sentence_leads_to_its_link(client: Client) -> None:
    """A report knows sentences by their numbers; links come and go."""
    sentence = client.session.links[2].sentences[0].id
    assert client.get(f"docs/0/sentence/{sentence}")["place"] == 2
    assert client.ask("/api/docs/0/sentence/999")[0] == 409


def test_errors_are_in_the_language_of_the_page(client: Client) -> None:
    """The page names its language with every request."""
    said = [
        json.loads(client.ask("/api/docs/0/link/999", Accept_Language=lang)[1])["error"]
        for lang in ("en", "zh-CN,zh;q=0.9")
    ]
    assert said[0] == "there is no link 999 any more"
    assert said[1] != said[0]
