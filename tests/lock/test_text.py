"""The lock is a learner's history: written so that git merges it, checked on reading, never trusted when it is broken."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from deckpress.lock import Lock, Stamp, with_values
from deckpress.lock.text import dump, load
from deckpress.shipping import unchanged

from ..conftest import shipped

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
    text = dump(lock)
    assert len(json.loads(text)) == 1 + len(lock.facts) + len(lock.notes) + 1
    openings = [block.split("\n")[0] for block in text.split("\n\n") if block.startswith('{"entry":')][1:-1]
    assert len(openings) == len(lock.facts) + len(lock.notes)
    assert all(line.endswith('",') for line in openings)


def test_each_long_paragraph_and_each_stamp_stands_alone_between_blank_lines(lock: Lock) -> None:
    note = with_values(lock.notes[0], fields=("<p>one paragraph</p><p>and another one</p>", "", "short"))
    text = dump(replace(lock, notes=(with_values(note, stamps={"a": Stamp(2, "x", "y"), "b": Stamp()}),)))
    blocks = text.split("\n\n")
    for line in ('"<p>one paragraph</p>",', '"<p>and another one</p>"],"","short"],', '"a":[2,"x","y"],', '"b":[0,"",""]}},'):
        assert line in blocks
    again, wrong = load(text, "x.lock.json")
    assert wrong == []
    assert again is not None
    assert again.notes[0].fields == note.fields


def first_format(lock: Lock) -> str:
    """The lock as the first versions wrote it: an entry on one line, no stamps."""
    entries = json.loads(dump(lock))[:-1]
    entries[0]["format"] = 1
    for entry in entries[1:]:
        entry.pop("stamps", None)
        entry.pop("shown", None)
        if "fields" in entry:
            entry["fields"] = ["".join(field) for field in entry["fields"]]
    told = [json.dumps(entry, separators=(",", ":"), ensure_ascii=False) for entry in entries]
    return "[\n\n" + "".join(f"{line},\n\n" for line in told) + '{"entry":"end"}\n\n]\n'


def test_a_lock_of_the_first_format_is_read_changes_nothing_and_is_written_in_the_new_one_with_the_next_edit(lock: Lock) -> None:
    old, wrong = load(first_format(lock), "x.lock.json")
    assert wrong == []
    assert old is not None
    assert old.header.format == 1
    same = shipped(GUIDE, old)
    assert {change.status for change in same.changes} == {"kept"}
    assert unchanged(same.lock, old)
    edited = shipped(GUIDE.replace("in January too", "in winter too"), old)
    assert sorted(change.status for change in edited.changes) == ["kept", "updated_text"]
    assert '"format":2' in dump(edited.lock)


def test_entries_are_sorted_whatever_order_they_came_in(lock: Lock) -> None:
    turned = Lock(lock.header, lock.facts[::-1], lock.notes[::-1])
    assert dump(turned) == dump(lock)


BREAKS: dict[str, Callable[[str], str]] = {
    "a conflict of git": lambda text: text.replace("[\n", "[\n<<<<<<< HEAD\n", 1),
    "a conflict of git within an entry": lambda text: text.replace('",\n', '",\n<<<<<<< HEAD\n', 1),
    "an id without its entry": lambda text: re.sub(r'",\n.*\n', '",\n', text, count=1),
    "cut off at the end": lambda text: text[: text.rindex('{"entry":"end"}')],
    "cut off in an entry": lambda text: text[:-200],
    "no header": lambda text: "\n".join(line for line in text.split("\n") if '"entry":"lock"' not in line),
    "an entry twice": lambda text: text.replace(text.split("\n\n")[2], "\n\n".join([text.split("\n\n")[2]] * 2), 1),
    "a hand edit": lambda text: text.replace('"time":1', '"time":"yesterday 1', 1),
    "a newer version": lambda text: text.replace('"format":2', '"format":99', 1),
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
