"""Every error that this package raises on purpose.

Each class is one kind of trouble that a user can do something about. Its message
says what is wrong and where (the file, the line or the byte), its `hint` what to
do next. Anything else that escapes from the package is a bug of ours. Whatever names of files
a message holds, it can be printed and written: see `filenames`.
"""

from aligner.filenames import printable


class AlignerError(Exception):
    """Something about the input or the settings that the user can correct."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(printable(message))
        self.hint = printable(hint)


class ReadError(AlignerError):
    """A file cannot be read as a document."""


class EncodingError(ReadError):
    """The bytes of a file are not text in the encoding that was named or guessed."""


class FormatError(ReadError):
    """A file breaks the rules of its own format."""


class OtherKindError(ReadError):
    """A file is sound, but of another kind than the one asked for."""


class LanguageError(AlignerError):
    """The two sides are not one Chinese and one English text."""


class AlignmentError(AlignerError):
    """An alignment breaks its own law, such as a segment used twice."""


class SettingError(AlignerError):
    """A setting or a name that does not exist or does not fit."""


class MissingExtraError(AlignerError):
    """A part of the package whose optional dependencies are not installed."""


class ReviewError(AlignerError):
    """An action of a review that the document does not allow, or a review held elsewhere."""


class ExportError(AlignerError):
    """An output cannot be written, or its format cannot hold the text."""


class PluginError(AlignerError):
    """A part of another package that cannot be loaded or fails."""
