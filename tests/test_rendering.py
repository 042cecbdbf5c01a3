"""Fields and tags of a note: words only, escaped, with a front and an answer on every card."""

import re

from deckpress.notetypes import SHAPES

from .conftest import shipped
from .identity.test_identity import GUIDE


def fields(text: str, rule: str) -> list[dict[str, str]]:
    return [dict(zip(SHAPES[note.type].fields, note.fields, strict=True)) for note in shipped(text).notes if note.rule == rule]


def test_every_note_says_guide_topic_section_and_source_without_a_line_number() -> None:
    for note in shipped(GUIDE).notes:
        told = dict(zip(SHAPES[note.type].fields, note.fields, strict=True))
        assert told["Guide"] == "Birds"
        assert told["Topic"] in ("Robin", "Wren")
        assert told["Source"].startswith(f"guide.md › {told['Topic']}")
        assert told["NoteKey"] == note.key
        assert told["FactIds"].split() == list(note.facts)


def test_tags_are_guide_topic_and_kind_and_the_authors_own_questions() -> None:
    tags = {tag for note in shipped(GUIDE).notes for tag in note.tags}
    assert {"guide::robin", "guide::wren", "guide::kind::define", "guide::kind::scenario", "guide::author"} <= tags
    assert not any(" " in tag for tag in tags)


def test_an_authors_own_tags_are_on_every_note() -> None:
    notes = shipped(f"---\ntags: [term-2, a::b]\n---\n{GUIDE}").notes
    assert notes
    assert all({"term-2", "a::b"} <= set(note.tags) for note in notes)


def test_html_in_a_guide_is_shown_and_does_nothing() -> None:
    (told,) = fields("# B\n\n## Robin\nA <script>alert(1)</script> & bird {{x}}.\n", "define")
    assert "<script" not in told["Answer"]
    assert "&lt;script&gt;" in told["Answer"]


def test_a_cloze_has_a_deletion_for_each_of_its_cards() -> None:
    text = "# B\n\n## Robin\nA bird.\n\n- **Months of song**: January, March, May, June\n"
    (note,) = [note for note in shipped(text).notes if note.type == "cloze"]
    assert re.findall(r"\{\{c(\d)::", note.fields[0]) == [str(ord_ + 1) for ord_ in note.cards] == ["1", "2", "3", "4"]


def test_the_topic_is_hidden_on_the_front_where_it_is_the_answer() -> None:
    assert all(told["HideTopic"] for told in fields(GUIDE, "scenario"))
    assert not any(told["HideTopic"] for told in fields(GUIDE, "label"))


def test_a_topic_with_the_name_of_the_guide_stands_on_a_card_once() -> None:
    quiz = "1. Which sings in winter?\n   - A) Wren\n   - B) Robin\n\n   Answer: B"
    text = f"# Birds\n\n{quiz}\n\n## Robin\nA bird.\n\n## Wren\nA smaller one.\n"
    (note,) = [note for note in shipped(text).notes if note.type == "choice"]
    assert dict(zip(SHAPES["choice"].fields, note.fields, strict=True))["HideTopic"] == "yes"
