"""Paper, checked as an eye cannot: own guides and others', A4 and Letter; sheets, book, quiz and cards to cut out."""

import shutil
from pathlib import Path

import pytest

from deckpress.pipeline import Cut, Options, build
from deckpress.pipeline.printing import book_of
from deckpress.sheets import cutouts_of

from ..conftest import ROOT, shared
from ..paper import faults_of_cards, faults_of_pages, faults_of_sheets, faults_of_the_book

OWN = [
    "source/aws-compute.md",
    "tests/cases/revisions/kidney.md",
    "tests/cases/revisions/war.md",
    "tests/cases/revisions/immunology.md",
]
# A glossary, one with many comparisons, a quiz, and the user's notes.
OTHERS = ["corpus/guides/aws-nishkoder-glossary.md", "corpus/guides/az-rudra-compute.md", "corpus/guides/aws-kanani-exam1.md",
          "notes/aws-compute-notes.md"]  # fmt: skip
PAPERS = ["a4", "letter"]


def faults(guide: Path, folder: Path, paper: str, cut: Cut, large: bool = False, binder: bool = False) -> list[str]:
    """All faults of the handouts of a copy of a guide."""
    source = folder / "source"
    source.mkdir()
    path = Path(shutil.copy(guide, source / guide.name))
    out = folder / "dist"
    options = Options(out, ("deck", "cheatsheets", "quiz", "flashcards"), paper=paper, cut=cut, large=large, binder=binder)
    (result,) = build([path], options)
    assert result.ready is not None, result.diagnostics
    slug = result.ready.guide.slug
    files = {f"{file.relative_to(out).as_posix().removeprefix(slug)}": file.read_bytes() for file in out.rglob("*.pdf")}
    book = book_of(result.ready, options)
    found = [f"{one.code} {one.message}" for one in result.diagnostics if one.code in ("P003", "P004", "P005")]
    for name, data in files.items():
        if not name.startswith("/"):
            found += faults_of_pages(name, data, paper)
    if book.sheets:
        found += faults_of_the_book(book, files["-cheatsheets.pdf"])
    if book.sheets and not large:
        found += faults_of_sheets(result.ready.guide, book, files)
    found += faults_of_cards(
        cutouts_of(result.ready.guide, result.ready.shipment.asks, cut, book.look)[0], files["-flashcards.pdf"]
    )
    return found


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("guide", OWN)
def test_nothing_is_wrong_with_our_guides_on_paper(guide: str, paper: str, tmp_path: Path) -> None:
    assert faults(ROOT / guide, tmp_path, paper, Cut(per_page=8 if paper == "a4" else 10)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("large", "binder"), [(True, False), (False, True)], ids=["large print", "binder"])
def test_nothing_is_wrong_in_large_print_or_with_a_margin_for_holes(large: bool, binder: bool, tmp_path: Path) -> None:
    assert faults(ROOT / OWN[0], tmp_path, "a4", Cut(fold=True), large, binder) == []


@pytest.mark.shared
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("guide", OTHERS)
def test_nothing_is_wrong_with_guides_by_others_on_paper(guide: str, paper: str, tmp_path: Path) -> None:
    assert faults(shared() / guide, tmp_path, paper, Cut(per_page=10 if paper == "a4" else 8, flip="short")) == []
