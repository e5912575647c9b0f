"""Find which documents of a folder are translations of each other.

Partners are found by their names first (`name_keys`). What is left, and what names do not
decide, is compared by content (`content_scores`), and the best partners for all are taken at
once, as an assignment. What has no partner, is doubtful, or stands in the folder twice
is said, and left to a person.
"""

from __future__ import annotations

from aligner.pairing.find import find_pairs
from aligner.pairing.found import FoundPair, Loose, Pairing
from aligner.pairing.manifest_table import check_manifest, write_manifest

__all__ = ["FoundPair", "Loose", "Pairing", "check_manifest", "find_pairs", "write_manifest"]
