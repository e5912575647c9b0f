"""What all tests share: reproducible properties, optional parts, and which package is tested."""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from browsers import chromium

import aligner

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Properties draw the same examples on every run; a slow machine is no failure.
hypothesis.settings.register_profile("aligner", derandomize=True, deadline=None)
hypothesis.settings.load_profile("aligner")
os.environ["ALIGNER_LANG"] = "en"  # whatever the locale of who runs the tests


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to test the checkout when the installed package is meant."""
    where = Path(aligner.__file__)
    if os.environ.get("ALIGNER_TEST_INSTALLED") and "site-packages" not in where.parts:
        raise pytest.UsageError(f"the installed package is to be tested, not {where}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the extra `neural` where it is not installed."""
    if all(importlib.util.find_spec(name) for name in ("torch", "transformers")):
        return
    skip = pytest.mark.skip(reason="needs the extra `neural`")
    for item in items:
        if "neural" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Start Chromium, or skip."""
    with chromium() as started:
        yield started
