"""The lock is a learner's history: written so that git merges it, checked on reading, never trusted when it is broken."""

from collections.abc import Callable

import pytest

from deckpress.lock import Lock, dump, load
from deckpress.shipping import unchanged

from .conftest import shipped

GUIDE = "# Birds\n\n## Robin\nA small bird with a red breast.\n\n- **Winter song**: it sings in January too\n"


@pytest.fixture
def lock() -> Lock:
    return shipped(GUIDE).lock


def test_a_lock_comes_back_as_it_was_written(lock: Lock) -> None:
    again, wrong = load(dump(lock), "x.lock.json")
    assert wrong == []
    assert again is not None
    assert dump(again) == dump(lock)
    assert unchanged(again, lock)


def test_it_is_json_with_a_line_for_each_id_and_blank_lines_between_entries(lock: Lock) -> None:
    import json

    text = dump(lock)
    assert len(json.loads(text)) == 1 + len(lock.facts) + len(lock.notes) + 1
    blocks = text.split("\n\n")[2:-2]
    assert len(blocks) == len(lock.facts) + len(lock.notes)
    assert all(len(block.split("\n")) == 2 and block.split("\n")[0].endswith('",') for block in blocks)


def test_entries_are_sorted_whatever_order_they_came_in(lock: Lock) -> None:
    turned = Lock(lock.header, lock.facts[::-1], lock.notes[::-1])
    assert dump(turned) == dump(lock)


BREAKS: dict[str, Callable[[str], str]] = {
    "a conflict of git": lambda text: text.replace("[\n", "[\n<<<<<<< HEAD\n", 1),
    "a conflict of git within an entry": lambda text: text.replace('",\n', '",\n<<<<<<< HEAD\n', 1),
    "an id without its entry": lambda text: text.replace('",\n', '",\n\n', 1),
    "cut off at the end": lambda text: text[: text.rindex('{"entry":"end"}')],
    "cut off in an entry": lambda text: text[:-200],
    "no header": lambda text: "\n".join(line for line in text.split("\n") if '"entry":"lock"' not in line),
    "an entry twice": lambda text: text.replace(text.split("\n\n")[2], "\n\n".join([text.split("\n\n")[2]] * 2), 1),
    "a hand edit": lambda text: text.replace('"time":1', '"time":"yesterday 1', 1),
    "a newer version": lambda text: text.replace('"format":1', '"format":99', 1),
    "an empty file": lambda _: "",
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_broken_lock_is_refused_with_its_line(how: str, lock: Lock) -> None:
    broken = BREAKS[how](dump(lock))
    assert broken != dump(lock)
    found, wrong = load(broken, "x.lock.json")
    assert found is None
    assert wrong
    assert all(d.code == "S001" and d.span.line >= 1 for d in wrong)
