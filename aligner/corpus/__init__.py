"""What is done with a corpus folder that `aligner.batch` made.

- `read_corpus` (`reading`): its bitexts one by one, and its beads as tables;
- `export_corpus` (`export`): filter its pairs, divide them, write them in any format;
- `corpus_stats` (`stats`): it in numbers;
- `search` (`search`): a bilingual concordance;
- `store`: the files of the folder, and what vouches for them.

Everything is streamed: no more than one file of the corpus is in memory.
"""

from __future__ import annotations

from aligner.corpus.export import export_corpus
from aligner.corpus.filters import Filters
from aligner.corpus.reading import read_corpus
from aligner.corpus.search import search
from aligner.corpus.stats import corpus_stats

__all__ = ["Filters", "corpus_stats", "export_corpus", "read_corpus", "search"]
