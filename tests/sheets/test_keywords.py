"""The keyword index: names of topics, labels, bold words and short answers, each with its sheets."""

from deckpress.sheets.keywords import keywords
from deckpress.words import vocabulary

from ..conftest import guide_of

TEXT = """# Birds

## Robin
A small bird with a **red breast**.

- **Winter song**: all year
- **Price**: nothing

### Questions
1. Which tree does it sing in? **Answer: Oak**
2. Does it sing? **Answer: Yes**

## Wren
A smaller bird.

- **Price**: nothing
- **Épée**: none

## Raven
A large bird.

- **Price**: nothing
- **Winter song**: none
"""


def entries(text: str) -> dict[str, tuple[int, ...]]:
    guide = guide_of(text)
    found = keywords([(topic, number) for number, topic in enumerate(guide.topics, 1)], vocabulary("en"))
    return dict(entry for _, rows in found for entry in rows)


def test_a_keyword_leads_to_its_sheets() -> None:
    found = entries(TEXT)
    assert found["Robin"] == (1,)
    assert found["red breast"] == (1,)
    assert found["Winter song"] == (1, 3)
    assert found["Oak"] == (1,)


def test_what_every_topic_has_and_what_is_no_name_is_left_out() -> None:
    assert not {"Price", "Yes"} & entries(TEXT).keys()


def test_it_is_sorted_without_accents_below_initials() -> None:
    guide = guide_of(TEXT)
    found = keywords([(topic, number) for number, topic in enumerate(guide.topics, 1)], vocabulary("en"))
    assert [initial for initial, _ in found] == sorted(initial for initial, _ in found)
    assert "Épée" in [name for name, _ in dict(found)["E"]]
