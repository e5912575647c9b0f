"""Dictionary, pinyin and word evidence between Chinese and English text.

`load_lexicon` gives the dictionary with its translations by stem, `cut_words` the
words of a Chinese text. Neither does any work on import.
"""

from aligner.lexicon.dictionary import GlossLink, Lexicon, load_lexicon
from aligner.lexicon.words import Word, cut_words

__all__ = ["GlossLink", "Lexicon", "Word", "cut_words", "load_lexicon"]
