"""An edit keeps a fact's id; another fact never takes it over."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckpress.identity import identify
from deckpress.lock import Decision, Lock
from deckpress.markup import plain
from deckpress.model import Fact
from deckpress.reading import read

from ..conftest import shipped

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
    "a number changes": ("## Wren\nThe smallest", "## Wren\nThe 2 smallest"),
    "a word is put into another language": ("from lawns", "from Rasen"),
    "a label is dropped": ("**Nest**: a cup of moss near the ground", "a cup of moss near the ground"),
    "a bullet is inserted above": ("- **Winter song**", "- Lives eleven years at most\n- **Winter song**"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_fact_keeps_its_id_when(edit: str) -> None:
    old, new = EDITS[edit]
    assert old in GUIDE
    after = ids(GUIDE.replace(old, new, 1))
    assert set(BEFORE.values()) <= set(after.values())


def test_two_bullets_that_change_places_keep_their_ids() -> None:
    one, other = "- Eats worms, berries and insects from lawns\n", "- **Nest**: a cup of moss near the ground\n"
    assert ids(GUIDE.replace(other, "").replace(one, one + other)) == BEFORE


def test_two_questions_whose_answers_are_swapped_keep_their_questions() -> None:
    two = GUIDE.replace("## Wren", "2. A bird builds a ball of leaves. **Answer: Wren**\n\n## Wren")
    swapped = (
        two.replace("Answer: Robin", "Answer: X").replace("Answer: Wren", "Answer: Robin").replace("Answer: X", "Answer: Wren")
    )
    assert ids(swapped, two) == ids(two, two)


def test_a_fact_that_is_split_lives_on_in_its_first_half() -> None:
    whole = "it sings in January, when other birds are silent"
    after = ids(GUIDE.replace(f"**Winter song**: {whole}", "**Winter song**: it sings in January\n- Other birds are silent then"))
    assert after["it sings in January"] == BEFORE[whole]


def test_two_facts_that_are_merged_live_on_as_the_one_that_it_begins_with() -> None:
    nest, food = "a cup of moss near the ground", "Eats worms, berries and insects from lawns"
    edit = GUIDE.replace(f"- {food}\n", "").replace(nest, f"{nest}; eats worms, berries and insects from lawns")
    assert ids(edit)[f"{nest}; eats worms, berries and insects from lawns"] == BEFORE[nest]


CHOICE = "# Quiz\n\n1. Which bird sings in winter?\n   - A) Swift\n   - B) Robin\n\n   Answer: B\n"


def test_an_option_that_is_added_leaves_the_question_what_it_was() -> None:
    more = CHOICE.replace("   - B) Robin\n", "   - B) Robin\n   - C) Owl\n")
    assert set(ids(CHOICE, CHOICE).values()) == set(ids(more, CHOICE).values())


TABLE = "# Birds\n\n## Sizes\nHow long birds are.\n\n| Bird | Length | Weight |\n|---|---|---|\n| Robin | 14 cm | 18 g |\n"


def test_a_row_that_is_added_to_a_table_leaves_the_others_what_they_were() -> None:
    more = TABLE.replace("| Robin", "| Wren | 9 cm | 9 g |\n| Robin")
    assert len(set(found(more, TABLE)) - set(found(TABLE, TABLE))) == 1
    assert set(found(TABLE, TABLE)) <= set(found(more, TABLE))


def found(text: str, before: str) -> list[str]:
    """The ids of all facts after an edit."""
    guide = read(text, "guide.md", "guide")
    return [fact.id for fact in identify(guide, shipped(before).lock).guide.facts]


def test_a_look_alike_that_takes_the_place_of_a_question_is_new() -> None:
    before = GUIDE.replace("A bird sings in the middle of winter.", "Host a WordPress website with predictable monthly cost.")
    after = before.replace("Host a WordPress website with", "Host a small container with")
    assert ids(after, before)["Host a small container with predictable monthly cost."] not in ids(before, before).values()


@pytest.mark.parametrize("written", ["{#food}", "<!-- #food -->"])
def test_a_key_may_be_written_as_a_mark_or_as_a_comment(written: str) -> None:
    keyed = GUIDE.replace("from lawns", f"from lawns {written}")
    lock = shipped(keyed, shipped(GUIDE).lock).lock
    changed = read(GUIDE.replace("Eats worms, berries and insects from lawns", f"Something else {written}"), "guide.md", "guide")
    assert BEFORE["Eats worms, berries and insects from lawns"] in {fact.id for fact in identify(changed, lock).guide.facts}


def test_a_key_on_a_heading_is_that_of_what_the_topic_is() -> None:
    lock = shipped(GUIDE.replace("## Robin", "## Robin {#robin}"), shipped(GUIDE).lock).lock
    edit = GUIDE.replace("## Robin", "## Redbreast {#robin}")
    edit = edit.replace("A small bird with a red breast.", "Nothing of the old words here.")
    after = {name(fact): fact.id for fact in identify(read(edit, "guide.md", "guide"), lock).guide.facts}
    assert after["Nothing of the old words here."] == BEFORE["A small bird with a red breast."]


OLD_SONG, NEW_SONG = "it sings in January, when other birds are silent", "a voice of January while all around it rests"
REWORDED = GUIDE.replace(f"**Winter song**: {OLD_SONG}", NEW_SONG)


def decided(pair: str) -> tuple[dict[str, str], Lock]:
    """Ids after a decision on what was unsure, and the lock that follows from it."""
    lock = shipped(GUIDE).lock
    old, new = pair.replace("OLD", BEFORE[OLD_SONG]).replace("NEW", ids(REWORDED)[NEW_SONG]).split("=")
    settled = replace(lock, decisions=(Decision(f"decision {old}={new}", old, new),))
    guide = read(REWORDED, "guide.md", "guide")
    return {name(fact): fact.id for fact in identify(guide, settled).guide.facts}, shipped(REWORDED, settled).lock


def test_what_the_author_calls_the_same_is_the_same() -> None:
    after, lock = decided("OLD=NEW")
    assert after[NEW_SONG] == BEFORE[OLD_SONG]
    assert lock.decisions == ()


def test_what_the_author_calls_gone_is_retired() -> None:
    after, lock = decided("OLD=")
    assert after[NEW_SONG] != BEFORE[OLD_SONG]
    assert next(fact for fact in lock.facts if fact.id == BEFORE[OLD_SONG]).gone == 2


def test_an_interim_fact_that_turns_out_the_same_gives_its_place_back() -> None:
    between = shipped(REWORDED, shipped(GUIDE).lock)
    interim = next(fact for fact in between.lock.facts if NEW_SONG in fact.texts)
    settled = replace(between.lock, decisions=(Decision("decision x", BEFORE[OLD_SONG], interim.id),))
    after = shipped(REWORDED, settled)
    assert not next(fact for fact in after.lock.facts if fact.id == BEFORE[OLD_SONG]).gone
    assert next(fact for fact in after.lock.facts if fact.id == interim.id).gone


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


def test_an_answer_that_is_mended_keeps_the_question_that_was_learned() -> None:
    after = ids(GUIDE.replace("**Answer: Robin**", "**Answer: Robin redbreast**"))
    assert after["A bird sings in the middle of winter."] == BEFORE["A bird sings in the middle of winter."]


def test_another_question_with_another_answer_is_another_fact_however_alike_they_are() -> None:
    edit = GUIDE.replace("sings in the middle of winter. **Answer: Robin**", "sings in the middle of summer. **Answer: Wren**")
    assert ids(edit)["A bird sings in the middle of summer."] not in BEFORE.values()


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


def test_a_key_that_has_left_a_line_which_still_stands_is_said() -> None:
    worms, red = "Eats worms, berries and insects from lawns", "A small bird with a red breast."
    lock = shipped(GUIDE.replace(worms, f"{worms} {{#food}}"), shipped(GUIDE).lock).lock
    moved = read(GUIDE.replace(red, f"{red} {{#food}}"), "guide.md", "guide")
    found = identify(moved, lock)
    assert [(said.code, said.span.line) for said in found.diagnostics] == [("K002", 4)]
    assert identify(read(GUIDE.replace(worms, f"{worms} {{#food}}"), "guide.md", "guide"), lock).diagnostics == ()


@given(st.lists(st.sampled_from(GUIDE.split("\n")), max_size=30))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_two_facts_ever_share_an_id_and_the_same_input_gives_the_same(lines: list[str]) -> None:
    guide = read("\n".join(lines), "guide.md", "guide")
    lock = shipped(GUIDE).lock
    first, second = identify(guide, lock), identify(guide, lock)
    found = [fact.id for fact in first.guide.facts]
    assert len(set(found)) == len(found)
    assert first == second


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("**Hydration**: 80 percent of the flour weight", "**Salt**: 2 percent of the flour weight"),
        ("**Crumb**: the soft inside of a loaf", "**Alveoli**: the air pockets inside of a loaf"),
        (
            "Seen in ovens\n\n| Part | Wall | Job |\n|---|---|---|\n| Thin upper pipe | brick | lets steam out |",
            "Seen in ovens\n\n| Part | Wall | Job |\n|---|---|---|\n| Thin lower pipe | brick | lets water out |",
        ),
        ("Must rest 24 hours before it is cut", "Must cool 2 hours before it is sliced"),
        ("Baked at 180 °C, because sugar browns early", "Proofed at 28 °C, because butter melts early"),
    ],
)
def test_a_look_alike_under_another_name_or_with_other_numbers_takes_no_history(old: str, new: str) -> None:
    first = f"# Bread\n\n## Rye\nA dark bread.\n\n- Keeps fresh for a week\n- {old}\n\n## Brioche\nA rich bread.\n\n- Has butter\n"
    assert not changed_into(first, old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Latency below 10 ms", "Latency below 5 ms"),
        ("Keeps backups for 35 days in another place", "Keeps backups for 90 days in another place"),
    ],
)
def test_a_number_that_was_mended_keeps_its_history(old: str, new: str) -> None:
    assert changed_into(f"# Bread\n\n## Rye\nA dark bread.\n\n- Keeps fresh for a week\n- {old}\n", old, new)


def changed_into(text: str, old: str, new: str) -> bool:
    """Whether a line that was put into the place of another one is taken for it."""
    first = shipped(text).lock
    return len(identify(read(text.replace(old, new), "g.md", "g"), first).old) == len(first.facts)
