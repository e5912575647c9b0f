"""Any encoder in the form of Hugging Face's transformers, such as LaBSE.

Runs of sentences are encoded exactly, each as one text, which is many times the work
of the default encoder. Texts longer than the model's maximum are cut there. Vectors
are computed in float32 on the CPU.

Only weights in safetensors files are read, and no code that comes with a model is
run. A model given as a folder is never looked for anywhere else; one given by its name
on the hub is fetched, once, because the user asked for it by name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
import transformers
from safetensors import SafetensorError
from transformers.utils import logging as transformers_logging

from aligner.encode.head import FittedHead, read_head
from aligner.encode.protocol import Floats
from aligner.encode.text_side import TextSide
from aligner.errors import SettingError
from aligner.messages import _

TEXTS_AT_ONCE = 32  # texts at once

_FILES = ["*.json", "*.txt", "*.model", "*.safetensors"]
_OTHER_RUNTIMES = ["onnx/*", "openvino/*"]
_UNSET = 10**9  # a tokenizer without a maximum says some huge number


class HuggingFaceEncoder:
    """Encodes whole texts with a pretrained transformer.

    Args:
        model: A folder, or a name on the hub.
        prefix: Put before every text, for models that are trained with one ("query: ").

    Raises:
        SettingError: The model cannot be found, or needs what we do not run.
    """

    def __init__(self, model: str, *, prefix: str = "") -> None:
        folder, version = _find(model)
        self._head: FittedHead = read_head(folder)
        self._prefix = prefix
        with _quiet(), _named(model):
            self._tokenizer = transformers.AutoTokenizer.from_pretrained(
                self._head.transformer, local_files_only=True, trust_remote_code=False
            )
            self._model = transformers.AutoModel.from_pretrained(
                self._head.transformer,
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
            )
            self._model.float().eval()
            self._limit = self._find_limit()
            self.dim = self.encode(["."]).shape[1]
        self.signature = (
            f"transformers:{Path(model).name if Path(model).is_dir() else model}@{version}"
            f" pooling={self._head.signature} max={self._limit}"
            + (f" prefix={prefix!r}" if prefix else "")
            + f" transformers={transformers.__version__} torch={torch.__version__}"
        )

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return a unit vector for each text. Shape (n, dim).

        Texts of like length go together, because a batch costs as much as its longest.
        """
        if not texts:
            return np.empty((0, self.dim), np.float32)
        order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
        batches = [order[at : at + TEXTS_AT_ONCE] for at in range(0, len(order), TEXTS_AT_ONCE)]
        rows = np.concatenate([self._batch([texts[n] for n in batch]) for batch in batches])
        vectors = np.empty_like(rows)
        vectors[order] = rows
        return vectors

    def side(self, texts: Sequence[str], *, joiner: str) -> TextSide:
        """Prepare one side; vectors are computed when they are asked for."""
        return TextSide(self, texts, joiner=joiner)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the length of each text in tokens, without marks and not cut."""
        if not texts:
            return []
        found = self._tokenizer(
            [self._cased(text) for text in texts], add_special_tokens=False, verbose=False
        )
        return [len(ids) for ids in found["input_ids"]]

    def _batch(self, texts: list[str]) -> Floats:
        inputs = self._tokenizer(
            [self._prefix + self._cased(text) for text in texts],
            padding=True,
            truncation=True,
            max_length=self._limit,
            return_tensors="pt",
        )
        with torch.inference_mode():
            states = self._model(**inputs).last_hidden_state
            vectors: Floats = self._head(states, inputs["attention_mask"]).numpy()
        return vectors

    def _cased(self, text: str) -> str:
        return text.lower() if self._head.lower_case else text

    def _find_limit(self) -> int:
        """Return how many tokens, with marks, the model takes."""
        config = self._model.config
        positions = getattr(config, "max_position_embeddings", None)
        if positions and "roberta" in config.model_type:
            positions -= config.pad_token_id + 1  # it counts from after the padding's id
        limits = [self._head.max_tokens, self._tokenizer.model_max_length, positions, _UNSET]
        return min(int(limit) for limit in limits if limit and limit > 0)


def _find(model: str) -> tuple[Path, str]:
    """Return the folder of a model and the version of its weights.

    Raises:
        SettingError: There is no such folder, and the hub cannot give it.
    """
    folder = Path(model)
    if folder.is_dir():
        return folder, _digest(folder)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError

    try:
        fetched = snapshot_download(model, allow_patterns=_FILES, ignore_patterns=_OTHER_RUNTIMES)
    except (HfHubHTTPError, HFValidationError, OSError) as error:
        raise SettingError(
            _("the model {model!r} is not a folder and cannot be fetched: {first_line}").format(
                model=model, first_line=_first_line(error)
            ),
            hint=_("name the folder of a saved model, or check the name and the connection"),
        ) from error
    return Path(fetched), Path(fetched).name[:12]  # named by the commit


def _digest(folder: Path) -> str:
    """Return a short digest of all weights below a folder."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.safetensors")):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


@contextmanager
def _named(model: str) -> Iterator[None]:
    """Turn what transformers raises for a model it cannot load into our error."""
    try:
        yield
    except (OSError, ValueError, KeyError, ImportError, SafetensorError) as error:
        raise SettingError(
            _("the model {model!r} cannot be used: {first_line}").format(
                model=model, first_line=_first_line(error)
            ),
            hint=_("it must be an encoder with a tokenizer and with weights in safetensors"),
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's notes and progress bars off the user's terminal."""
    verbosity = transformers_logging.get_verbosity()
    progress = transformers_logging.is_progress_bar_enabled()
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        yield
    finally:
        transformers_logging.set_verbosity(verbosity)
        if progress:
            transformers_logging.enable_progress_bar()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
