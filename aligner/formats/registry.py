"""The formats and what each can do: the one list that readers, writers and checks go by.

A format is an entry of `FORMATS`. What it can do is a `Use` for each ability: a function,
which is imported when a file needs it, and the suffixes of the files that it is for. So
adding a format is adding a module and an entry; help texts, messages and README's table
follow (see `format_lookup`). Importing this module loads no format.

The functions of an ability are alike:

    document_in    (Source) -> Document
    bitext_in      (BitextSource, BitextHead) -> Iterator[RawPair]; of `align`, see `bitexts`
    bitext_out     (Bitext | BitextFile, Path) -> files written
    glossary_in    (Source) -> GlossaryTable, notes
    glossary_out   (Glossary, Path) -> files written
    check          (BitextSource) -> Iterator[Problem]
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from aligner.messages import N_

Ability: TypeAlias = Literal[
    "document_in", "bitext_in", "bitext_out", "glossary_in", "glossary_out", "check"
]
ABILITIES: Final[tuple[Ability, ...]] = get_args(Ability)
TEXT: Final = "text"  # a family of formats whose suffixes may be those of any text


class Use(NamedTuple):
    """One thing that a format can do."""

    function: str  # `module:name`, below `aligner.formats`
    suffixes: tuple[str, ...] = ()  # of the files that it is for, unless a user names the format


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files."""

    name: str  # as users name it with --to and --from
    what: str  # in a few words
    document_in: Use | None = None
    bitext_in: Use | None = None
    bitext_out: Use | None = None
    glossary_in: Use | None = None
    glossary_out: Use | None = None
    check: Use | None = None
    aliases: tuple[str, ...] = ()
    family: str = ""  # a suffix of another family than --to is an error; the name if empty
    has_pictures: bool = False  # a document may be large, and most of it pictures
    has_list: bool = False  # a bitext has no place for units without partner: they go beside
    confirms: bool = False  # a bitext says which units a person confirmed
    keeps_notes: bool = False  # a bitext has a place for what a person noted of a unit
    is_plugin: bool = False  # read by another package, see `plugin_formats`
    outputs: str = ""  # function from a path to the `Output` of it, if it is not one file

    def use(self, ability: Ability) -> Use | None:
        """Return what there is for an ability; None if the format has it not."""
        found: Use | None = getattr(self, ability)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """All suffixes of its files, whatever is done with them."""
        uses = [use for ability in ABILITIES if (use := self.use(ability))]
        return tuple(dict.fromkeys(suffix for use in uses for suffix in use.suffixes))


