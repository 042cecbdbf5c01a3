"""The house stands as it was drawn: imports go one way, each third-party package has one door, every module is tested."""

import ast
from pathlib import Path

import pytest

from .conftest import ROOT

PACKAGE = ROOT / "deckpress"
# Outermost last. A module imports only from rows above its own; modules of one row never import each other.
LAYERS = [
    ["__init__", "bootstrap", "diagnostics", "words", "assets", "highlight", "formulas"],
    ["model", "numbers"],
    ["notetypes", "inline"],
    ["markup"],
    ["lock", "rendering", "likeness"],
    ["reading", "checks", "cards", "sheets", "identity", "shipping", "report"],
    ["anki", "press"],
    ["pipeline"],
    ["cli"],
]
DOORS = {
    "markdown_it": {"reading"}, "mdit_py_plugins": {"reading"}, "yaml": {"reading"}, "genanki": {"anki"}, "jinja2": {"press"},
    "markupsafe": {"press"}, "weasyprint": {"press"}, "pikepdf": {"press"}, "msgspec": {"lock"}, "click": {"cli"},
    "pygments": {"highlight"}, "ziamath": {"formulas"}, "latex2mathml": {"formulas"},
}  # fmt: skip
FILES = {"pathlib", "tempfile", "shutil", "os", "time", "subprocess"}
# `assets` reads what ships with the program; `anki` makes its sqlite file in a temporary folder; `cli` starts the tests.
MAY_TOUCH = {
    "pipeline": FILES,
    "bootstrap": FILES,
    "assets": {"pathlib"},
    "anki": {"pathlib", "tempfile"},
    "press": {"pathlib"},
    "cli": {"pathlib", "subprocess"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    """The top-level module or folder that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, bool]]:
    """(module, whether it is one of ours) for each import of a file, those inside functions too."""
    found = []
    depth = len(path.relative_to(PACKAGE).parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [(name.name, False) for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            if node.level == depth:
                names = [node.module.split(".")[0]] if node.module else [name.name for name in node.names]
                found += [
                    (name if (PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists() else "__init__", True) for name in names
                ]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.module, False))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_the_layers_below_it(path: Path) -> None:
    order = {name: at for at, row in enumerate(LAYERS) for name in row}
    here = place(path)
    assert here in order, f"{here} is new: give it a place in LAYERS"
    for module, ours in imports(path):
        if ours and module != here:
            assert order[module] < order[here], f"{here} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_third_party_package_has_one_door(path: Path) -> None:
    for module, ours in imports(path):
        package = module.split(".")[0]
        if not ours and package in DOORS:
            assert place(path) in DOORS[package], f"{place(path)} imports {package}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_pipeline_touches_files_clock_and_processes(path: Path) -> None:
    used = {module.split(".")[0] for module, ours in imports(path) if not ours} & FILES
    assert used <= MAY_TOUCH.get(place(path), set())


def test_bootstrap_needs_nothing_but_the_standard_library() -> None:
    import sys

    assert all(module.split(".")[0] in sys.stdlib_module_names for module, _ in imports(PACKAGE / "bootstrap.py"))


def test_the_tests_mirror_the_modules() -> None:
    for row in LAYERS:
        for name in row:
            if name != "__init__":
                assert (ROOT / "tests" / f"test_{name}.py").exists() or list((ROOT / "tests" / name).glob("test_*.py")), name


def test_modules_stay_of_a_size_that_one_can_read() -> None:
    long = {str(path.relative_to(PACKAGE)): count for path in MODULES if (count := len(path.read_text("utf-8").splitlines())) > 340}
    assert not long


def test_every_folder_of_the_package_is_in_the_wheel() -> None:
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    folders = {f"deckpress.{path.parent.name}" for path in PACKAGE.glob("*/__init__.py")}
    assert folders <= set(told)
