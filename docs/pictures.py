"""Draws the pictures of the README: a card of the deck and a sheet, from what `build.py` made. Needs Chromium.

Run it from the checkout: .venv/bin/python docs/pictures.py
"""

import sys
import tempfile
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import card_page, chromium, framed, write  # noqa: E402
from tests.conftest import Learner  # noqa: E402


def sheet() -> None:
    """docs/sheet.png: the sheet of one topic at 80 dpi."""
    page = pypdfium2.PdfDocument(ROOT / "dist/aws-compute/aws-outposts.pdf")[0]
    page.render(scale=80 / 72).to_pil().save(ROOT / "docs/sheet.png", optimize=True)


def card() -> None:
    """docs/card.png: front and back of a card on a phone, light and dark."""
    with tempfile.TemporaryDirectory() as folder:
        learner = Learner(Path(folder))
        learner.take(ROOT / "dist/aws-compute.apkg")
        found = learner.col.find_cards('"tag:aws-compute::kind::scenario" "tag:aws-compute::aws-outposts"')[0]
        shown = learner.col.get_card(found)
        pages = [card_page(shown, answer, night, mobile=True) for night in (False, True) for answer in (False, True)]
        address = write(Path(folder), "cards.html", f'<div style="width:736px">{framed(pages, 360, 600)}</div>')
        chromium("--window-size=736,1216", f"--screenshot={ROOT / 'docs/card.png'}", address)
        learner.col.close()


if __name__ == "__main__":
    sheet()
    card()