FORMATS: Final = (
    Format(
        "txt",
        N_("plain text"),
        document_in=Use("txt:parse_txt", (".txt", ".text", ".zh", ".en")),
        glossary_in=Use("glossary_tables:read_glossary_text", (".txt",)),
        family=TEXT,
    ),
    Format(
        "md",
        N_("Markdown"),
        document_in=Use("markdown:parse_md", (".md", ".markdown", ".mdx")),
        family=TEXT,
    ),
    Format(
        "html",
        N_("web pages"),
        document_in=Use("html:parse_html", (".html", ".htm", ".xhtml")),
    ),
    Format(
        "docx",
        N_("Word documents"),
        document_in=Use("docx:parse_docx", (".docx",)),
        has_pictures=True,
    ),
    Format(
        "doc",
        N_("rich text and web pages named .doc; an old Word file is told how to become .docx"),
        document_in=Use("legacy_doc:parse_doc", (".doc", ".wps")),
        has_pictures=True,
    ),
    Format(
        "odt",
        N_("OpenDocument texts, as of LibreOffice"),
        document_in=Use("odt:parse_odt", (".odt", ".ott")),
        has_pictures=True,
    ),
    Format(
        "rtf",
        N_("rich text"),
        document_in=Use("rtf:parse_rtf", (".rtf",)),
        has_pictures=True,
    ),
    Format(
        "pptx",
        N_("PowerPoint presentations"),
        document_in=Use("pptx:parse_pptx", (".pptx", ".ppsx", ".pptm")),
        has_pictures=True,
    ),
    Format(
        "epub",
        N_("books, EPUB 2 and 3"),
        document_in=Use("epub:parse_epub", (".epub",)),
        has_pictures=True,
    ),
    Format(
        "srt",
        N_("subtitles, SubRip and WebVTT"),
        document_in=Use("subtitles:parse_srt", (".srt", ".vtt")),
        aliases=("vtt",),
    ),
    Format(
        "ass",
        N_("subtitles, SubStation Alpha"),
        document_in=Use("subtitles:parse_ass", (".ass", ".ssa")),
    ),
    Format(
        "pdf",
        N_("PDF with a text layer"),
        document_in=Use("pdf:parse_pdf", (".pdf",)),
        has_pictures=True,
    ),
    Format(
        "tmx",
        N_("translation memories, TMX 1.4"),
        bitext_in=Use("tmx:read_tmx", (".tmx",)),
        bitext_out=Use("tmx:write_tmx", (".tmx",)),
        check=Use("tmx_rules:check_tmx", (".tmx",)),
        has_list=True,
        confirms=True,
        keeps_notes=True,
    ),
    Format(
        "xliff",
        N_("XLIFF of any version, Trados Studio and memoQ; written as 1.2"),
        bitext_in=Use("xliff:read_xliff", (".xliff", ".xlf", ".sdlxliff", ".mqxliff")),
        bitext_out=Use("xliff12:write_xliff12", (".xliff", ".xlf")),
        check=Use("xliff:check_xliff", (".xliff", ".xlf", ".sdlxliff", ".mqxliff")),
        aliases=("xlf",),
        has_list=True,
        confirms=True,
        keeps_notes=True,
    ),
    Format(
        "xliff12",
        N_("XLIFF 1.2"),
        bitext_in=Use("xliff:read_xliff", (".xliff12",)),
        bitext_out=Use("xliff12:write_xliff12", (".xliff12",)),
        check=Use("xliff12:check_xliff12", (".xliff12",)),
        family="xliff",
        has_list=True,
        confirms=True,
        keeps_notes=True,
    ),
    Format(
        "xliff20",
        N_("XLIFF 2.0"),
        bitext_in=Use("xliff:read_xliff", (".xliff20",)),
        bitext_out=Use("xliff20:write_xliff20", (".xliff20",)),
        check=Use("xliff20:check_xliff20", (".xliff20",)),
        family="xliff",
        has_list=True,
        confirms=True,
        keeps_notes=True,
    ),
    Format(
        "tsv",
        N_("tables with tabs"),
        bitext_in=Use("csv_tsv:read_tsv", (".tsv", ".tab")),
        bitext_out=Use("csv_tsv:write_tsv", (".tsv",)),
        glossary_in=Use("glossary_tables:read_glossary_text", (".tsv", ".tab")),
        glossary_out=Use("glossary_tables:write_glossary_tsv", (".tsv",)),
        check=Use("csv_tsv:check_tsv", (".tsv", ".tab")),
        keeps_notes=True,
    ),
    Format(
        "csv",
        N_("tables with commas; semicolons, tabs and bars are read too"),
        bitext_in=Use("csv_tsv:read_csv", (".csv",)),
        bitext_out=Use("csv_tsv:write_csv", (".csv",)),
        glossary_in=Use("glossary_tables:read_glossary_text", (".csv",)),
        glossary_out=Use("glossary_tables:write_glossary_csv", (".csv",)),
        check=Use("csv_tsv:check_csv", (".csv",)),
        keeps_notes=True,
    ),
    Format(
        "xlsx",
        N_("Excel workbooks"),
        document_in=Use("xlsx_document:parse_xlsx", (".xlsx", ".xlsm")),
        bitext_in=Use("xlsx:read_xlsx", (".xlsx",)),
        bitext_out=Use("xlsx:write_xlsx", (".xlsx",)),
        glossary_in=Use("glossary_tables:read_glossary_xlsx", (".xlsx", ".xlsm")),
        glossary_out=Use("glossary_tables:write_glossary_xlsx", (".xlsx",)),
        check=Use("xlsx:check_xlsx", (".xlsx",)),
        confirms=True,
        keeps_notes=True,
    ),
    Format(
        "jsonl",
        N_("JSON Lines, a unit a line"),
        bitext_in=Use("jsonl:read_jsonl", (".jsonl", ".ndjson")),
        bitext_out=Use("jsonl:write_jsonl", (".jsonl",)),
        check=Use("jsonl:check_jsonl", (".jsonl", ".ndjson")),
        confirms=True,
        keeps_notes=True,
    ),
    Format(
        "parquet",
        N_("Parquet"),
        bitext_in=Use("parquet:read_parquet", (".parquet",)),
        bitext_out=Use("parquet:write_parquet", (".parquet",)),
        check=Use("parquet:check_parquet", (".parquet",)),
        keeps_notes=True,
    ),
    Format(
        "po",
        N_("translations of programs, gettext"),
        bitext_in=Use("po:read_po", (".po", ".pot")),
    ),
    Format(
        "align",
        N_("links between the lines of two texts, `[0,1]:[0]:0.987`"),
        bitext_in=Use("align:read_links", (".align",)),
        bitext_out=Use("align:write_align", (".align",)),
        check=Use("align:check_align", (".align",)),
    ),
    Format(
        "moses",
        N_("two texts with as many lines, NAME.zh and NAME.en"),
        bitext_in=Use("moses:read_moses", (".moses",)),
        bitext_out=Use("moses:write_moses", (".moses",)),
        check=Use("moses:check_moses", (".moses", ".zh", ".en")),
        outputs="moses:moses_output",
    ),
    Format(
        "intertext",
        N_("InterText: NAME.zh.xml, NAME.en.xml and their links"),
        bitext_out=Use("intertext:write_intertext", (".intertext",)),
        check=Use("intertext_rules:check_intertext", (".intertext",)),
        confirms=True,
        outputs="intertext:intertext_output",
    ),
    Format(
        "tbx",
        N_("termbases, TBX-Basic; written as version 3"),
        glossary_in=Use("tbx:read_tbx", (".tbx",)),
        glossary_out=Use("tbx:write_tbx", (".tbx",)),
        check=Use("tbx_rules:check_tbx", (".tbx",)),
    ),
    Format(
        "tbx2",
        N_("termbases, TBX-Basic version 2"),
        glossary_out=Use("tbx:write_tbx2", (".tbx2",)),
        family="tbx",
    ),
    Format(
        "xbench",
        N_("checklists for Xbench"),
        glossary_out=Use("xbench:write_xbench", (".xbckl", ".xbench")),
    ),
    Format(
        "glossary",
        N_("a table of terms, whatever its suffix"),
        check=Use("glossaries:check_glossary"),
        family=TEXT,
    ),
)
