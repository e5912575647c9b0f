"""The examples that stand in files: an object a line, with `label` and `expect`."""

import json
from pathlib import Path
from typing import Any

import pytest

CASE_FILES = Path(__file__).parent / "cases"


def load_cases(name: str) -> list[Any]:
    """Return the cases of a file; those that we still get wrong are strict xfails."""
    found = [json.loads(line) for line in (CASE_FILES / name).read_text("utf-8").splitlines()]
    fails = pytest.mark.xfail(strict=True)
    return [
        pytest.param(case, id=case["label"], marks=fails if case["expect"] == "fail" else ())
        for case in found
    ]
