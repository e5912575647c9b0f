"""Make the checks of `aligner check` over a document under review, as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from aligner.bitext import Bitext
from aligner.findings import Finding
from aligner.review.renderings import with_renderings

if TYPE_CHECKING:
    from aligner.check.baseline.accepted import Baseline
    from aligner.glossary.entries import Glossary


@dataclass(frozen=True, slots=True)
class ReviewChecks:
    """Which checks are made, and against what.

    Args:
        names: Of `aligner.check.known_checks`; None: all that apply.
        glossary: Terms with the renderings that they may have.
        baseline: Findings that were accepted before; the page does not show them.
        sensitivity: `quiet` leaves out what is likelier wrong than right.
        files: Those that were read for it.
    """

    names: tuple[str, ...] | None = None
    glossary: Glossary | None = None
    baseline: Baseline | None = None
    sensitivity: Literal["high", "quiet"] = "quiet"
    files: tuple[Path, ...] = ()

    def __call__(self, bitext: Bitext, renderings: Glossary) -> Sequence[Finding]:
        """Return what is found, the worst first.

        Args:
            bitext: The document.
            renderings: Those that a person called right, which count as a glossary.

        Raises:
            AlignerError: A check cannot be made.
        """
        from aligner.check.known_checks import chosen_checks
        from aligner.check.run_checks import run_checks

        words = with_renderings(self.glossary, renderings)
        names = self.names
        if names is not None and words is not self.glossary and "glossary" not in names:
            words = self.glossary  # the user does not want renderings held against a glossary
        chosen = chosen_checks(names, has_glossary=words is not None)
        found = run_checks(
            bitext,
            checks=chosen,
            glossary=words,
            candidates="terms" in chosen,
            sensitivity=self.sensitivity,
            baseline=self.baseline,
        )
        return found.new


def read_checks(
    names: Sequence[str] | None,
    glossary: Path | None,
    baseline: Path | None,
    sensitivity: Literal["high", "quiet"] = "quiet",
) -> ReviewChecks:
    """Read what checks are made against.

    Raises:
        SettingError: There is no such check, or the glossary and the checks do not fit.
        AlignerError: A file is broken.
    """
    from aligner.check.baseline.baseline_file import read_baseline
    from aligner.check.known_checks import chosen_checks
    from aligner.formats.glossaries import read_glossary

    chosen = None if names is None else chosen_checks(names, has_glossary=glossary is not None)
    return ReviewChecks(
        chosen,
        read_glossary(glossary) if glossary else None,
        read_baseline(baseline) if baseline else None,
        sensitivity,
        tuple(path for path in (glossary, baseline) if path),
    )
