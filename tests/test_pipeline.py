"""The functions behind the commands, on the sample documents and on small texts."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import pipeline, scoring
from aligner.bitext import Alignment, Bead, Document
from aligner.encode import load_encoder
from aligner.encode.protocol import Encoder
from aligner.errors import AlignerError, ExportError, LanguageError, SettingError
from aligner.formats.outputs import BITEXT_FORMATS
from aligner.pair import order_sides, pair_id, withheld_links, withhold
from aligner.span import Span

CORPORA = Path(__file__).parents[1] / "corpora"
SEVERAL = {"intertext", "moses"}  # formats whose files have names of their own
ZH = Document("a.zh", "天气很好。", (Span(0, 5),))
EN = Document("a.en", "Fine weather.", (Span(0, 13),))

beads = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(0, 1)).filter(lambda b: b[0] + b[1]),
    max_size=8,
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Return the default encoder, loaded once."""
    return load_encoder("use")


def make(sizes: list[tuple[int, int, float]]) -> Alignment:
    """Return an alignment with beads of these sizes and probabilities."""
    made: list[Bead] = []
    i = j = 0
    for x, y, p in sizes:
        made.append(Bead(Span(i, i + x), Span(j, j + y), p))
        i, j = i + x, j + y
    return Alignment(tuple(made), i, j)


@pytest.mark.parametrize("name", ["notice", "news", "regulation", "story"])
def test_sample_sentences_are_aligned_as_their_gold(name: str, encoder: Encoder) -> None:
    """On sentences of the samples, the links are those of the gold, but for a few."""
    folder = CORPORA / name
    bitext = pipeline.align(
        folder / f"{name}.sent.zh",
        folder / f"{name}.sent.en",
        pre_split=True,
        encoder=encoder,
        langs=("zh", "en"),
    )
    gold = scoring.read_align(folder / f"{name}.sent.align")
    score = scoring.scores(scoring.count(gold, scoring.links_of(bitext.alignment)))
    assert score["all-links"].f1 >= 0.8  # the story is told freely
    assert bitext.id == f"{name}.sent"


def test_every_sentence_is_in_every_run(encoder: Encoder) -> None:
    """Whole documents: the units hold all segments in order, the text of each in its span."""
    story = CORPORA / "story"
    bitext = pipeline.align(story / "story.zh.md", story / "story.en.txt", encoder=encoder)
    units = list(bitext.units())
    assert [i for unit in units for i in unit.src_ids] == list(range(len(bitext.src)))
    assert [j for unit in units for j in unit.tgt_ids] == list(range(len(bitext.tgt)))
    for unit in units:
        if unit.src_span:
            text = bitext.src_doc.text[slice(*unit.src_span)]
            assert "".join(text.split()) == "".join(unit.src.split())


