"""An edit keeps a fact's id; another fact never takes it over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckpress.identity import identify
from deckpress.markup import plain
from deckpress.model import Fact
from deckpress.reading import read

from .conftest import shipped

GUIDE = """# Birds

## Robin
A small bird with a red breast.

### Features
- **Winter song**: it sings in January, when other birds are silent
- **Nest**: a cup of moss near the ground
- Eats worms, berries and insects from lawns

### Questions
1. A bird sings in the middle of winter. **Answer: Robin**

## Wren
The smallest bird of the garden.

### Features
- **Nest**: a ball of leaves with a side door
- Its song is louder than that of any bird of its size
"""


def ids(text: str, before: str = GUIDE) -> dict[str, str]:
    """Plain text of each fact -> id, after an edit of a guide that has been built."""
    guide = read(text, "guide.md", "guide")
    return {name(fact): fact.id for fact in identify(guide, shipped(before).lock).guide.facts}


def name(fact: Fact) -> str:
    return plain(getattr(fact, "text", ()) or getattr(fact, "question", ()))


BEFORE = ids(GUIDE)
EDITS = {
    "a word is mistyped": ("silent", "slient"),
    "a clause is reworded": ("when other birds are silent", "while most other birds keep silent"),
    "a label is renamed": ("**Winter song**", "**Song in winter**"),
    "emphasis is taken away": ("**Winter song**: it", "Winter song: it"),
    "a topic is renamed": ("## Robin", "## European robin"),
    "a section is renamed": ("### Features\n- **Winter", "### What marks it\n- **Winter"),
    "a full stop is added": ("from lawns", "from lawns."),
    "a bullet is inserted above": ("- **Winter song**", "- Lives eleven years at most\n- **Winter song**"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_fact_keeps_its_id_when(edit: str) -> None:
    old, new = EDITS[edit]
    assert old in GUIDE
    after = ids(GUIDE.replace(old, new, 1))
    assert set(BEFORE.values()) <= set(after.values())


def test_every_fact_keeps_its_id_when_topics_change_places() -> None:
    head, rest = GUIDE.split("## Robin")
    robin, wren = rest.split("## Wren")
    assert ids(head + "## Wren" + wren + "\n## Robin" + robin) == BEFORE


def test_a_fact_that_moves_to_another_topic_keeps_its_id() -> None:
    line = "- Eats worms, berries and insects from lawns\n"
    assert ids(GUIDE.replace(line, "") + line) == BEFORE


def test_a_fact_that_takes_the_place_of_another_gets_an_id_of_its_own() -> None:
    after = ids(GUIDE.replace("Eats worms, berries and insects from lawns", "Weighs about eighteen grams when grown"))
    assert after["Weighs about eighteen grams when grown"] not in BEFORE.values()


def test_another_answer_makes_another_fact_however_alike_the_questions_are() -> None:
    after = ids(GUIDE.replace("**Answer: Robin**", "**Answer: Wren**"))
    assert after["A bird sings in the middle of winter."] not in BEFORE.values()


def test_a_text_that_returns_gets_its_id_back() -> None:
    without = GUIDE.replace("- Eats worms, berries and insects from lawns\n", "")
    gone = shipped(without, shipped(GUIDE).lock).lock
    guide = read(GUIDE, "guide.md", "guide")
    assert {name(fact): fact.id for fact in identify(guide, gone).guide.facts} == BEFORE


def test_the_authors_key_wins_over_every_rewording() -> None:
    keyed = GUIDE.replace("from lawns", "from lawns {#food}")
    lock = shipped(keyed, shipped(GUIDE).lock).lock
    changed = read(GUIDE.replace("Eats worms, berries and insects from lawns", "Something else {#food}"), "guide.md", "guide")
    found = {name(fact): fact.id for fact in identify(changed, lock).guide.facts}
    assert found["Something else"] == BEFORE["Eats worms, berries and insects from lawns"]


@given(st.lists(st.sampled_from(GUIDE.split("\n")), max_size=30))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_two_facts_ever_share_an_id_and_the_same_input_gives_the_same(lines: list[str]) -> None:
    guide = read("\n".join(lines), "guide.md", "guide")
    lock = shipped(GUIDE).lock
    first, second = identify(guide, lock), identify(guide, lock)
    found = [fact.id for fact in first.guide.facts]
    assert len(set(found)) == len(found)
    assert first == second
