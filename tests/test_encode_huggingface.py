"""Encoders of Hugging Face's transformers.

The models are real ones, made on the spot: a WordPiece tokenizer trained on our own
sentences and a BERT of two small layers, saved and loaded as any other model.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pytest

from aligner.encode import load_encoder
from aligner.encode.protocol import Floats
from aligner.errors import SettingError

if TYPE_CHECKING:
    from aligner.encode.huggingface import HuggingFaceEncoder

pytestmark = pytest.mark.neural

TEXTS = [
    "各区应当在年底前完成登记，并将结果报送市政府。",
    "Each district shall complete the registration by the end of the year.",
    "新建项目须通过审查；未通过的，不得开工建设。",
    "New projects must pass the review, and those that fail it must not begin construction.",
    "居民可以在网上查询办理进度。",
    "Residents may look up the progress of their applications online: it is free of charge.",
    "水。",
    "The fund supports small firms in the first three years.",
]
DIM = 32

Tensor: TypeAlias = Any  # torch is not installed everywhere


@pytest.fixture(scope="module")
def plain_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a saved model and tokenizer without pooling files."""
    tokenizers = pytest.importorskip("tokenizers", reason="needs the extra `neural`")
    torch = pytest.importorskip("torch", reason="needs the extra `neural`")
    transformers = pytest.importorskip("transformers", reason="needs the extra `neural`")

    folder = tmp_path_factory.mktemp("plain")
    words = tokenizers.BertWordPieceTokenizer(lowercase=False)
    words.train_from_iterator(TEXTS, vocab_size=400, min_frequency=1, show_progress=False)
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(sorted(words.get_vocab(), key=words.get_vocab().get)))
    tokenizer = transformers.BertTokenizerFast(
        vocab=str(vocabulary), vocab_file=str(vocabulary), do_lower_case=False, model_max_length=40
    )
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=DIM,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=48,
        initializer_range=0.5,  # large, so that the vectors of texts differ
    )
    tokenizer.save_pretrained(folder)
    transformers.BertModel(config).save_pretrained(folder, safe_serialization=True)
    return folder


@pytest.fixture
def model(plain_model: Path, tmp_path: Path) -> Path:
    """Return a copy that a test may change."""
    folder = tmp_path / "model"
    folder.mkdir()
    for path in plain_model.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def _add_stages(folder: Path, pooling: dict[str, Any], *, more: Sequence[str] = ()) -> None:
    """Write the files of sentence-transformers."""
    kinds = ["Transformer", "Pooling", *more]
    paths = ["", *(f"{n}_{kind}" for n, kind in enumerate(kinds[1:], start=1))]
    modules = [
        {"idx": n, "name": str(n), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for n, (kind, path) in enumerate(zip(kinds, paths, strict=True))
    ]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))


def _add_dense(
    folder: Path, activation: str = "torch.nn.modules.activation.Tanh"
) -> dict[str, Tensor]:
    """Write a dense layer from 32 to 5 numbers and return its weights."""
    torch = pytest.importorskip("torch")
    from safetensors.torch import save_file

    torch.manual_seed(1)
    weights = {"linear.weight": torch.randn(5, DIM), "linear.bias": torch.randn(5)}
    (folder / "2_Dense").mkdir()
    config = {
        "in_features": DIM,
        "out_features": 5,
        "bias": True,
        "activation_function": activation,
    }
    (folder / "2_Dense" / "config.json").write_text(json.dumps(config))
    save_file(weights, folder / "2_Dense" / "model.safetensors")
    return weights


def _load(folder: Path) -> HuggingFaceEncoder:
    from aligner.encode.huggingface import HuggingFaceEncoder

    encoder = load_encoder(f"transformers:{folder}")
    assert isinstance(encoder, HuggingFaceEncoder)
    return encoder


