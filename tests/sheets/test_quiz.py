"""The quiz: every question of the guide, numbered once, with the sheet that tells the answer."""

from deckpress.markup import plain
from deckpress.sheets import Look, Quiz, quiz_of

from ..conftest import guide_of

TEXT = """# Birds

## Robin
A small bird.

### Questions
1. Which bird sings in winter? **Answer: Robin**
2. What does it eat?
   - [ ] Stones
   - [x] Worms

## Wren
A smaller bird.

### Questions
1. How heavy is it? **Answer: Ten grams**
"""


def quiz(seed: str = "") -> Quiz:
    guide = guide_of(TEXT)
    made = quiz_of(guide, {topic.key: number for number, topic in enumerate(guide.topics, 1)}, Look(), seed)
    assert made is not None
    return made


def test_questions_are_grouped_by_topic_and_numbered_through() -> None:
    made = quiz()
    assert [(name, [item.number for item in items]) for name, items in made.groups] == [("Robin", [1, 2]), ("Wren", [3])]
    assert [item.sheet for item in made.items] == [1, 1, 2]
    assert [plain(text) for _, text in made.items[1].asked.options] == ["Stones", "Worms"]
    assert made.items[1].asked.right == ("B",)


def test_a_seed_shuffles_them_in_the_same_way_each_time_and_loses_none() -> None:
    orders = {seed: [plain(item.asked.question) for item in quiz(seed).items] for seed in ("a", "b", "c", "d", "e")}
    assert len({tuple(order) for order in orders.values()}) > 1
    assert all(sorted(order) == sorted(orders["a"]) for order in orders.values())
    assert [plain(item.asked.question) for item in quiz("a").items] == orders["a"]
    assert quiz("a").groups[0][0] == ""


def test_a_guide_without_questions_has_no_quiz() -> None:
    assert quiz_of(guide_of("# Birds\n\n## Robin\nA small bird.\n"), {}, Look()) is None
