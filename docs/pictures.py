"""Draws the pictures of the README, from what `build.py --with flashcards` made. Needs Chromium.

Run it from the checkout: python3 build.py --with flashcards && .venv/bin/python docs/pictures.py
"""

import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import card_page, chromium, framed, write  # noqa: E402
from tests.conftest import Learner  # noqa: E402


def page(name: str, number: int = 0, dpi: int = 80) -> Image.Image:
    """A page of a PDF in dist/, with a line around it."""
    drawn = pypdfium2.PdfDocument(ROOT / "dist" / name)[number].render(scale=dpi / 72).to_pil().convert("RGB")
    framed_page = Image.new("RGB", (drawn.width + 2, drawn.height + 2), "#9db1c2")
    framed_page.paste(drawn, (1, 1))
    return framed_page


def save(drawn: Image.Image, name: str) -> None:
    """Few colours are enough for words on paper, and a third of the bytes."""
    drawn.quantize(64).save(ROOT / "docs" / name, optimize=True)


def pages() -> None:
    """A sheet, the index, a page of the quiz, and a pair of pages with cards to cut out."""
    (sheet,) = (ROOT / "dist/aws-compute").glob("*aws-outposts*.pdf")
    save(page(f"aws-compute/{sheet.name}"), "sheet.png")
    save(page("aws-compute-cheatsheets.pdf", dpi=60), "index.png")
    save(page("aws-compute-quiz.pdf", dpi=60), "quiz.png")
    pair = [page("aws-compute-flashcards.pdf", number, 60) for number in (0, 1)]
    beside = Image.new("RGB", (sum(one.width for one in pair) + 12, pair[0].height), "white")
    beside.paste(pair[0], (0, 0))
    beside.paste(pair[1], (pair[0].width + 12, 0))
    save(beside, "cutouts.png")


def card() -> None:
    """docs/card.png: front and back of a card on a phone, light and dark."""
    with tempfile.TemporaryDirectory() as folder:
        learner = Learner(Path(folder))
        learner.take(ROOT / "dist/aws-compute.apkg")
        found = learner.col.find_cards('"tag:aws-compute::kind::scenario" "tag:aws-compute::aws-outposts"')[0]
        shown = learner.col.get_card(found)
        sides = [card_page(shown, answer, night, mobile=True) for night in (False, True) for answer in (False, True)]
        address = write(Path(folder), "cards.html", f'<div style="width:736px">{framed(sides, 360, 700)}</div>')
        chromium("--window-size=736,1416", f"--screenshot={ROOT / 'docs/card.png'}", address)
        learner.col.close()


if __name__ == "__main__":
    pages()
    card()