def _states(folder: Path, text: str) -> Tensor:
    """Return the token states of one text by the library alone. Shape (tokens, 32)."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    bert = transformers.AutoModel.from_pretrained(folder).eval()
    with torch.no_grad():
        inputs = tokenizer(text, return_tensors="pt", truncation=True, max_length=40)
        return bert(**inputs).last_hidden_state[0]


def _unit(vector: Tensor) -> Floats:
    row: Floats = vector.numpy()
    return row / np.linalg.norm(row)


CLS = {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}
MEAN = {"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True}


def test_vectors_have_unit_length_and_do_not_depend_on_the_batch(model: Path) -> None:
    """Padding beside longer texts changes nothing, nor does the order."""
    encoder = _load(model)
    texts = TEXTS * 5
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert together.dtype == np.float32
    assert together.shape == (len(texts), encoder.dim) == (40, DIM)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    assert np.allclose(together, np.tile(alone, (5, 1)), atol=1e-5)
    assert encoder.encode([]).shape == (0, DIM)
    assert (alone @ alone.T)[~np.eye(len(TEXTS), dtype=bool)].max() < 0.999


def test_without_pooling_files_the_mean_is_taken_and_said(model: Path) -> None:
    """The default is the mean over all tokens, and the signature says it is ours."""
    encoder = _load(model)
    wanted = _unit(_states(model, TEXTS[0]).mean(0))
    assert np.allclose(encoder.encode(TEXTS[:1])[0], wanted, atol=1e-5)
    assert "pooling=mean (by default)" in encoder.signature


@pytest.mark.parametrize("config", [CLS, {"pooling_mode": "cls"}])
def test_cls_pooling_takes_the_first_state(model: Path, config: dict[str, Any]) -> None:
    """The model's own file decides, in its older and its newer spelling."""
    _add_stages(model, config, more=["Normalize"])
    encoder = _load(model)
    states = _states(model, TEXTS[1])
    vector = encoder.encode([TEXTS[1]])[0]
    assert np.allclose(vector, _unit(states[0]), atol=1e-5)
    assert not np.allclose(vector, _unit(states.mean(0)), atol=1e-2)
    assert "pooling=cls " in encoder.signature


def test_a_dense_layer_is_applied_with_its_activation(model: Path) -> None:
    """LaBSE's form: the first state, a dense layer with tanh, then unit length."""
    torch = pytest.importorskip("torch")
    _add_stages(model, CLS, more=["Dense", "Normalize"])
    weights = _add_dense(model)
    encoder = _load(model)
    pooled = _states(model, TEXTS[2])[0]
    wanted = _unit(torch.tanh(weights["linear.weight"] @ pooled + weights["linear.bias"]))
    assert encoder.dim == 5
    assert np.allclose(encoder.encode([TEXTS[2]])[0], wanted, atol=1e-5)
    assert "pooling=cls+dense-tanh " in encoder.signature


def test_a_long_text_is_cut_at_the_models_maximum(model: Path) -> None:
    """What lies beyond the maximum does not count, and the length is still told in full."""
    _add_stages(model, MEAN)
    (model / "sentence_bert_config.json").write_text('{"max_seq_length": 12}')
    encoder = _load(model)
    first, second = TEXTS[3] * 3, TEXTS[3] * 2 + TEXTS[0]
    rows = encoder.encode([first, second])
    assert np.allclose(rows[0], rows[1], atol=1e-5)
    assert encoder.count_tokens([first])[0] == 3 * encoder.count_tokens([TEXTS[3]])[0]
    assert "max=12 " in encoder.signature


def test_a_run_is_encoded_as_one_text(model: Path) -> None:
    """A run of one is the sentence, a run of two both with the joiner between."""
    encoder = _load(model)
    side = encoder.side(TEXTS, joiner=" ")
    assert np.allclose(side.runs(1, 0, len(TEXTS)), encoder.encode(TEXTS), atol=1e-5)
    pairs = [f"{a} {b}" for a, b in pairwise(TEXTS)]
    assert np.allclose(side.runs(2, 1, 5), encoder.encode(pairs)[1:5], atol=1e-5)
    assert side.tokens.tolist() == encoder.count_tokens(TEXTS)
    assert side.tokens.dtype == np.int32


