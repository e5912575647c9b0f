"""Fitted weights: names guard the numbers, and a signature follows what is inside."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aligner.align import weights as alignment
from aligner.check.judging import trust
from aligner.errors import SettingError
from aligner.fitted import (
    WEIGHTS_FOLDER,
    Declared,
    Fitted,
    Linear,
    dump,
    load,
    parse,
    plain,
    sources,
)
from aligner.terms.locate import score

DECLARED = Declared({"one": ("cosine", "length"), "two": ("length",)}, ("least",), "fit/it.py")
ONE = Linear(np.array([0.5, -1.25]), np.array([2.0, 0.1]), np.array([3.0, -0.000001]), 0.75)
VALUE = Fitted(
    DECLARED, {"one": ONE, "two": plain(np.array([2.5]))}, {"least": 0.24}, {"script": "fit/it.py"}
)
SHIPPED = {
    "use": alignment.BEADS_DECLARED,
    "length": alignment.BEADS_DECLARED,
    "terms": score.SPANS_DECLARED,
    "spans": score.CONTEXT_DECLARED,
    "trust": trust.TRUST_DECLARED,
}


def _rename(features: dict[str, Any]) -> None:
    features["breadth"] = features.pop("length")


CHANGES: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "unknown feature": lambda _, features: features.update(breadth={}),
    "missing feature": lambda _, features: features.pop("length"),
    "renamed feature": lambda _, features: _rename(features),
    "unknown model": lambda value, _: value["models"].update(three={}),
    "missing model": lambda value, _: value["models"].pop("two"),
    "missing constant": lambda value, _: value["constants"].clear(),
    "missing weight": lambda _, features: features["length"].pop("weight"),
    "no number": lambda _, features: features["length"].update(weight="much"),
    "another order": lambda _, features: features.update(cosine=features.pop("cosine")),
}


def changed(change: str) -> str:
    """Return the text of a file with one thing of it changed."""
    value: dict[str, Any] = json.loads(dump(VALUE))
    CHANGES[change](value, value["models"]["one"]["features"])
    return json.dumps(value)


def test_what_is_written_is_read_back() -> None:
    """Every number comes back as it was, and the text of what was read is the same text."""
    found = parse(dump(VALUE), "w.json", DECLARED)
    for name, model in VALUE.models.items():
        for part in ("mean", "scale", "weights", "bias"):
            assert np.array_equal(getattr(found.models[name], part), getattr(model, part))
    assert found.constants == VALUE.constants
    assert found.provenance == VALUE.provenance
    assert dump(found) == dump(VALUE)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("unknown feature", "unknown feature of one: breadth"),
        ("missing feature", "missing feature of one: length"),
        ("renamed feature", "unknown feature of one: breadth"),
        ("unknown model", "unknown model: three"),
        ("missing model", "missing model: two"),
        ("missing constant", "missing constant: least"),
        ("missing weight", "no 'weight'"),
        ("no number", "could not convert string to float: 'much'"),
    ],
)
def test_another_set_of_names_is_refused(change: str, told: str) -> None:
    """The error names the file and what is unknown or missing; the hint says what makes one."""
    with pytest.raises(SettingError, match=told) as raised:
        parse(changed(change), "w.json", DECLARED)
    assert str(raised.value).startswith("w.json: ")
    assert raised.value.hint == "make one with fit/it.py"


@pytest.mark.parametrize("text", ["[]", "{}", "3", "", '{"models": []}', '{"models": {"one": 1}}'])
def test_another_file_is_refused(text: str) -> None:
    """What is no file of weights at all is an error of ours too."""
    with pytest.raises(SettingError, match=r"^w\.json: not a file of weights"):
        parse(text, "w.json", DECLARED)


def test_a_number_belongs_to_its_name_wherever_it_stands() -> None:
    """The order of a file means nothing: scores and signature are the same."""
    found = parse(changed("another order"), "w.json", DECLARED)
    rows = np.array([[0.25, 4.0], [-1.0, 0.5]], dtype=np.float32)
    assert np.array_equal(found.models["one"](rows), ONE(rows))
    assert found.signature == VALUE.signature


def test_a_score_is_that_of_the_standardised_row() -> None:
    """(0.25 - 0.5) / 2 * 3 + (4 + 1.25) / 0.1 * -0.000001 + 0.75."""
    (found,) = ONE(np.array([[0.25, 4.0]], dtype=np.float32))
    assert found == pytest.approx(-0.375 - 0.0000525 + 0.75)


def test_the_signature_follows_names_and_numbers() -> None:
    """It changes with any number and any name, and not with the provenance."""
    others = [
        replace(VALUE, constants={"least": 0.25}),
        replace(VALUE, models={**VALUE.models, "one": replace(ONE, bias=0.5)}),
        replace(VALUE, models={**VALUE.models, "one": replace(ONE, mean=ONE.scale)}),
        replace(VALUE, declared=replace(DECLARED, models={"one": ("a", "b"), "two": ("length",)})),
    ]
    assert len({VALUE.signature, *(other.signature for other in others)}) == 1 + len(others)
    assert replace(VALUE, provenance={}).signature == VALUE.signature


def test_a_name_that_nothing_has_is_an_error() -> None:
    """Weights are named or are a file."""
    with pytest.raises(SettingError, match="nothing-of-this-kind: no such weights"):
        load("nothing-of-this-kind", DECLARED)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_weights_say_what_they_were_fitted_on(name: str) -> None:
    """Script, version, settings, and every set by its files and a checksum of them."""
    found = load(name, SHIPPED[name])
    assert {"script", "version", "data", "items", "settings"} <= set(found.provenance)
    assert found.provenance["script"] == SHIPPED[name].script
    for each in found.provenance["data"].values():
        assert each["files"] > 0
        assert len(each["sha256"]) == 64


def test_sources_are_told_apart_by_bytes_and_names(tmp_path: Path) -> None:
    """A changed byte or name is another checksum; files beside the texts do not count."""
    (tmp_path / "a.zh").write_text("好。\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("Good.\n", encoding="utf-8")
    first = sources(tmp_path.iterdir())
    (tmp_path / "a.zh.unit").write_text("1\n", encoding="utf-8")
    assert sources(tmp_path.iterdir()) == first
    (tmp_path / "a.en").rename(tmp_path / "b.en")
    second = sources(tmp_path.iterdir())
    (tmp_path / "b.en").write_text("Fine.\n", encoding="utf-8")
    digests = {each["sha256"] for each in (first, second, sources(tmp_path.iterdir()))}
    assert len(digests) == 3


def test_the_columns_of_the_arrays_are_named_once() -> None:
    """Each row of a model's input is as wide as its names, and no name stands twice."""
    for declared in SHIPPED.values():
        for names in declared.models.values():
            assert len(set(names)) == len(names)


def test_a_folder_of_weights_goes_before_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights fitted anew are used where the environment names their folder, file by file."""
    first, second, *_ = SHIPPED
    text = dump(replace(load(first, SHIPPED[first]), provenance={"script": "own"}))
    (tmp_path / f"weights-{first}.json").write_text(text, encoding="utf-8")
    monkeypatch.setenv(WEIGHTS_FOLDER, str(tmp_path))
    assert load(first, SHIPPED[first]).provenance == {"script": "own"}
    assert load(second, SHIPPED[second]).provenance != {"script": "own"}
