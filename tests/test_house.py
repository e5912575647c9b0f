"""The laws of the house: who may import whom, and that a name means one thing.

The graph counts imports inside functions as well: an arrow upwards stays one, however
late it is followed.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import aligner

ROOT = Path(aligner.__file__).parent
# A room imports only what stands on a line above it; those on one line know nothing of each other.
ROOMS = """
likelihood
filenames
errors
messages
compiled one_thread background lifeline span fitted plugins
notebook
lang
bitext
findings
pair
glossary
segment
formats
edits
scoring
encode
lexicon
align
wording
terms
check
report
corpus
pipeline convert
review
pairing
batch
cli
__main__
"""
LINES = 350  # of a module at most
FILES = 12  # of a folder at most, where there are many small things
# Two tables that answer the same questions for two languages, read as `zh.ENDS` and `en.ENDS`.
PARALLEL = ({"marks_en", "marks_zh"},)


def name_of(path: Path) -> str:
    """Return the dotted name of a module below the package; empty for the package itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(ROOT.rglob("*.py"))}
TREES = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}


def imports(tree: ast.Module) -> Iterator[str]:
    """Yield our modules that a module imports, at the top and inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, _, inner = name.partition(".")
            if package == "aligner":
                yield inner if inner in MODULES else inner.rpartition(".")[0]


GRAPH = {name: {other for other in imports(tree) if other} for name, tree in TREES.items()}


def constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Yield the public constants and type aliases of a module with their values as source."""
    for node in tree.body:
        targets: list[ast.expr]
        if isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        elif isinstance(node, ast.Assign):
            targets = node.targets
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and target.id[0].isupper():
                yield target.id, ast.unparse(node.value) if node.value else ""


def clashes(places: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the names that stand in more than one place."""
    return {name: where for name, where in places.items() if len(where) > 1}


def test_every_room_has_its_place() -> None:
    """The order of rooms names every room, and none that does not exist."""
    assert {name.partition(".")[0] for name in MODULES if name} == set(ROOMS.split())


def test_no_arrow_goes_upwards() -> None:
    """A room imports only rooms that stand before it, so the rooms have no circle."""
    level = {room: n for n, line in enumerate(ROOMS.splitlines()) for room in line.split()}
    up = [
        f"{name} imports {other}"
        for name, others in GRAPH.items()
        for other in others
        for here, there in [(name.partition(".")[0], other.partition(".")[0])]
        if name and here != there and level[there] >= level[here]
    ]
    assert not up


def test_modules_have_no_circle() -> None:
    """No module imports itself by way of others."""
    try:
        TopologicalSorter(GRAPH).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_class_name_means_one_thing() -> None:
    """No two modules have a class of one name."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(name)
    assert not clashes(places)


def test_a_file_name_is_given_once() -> None:
    """A file's name tells what is inside without its folder."""
    places: dict[str, list[str]] = defaultdict(list)
    for name, path in MODULES.items():
        if path.name != "__init__.py":
            places[path.stem].append(name)
    assert not clashes(places)


def test_a_constant_has_one_value() -> None:
    """Public constants and type aliases of one name have one value; private ones are free."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for name, tree in TREES.items():
        for constant, value in constants(tree):
            values[constant][name.rpartition(".")[2]] = value
    assert not {
        constant: sorted(found)
        for constant, found in values.items()
        if len(set(found.values())) > 1 and set(found) not in PARALLEL
    }


def test_modules_are_short() -> None:
    """A module has at most 350 lines."""
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert not {name: count for name, count in lines.items() if count > LINES}


@pytest.mark.parametrize("room", ["check", "terms"])
def test_folders_are_small(room: str) -> None:
    """A folder of the rooms with many small things has at most twelve files."""
    folders = {path.parent for path in (ROOT / room).rglob("*.py")}
    assert not {folder.name for folder in folders if len(list(folder.glob("*.py"))) > FILES}
