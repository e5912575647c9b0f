"""What is done with a corpus folder that `aligner.batch` made.

- `rows`: its beads as tables, batch by batch; `read_corpus`, its bitexts one by one;
- `export_corpus` (`export`): filter its pairs, divide them, write them in any format;
- `corpus_stats` (`stats`): it in numbers;
- `search` (`search`): a bilingual concordance.

Everything is streamed: no more than one file of the corpus is in memory.
"""

from __future__ import annotations

from aligner.corpus.export import export_corpus
from aligner.corpus.filters import Filters
from aligner.corpus.reading import read_corpus
from aligner.corpus.search import search
from aligner.corpus.stats import corpus_stats

__all__ = ["Filters", "corpus_stats", "export_corpus", "read_corpus", "search"]
