"""Of several variants of a language the one that was asked for is read, never another."""

from __future__ import annotations

from pathlib import Path

from aligner.convert import convert
from aligner.formats.bitexts import BitextFile, open_bitext, read_bitext

TMX = (
    '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence"'
    ' o-tmf="x" adminlang="en" srclang="zh-CN" datatype="plaintext"/><body>{}</body></tmx>'
)


def unit(**texts: str) -> str:
    """Return a unit with a text in each language, `zh_TW` for zh-TW."""
    tuvs = (
        f'<tuv xml:lang="{code.replace("_", "-")}"><seg>{text}</seg></tuv>'
        for code, text in texts.items()
    )
    return f'<tu tuid="7">{"".join(tuvs)}</tu>'


def test_the_variant_that_was_asked_for_is_read(tmp_path: Path) -> None:
    """Simplified text is never called zh-TW where the file has text in zh-TW."""
    units = unit(zh_CN="网络。", zh_TW="網路。", en="Network.") + unit(zh_CN="鼠标。", en="Mouse.")
    path, notes = tmp_path / "a.tmx", list[str]()
    path.write_text(TMX.format(units), "utf-8")
    convert(path, tmp_path / "b.tmx", src_lang="zh-TW", tell=notes.append)
    written = read_bitext(tmp_path / "b.tmx")
    assert written.src_lang == "zh-TW"
    assert [u.src for u in written.units()] == ["網路。"]
    assert any("no text in zh-TW" in note and note.startswith("1 unit") for note in notes)
    opened = open_bitext(path)
    assert isinstance(opened, BitextFile)
    assert [u.src for u in opened.units()] == ["网络。", "鼠标。"]


def test_what_is_not_kept_is_counted(tmp_path: Path) -> None:
    """A code leaves one blank, and codes, ids and other languages are told with counts."""
    codes = unit(zh="付<ph x='1'/>款。", en="Pay <ph x='1'/> now.", fr="Payez.")
    path, notes = tmp_path / "a.tmx", list[str]()
    path.write_text(TMX.format(codes + unit(de="Hallo.")), "utf-8")
    convert(path, tmp_path / "b.tmx", tell=notes.append)
    assert [u.tgt for u in read_bitext(tmp_path / "b.tmx").units()] == ["Pay now."]
    assert "codes inside texts: 2; ids of units: 2; texts in other languages: 2" in notes[-1]
    assert any("neither a Chinese nor an English" in note for note in notes)
    notes.clear()
    convert(tmp_path / "b.tmx", tmp_path / "c.tmx", tell=notes.append)
    assert not notes


def test_what_xliff_says_beside_is_counted(tmp_path: Path) -> None:
    """States and suggestions have no place in a bitext."""
    path, notes = tmp_path / "a.xliff12", list[str]()
    path.write_text(
        '<xliff version="1.2"><file original="a" source-language="zh" target-language="en"'
        ' datatype="plaintext"><body><trans-unit id="3"><source>雨<g id="1">停</g>了。</source>'
        '<target state="translated">It stopped.</target><alt-trans><target>Over.</target>'
        "</alt-trans></trans-unit></body></file></xliff>",
        "utf-8",
    )
    convert(path, tmp_path / "b.xlf", tell=notes.append)
    assert notes == ["not kept: codes inside texts: 1; ids of units: 1; states: 1; suggestions: 1"]
