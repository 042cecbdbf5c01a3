"""What the tests share: a guide folder to build in, and the real Anki to import into."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from deckpress.cards import offer
from deckpress.identity import identify
from deckpress.lock import NO_UID, Lock, Shipment
from deckpress.markup import fact_texts, plain
from deckpress.model import Fact, Guide, MultipleChoice, Row
from deckpress.reading import read
from deckpress.shipping import first_header, ship

ROOT = Path(__file__).resolve().parent.parent
NOW = 1_850_000_000  # a moment for everything that asks the clock


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write what is made today into tests/golden.")


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOW))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with a file in tests/golden, or writes it there with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests/golden" / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, "utf-8")
        assert path.read_text("utf-8") == text, "if the change is wanted: python3 build.py test --update-golden"

    return compare


def guide_of(text: str, name: str = "guide") -> Guide:
    """A guide with ids, as it is before its first build."""
    guide = read(text, f"{name}.md", name)
    return identify(guide, Lock(first_header(NO_UID, guide, guide.title))).guide


def shipped(text: str, lock: Lock | None = None, now: int = NOW, name: str = "guide") -> Shipment:
    """What a build of a text ships, on top of a lock or as the first build."""
    guide = read(text, f"{name}.md", name)
    lock = lock or Lock(first_header("1" * 32, guide, guide.title))
    identified = identify(guide, lock)
    return ship(identified, offer(identified.guide), lock, now)


def pieces(fact: Fact) -> list[str]:
    """The texts of a fact as a sheet shows them: a table row cell by cell."""
    if isinstance(fact, Row):
        beside = plain(fact.label) == " / ".join(plain(head) for head, _ in fact.cells)  # the columns' names stand above them
        return [*([] if beside else [plain(fact.label)]), *(plain(cell) for _, cell in fact.cells)]
    return [part.removeprefix("*") if isinstance(fact, MultipleChoice) else part for part in fact_texts(fact) if part]


class Learner:
    """A learner's collection in the real Anki."""

    def __init__(self, folder: Path) -> None:
        from anki.collection import Collection

        self.col: Any = Collection(str(folder / "collection.anki2"))

    def take(self, package: Path) -> dict[str, int]:
        """Imports a package with the default options; counts what Anki's log says."""
        from anki.collection import ImportAnkiPackageRequest

        options = self.col._backend.get_import_anki_package_presets()
        log = self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package), options=options)).log
        return {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}

    def notes(self) -> dict[str, Any]:
        """Notes by GUID."""
        return {note.guid: note for note in map(self.col.get_note, self.col.find_notes(""))}


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    folder = tmp_path / "learner"
    folder.mkdir()
    made = Learner(folder)
    yield made
    made.col.close()


@pytest.fixture
def source(tmp_path: Path) -> Callable[..., Path]:
    """Writes a guide into a folder of its own and returns its path."""

    def write(text: str, name: str = "guide") -> Path:
        path = tmp_path / "source" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write


def shared() -> Path:
    """The folder beside the clone; a test that needs it fails where it is missing."""
    folder = Path(os.environ.get("DECKPRESS_SHARED", ROOT.parent / "shared"))
    assert folder.is_dir(), f"{folder} is missing"
    return folder


# Any text, with much of what guides are made of in it.
MARKDOWN = st.lists(
    st.sampled_from(
        ["# A", "## B (C)", "### Features", "### Questions", "- x: y", "  - z", "1. q? **Answer: a**", "3. **b**", "> q",
         "| a | b |", "| - | - |", "<div>", "<!-- c -->", "```", "---", "**w", "text", "", "    code", "Answer: x", ": d",
         "![p](q.png)",
         "&lt; \\* {#k}", "- [ ] a", "- [x] b", "Q: c?", "A: d", "e :: f", "g -> h", "- ✅ i", "A) j B) k C) l", "</details>",
         "<details><summary>Answer</summary>", "**Q7.** m"]
    )
    | st.text(max_size=40),
    max_size=30,
).map("\n".join)  # fmt: skip