def test_clauses_are_encoded_and_their_lack_is_zeros(model: Path) -> None:
    """A sentence with an inner cut has its first and last clause, another has zeros."""
    encoder = _load(model)
    side = encoder.side(TEXTS, joiner="")
    heads, tails = side.heads(0, len(TEXTS)), side.tails(0, len(TEXTS))
    assert side.has_clauses.tolist() == [True, False, True, True, False, True, False, False]
    assert np.allclose(np.linalg.norm(heads, axis=1), side.has_clauses, atol=1e-5)
    assert np.allclose(np.linalg.norm(tails, axis=1), side.has_clauses, atol=1e-5)
    assert np.allclose(heads[2], encoder.encode(["新建项目须通过审查；"])[0], atol=1e-5)
    assert np.allclose(tails[2], encoder.encode(["不得开工建设。"])[0], atol=1e-5)


def test_the_signature_follows_the_weights(model: Path) -> None:
    """The same folder gives the same signature, other weights another."""
    from safetensors.torch import load_file, save_file

    before = _load(model).signature
    assert _load(model).signature == before
    weights = load_file(model / "model.safetensors")
    name = next(iter(weights))
    save_file(weights | {name: weights[name] + 1}, model / "model.safetensors", {"format": "pt"})
    assert _load(model).signature != before


@pytest.mark.parametrize(
    ("pooling", "more", "activation", "told"),
    [
        ({"pooling_mode_max_tokens": True}, [], "", "pooling_mode_max_tokens"),
        (MEAN | {"pooling_mode_cls_token": True}, [], "", "cls"),
        ({}, [], "", "not by"),
        (CLS, ["WordWeights"], "", "WordWeights"),
        (CLS, ["Dense"], "torch.nn.modules.activation.GELU", "GELU"),
        (CLS, ["Dense"], "", "cannot be read"),
    ],
)
def test_a_stage_that_we_do_not_run_is_an_error(
    model: Path, pooling: dict[str, Any], more: list[str], activation: str, told: str
) -> None:
    """Leaving a stage out would give other vectors, so it is refused by name."""
    _add_stages(model, pooling, more=more)
    if activation:
        _add_dense(model, activation)
    with pytest.raises(SettingError, match=told):
        _load(model)


def test_weights_that_can_run_code_are_refused(model: Path) -> None:
    """A model with a pickle in place of safetensors is a setting error, not a load."""
    (model / "model.safetensors").rename(model / "pytorch_model.bin")
    with pytest.raises(SettingError) as caught:
        _load(model)
    assert "safetensors" in caught.value.hint


def test_a_stage_outside_the_model_is_refused(model: Path) -> None:
    """Paths of modules.json cannot lead out of the folder."""
    _add_stages(model, CLS)
    modules = (model / "modules.json").read_text().replace("1_Pooling", "../1_Pooling")
    (model / "modules.json").write_text(modules)
    with pytest.raises(SettingError, match="leads out"):
        _load(model)


@pytest.mark.parametrize("name", ["no such folder/at all/here", "nobody/nothing"])
def test_a_model_that_is_nowhere_is_an_error(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder nor to be fetched: the error names it, without the network."""
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(SettingError, match="cannot be fetched") as caught:
        load_encoder(f"transformers:{name}")
    assert name in str(caught.value)
    assert caught.value.hint


def test_loading_says_nothing(model: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The library's notes and progress bars do not reach the terminal."""
    _load(model).encode(TEXTS)
    assert capfd.readouterr() == ("", "")


def test_a_saved_model_gives_a_second_opinion(model: Path, tmp_path: Path) -> None:
    """`--refine transformers:FOLDER` reads what is unsure again, and the output says so."""
    import test_second_opinion as example

    from aligner import pipeline

    paths = tmp_path / "zh.txt", tmp_path / "en.txt"
    for path, lines in zip(paths, (example.ZH, example.EN), strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    plain = pipeline.align(*paths, pre_split=True)
    refined = pipeline.align(*paths, pre_split=True, refine=f"transformers:{model}")
    assert "refine=transformers:model@" in refined.signature
    assert refined.alignment.beads[:3] == plain.alignment.beads[:3]
    assert refined.alignment != plain.alignment