def test_outputs_are_the_same_bytes_twice(tmp_path: Path, encoder: Encoder) -> None:
    """Two runs write the same bytes in every format, into the files that were named."""
    story = CORPORA / "story"
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        out = [
            tmp_path / folder / f"story.{suffix}"
            for suffix in BITEXT_FORMATS
            if suffix not in SEVERAL
        ]
        bitext = pipeline.align(
            story / "story.zh.txt", story / "story.en.txt", out=out, encoder=encoder
        )
        pipeline.write(bitext, [tmp_path / folder / "moses"], to="moses")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert {f"story.{suffix}" for suffix in BITEXT_FORMATS if suffix not in SEVERAL} < set(names)
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        one, two = (tmp_path / folder / name for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes(), name


def test_outputs_are_checked_before_the_work(tmp_path: Path) -> None:
    """A format that does not exist is an error before any document is read."""
    with pytest.raises(SettingError, match="no format 'doc'"):
        pipeline.align("none.zh", "none.en", out=[tmp_path / "a.doc"])


def test_render_is_what_a_file_holds(tmp_path: Path, encoder: Encoder) -> None:
    """A pipe gets the bytes that a file would hold; several files on a pipe are an error."""
    bitext = pipeline.align_documents(ZH, EN, encoder=encoder)
    (path,) = pipeline.write(bitext, [tmp_path / "a.jsonl"])
    assert pipeline.render(bitext, to="jsonl") == path.read_bytes()
    with pytest.raises(ExportError, match="moses needs 2 files"):
        pipeline.render(bitext, to="moses")


def test_signature_names_all_that_matters(encoder: Encoder) -> None:
    """Version, encoder, weights and settings are in the signature, and change with them."""
    bitext = pipeline.align_documents(ZH, EN, encoder=encoder, min_p=0.25)
    assert encoder.signature in bitext.signature
    for part in ("aligner ", "weights=", "pre_split=False", "min_p=0.25"):
        assert part in bitext.signature
    assert bitext.signature != pipeline.align_documents(ZH, EN, encoder=encoder).signature


def test_signature_of_files_says_how_they_were_read(encoder: Encoder) -> None:
    """Where the documents were read, the settings of the readers are named as well."""
    story = CORPORA / "story"
    bitext = pipeline.align(story / "story.zh.txt", story / "story.en.txt", encoder=encoder)
    assert bitext.signature.endswith("; encodings=utf-8,utf-8; keep_furniture=False")


def test_progress_is_told(tmp_path: Path, encoder: Encoder) -> None:
    """Every stage is told as it begins."""
    told: list[str] = []
    story = CORPORA / "story"
    pipeline.align(
        story / "story.zh.txt",
        story / "story.en.txt",
        out=[tmp_path / "a.tsv"],
        encoder=encoder,
        progress=told.append,
    )
    assert told == ["reading", "loading the encoder", "segmenting", "aligning", "writing"]


@pytest.mark.parametrize(("n_zh", "n_en"), [(1, 200), (200, 1), (1, 1)])
def test_very_unequal_documents(n_zh: int, n_en: int, encoder: Encoder) -> None:
    """One sentence against many is aligned like any other pair: nothing is lost."""
    zh = Document("a.zh", "天气很好。" * n_zh, (Span(0, 5 * n_zh),))
    text = " ".join(["Fine weather."] * n_en)
    bitext = pipeline.align_documents(
        zh, Document("a.en", text, (Span(0, len(text)),)), encoder=encoder
    )
    assert (len(bitext.src), len(bitext.tgt)) == (n_zh, n_en)


def test_sides_are_put_in_order() -> None:
    """The Chinese side is found from the script, whichever document is named first."""
    assert order_sides(ZH, EN) == order_sides(EN, ZH) == (ZH, EN)
    assert order_sides(ZH, EN, langs=("zh", "en")) == (ZH, EN)


@pytest.mark.parametrize(
    ("first", "second", "langs", "error", "says"),
    [
        (ZH, ZH, None, LanguageError, "a.zh and a.zh both look Chinese"),
        (EN, EN, None, LanguageError, "a.en and a.en both look English"),
        (ZH, EN, ("en", "zh"), LanguageError, "the other way round: a.zh looks Chinese"),
        (ZH, EN, ("zh", "zh"), SettingError, "invalid languages: zh, zh"),
        (ZH, EN, ("zh", "en", "en"), SettingError, "invalid languages: zh, en, en"),
    ],
)
def test_what_is_no_pair(
    first: Document,
    second: Document,
    langs: tuple[str, ...] | None,
    error: type[AlignerError],
    says: str,
) -> None:
    """Two documents of one language are an error that says what they look like."""
    with pytest.raises(error, match=says) as caught:
        order_sides(first, second, langs=langs)
    assert "--langs zh,en" in caught.value.hint


def test_a_document_of_another_language_is_named() -> None:
    """The error names the document that is neither Chinese nor English."""
    document = Document("b", "Добрый день", (Span(0, 11),), source="b.txt")
    with pytest.raises(LanguageError, match=r"^b\.txt: "):
        order_sides(ZH, document)


@pytest.mark.parametrize(
    ("src", "tgt", "name"),
    [
        ("notice.zh", "notice.en", "notice"),
        ("notice", "notice", "notice"),
        ("notice", "notice_en", "notice"),
        ("zh-law-2020", "en-law-2020", "law-2020"),
        ("chapter 1 中文", "chapter 1 English", "chapter 1"),
        ("chapter1", "chapter2", "chapter1"),
        ("原文", "translation", "原文"),
    ],
)
def test_pairs_are_named(src: str, tgt: str, name: str) -> None:
    """A pair has the name that its documents share, in whole words, or the first one's."""
    assert pair_id(src, tgt) == name


@given(beads, st.floats(0, 1))
def test_withholding_loses_no_sentence(sizes: list[tuple[int, int, float]], min_p: float) -> None:
    """Links below the bound fall into two halves with their p; all else stays as it is."""
    alignment = make(sizes)
    held = withhold(alignment, min_p)
    assert (held.n_src, held.n_tgt) == (alignment.n_src, alignment.n_tgt)
    low = [b for b in alignment.beads if b.src.size and b.tgt.size and b.p < min_p]
    assert len(held.beads) == len(alignment.beads) + len(low)
    halves = withheld_links(held.beads, min_p)
    assert {(src.src, tgt.tgt) for src, tgt in halves} >= {(b.src, b.tgt) for b in low}
    assert all(b.p >= min_p for b in held.beads if b.src.size and b.tgt.size)
    assert withhold(held, min_p) == held
    assert withhold(alignment, 0.0) == alignment
