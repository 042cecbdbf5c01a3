"""Pictures below the words of an item belong to its fact, whatever kind of fact it is."""

import pytest

from ..conftest import guide_of


@pytest.mark.parametrize(
    "line", ["- **Bow**: the front of a ship", "- **1805**: battle of Trafalgar", "- ships lie at the quay for a night"]
)
def test_a_picture_below_the_words_of_an_item_stays_with_its_fact_and_out_of_its_words(line: str) -> None:
    others = "- **Stern**: the back of a ship\n- **Keel**: the beam along the bottom\n"
    guide = guide_of(f"# Ships\n\n## Parts\n{line}\n  ![drawing](drawing.png)\n{others}")
    fact = guide.facts[0]
    assert [picture.source for picture in fact.pictures] == ["drawing.png"]
    assert all("drawing" not in str(getattr(fact, name, "")) for name in ("text", "label", "term"))
