"""What has shipped goes out byte for byte until its own words change."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckpress import __version__
from deckpress.lock import Lock, LockNote, Shipment, with_values
from deckpress.model import Note
from deckpress.report import retired_text
from deckpress.shipping import unchanged

from .conftest import NOW, shipped
from .identity.test_identity import GUIDE

LATER = NOW + 86_400


def notes(shipment: Shipment) -> dict[str, LockNote]:
    return {note.id: note for note in shipment.lock.notes if not note.gone}


def test_the_same_guide_again_changes_nothing() -> None:
    first = shipped(GUIDE)
    again = shipped(GUIDE, first.lock, LATER)
    assert unchanged(first.lock, again.lock)
    assert {change.status for change in again.changes} == {"kept"}
    assert again.revision == first.revision == 1


def test_an_edited_fact_is_rendered_anew_with_a_later_time_and_everything_else_stays() -> None:
    first = shipped(GUIDE)
    again = shipped(GUIDE.replace("red breast", "bright red breast"), first.lock, LATER)
    before, after = notes(first), notes(again)
    assert before.keys() == after.keys()
    changed = [id_ for id_ in after if after[id_] != before[id_]]
    assert all(after[id_].shipped.time == LATER and after[id_].guid == before[id_].guid for id_ in changed)
    # The definition's own note, and the scenario that quotes the definition on its back.
    assert {after[id_].rule for id_ in changed} == {"define", "scenario"}
    assert again.revision == 2


def test_a_clock_that_stands_still_never_lowers_a_time() -> None:
    first = shipped(GUIDE)
    again = shipped(GUIDE.replace("red breast", "bright red breast"), first.lock, NOW - 1000)
    assert {note.shipped.time for note in again.lock.notes} == {NOW, NOW + 1}


def test_order_sections_kinds_and_siblings_rewrite_no_note() -> None:
    first = shipped(GUIDE)
    head, rest = GUIDE.split("## Robin")
    robin, wren = rest.split("## Wren")
    edits = (
        head + "## Wren" + wren + "\n## Robin" + robin,
        GUIDE.replace("### Features\n- **Winter", "### Exam notes\n- **Winter"),
        GUIDE + "\n## Owl\nA bird of the night.\n\n- Hunts mice without a sound\n",
        "A line before the title.\n\n" + GUIDE,
    )
    for edit in edits:
        again = notes(shipped(edit, first.lock, LATER))
        assert all(again[id_] == note for id_, note in notes(first).items())


def test_a_fact_that_leaves_is_retired_and_one_that_returns_gets_its_guid_back() -> None:
    first = shipped(GUIDE)
    line = "- **Winter song**: it sings in January, when other birds are silent\n"
    second = shipped(GUIDE.replace(line, ""), first.lock, LATER)
    third = shipped(GUIDE, second.lock, LATER + 1)
    assert [change.status for change in second.changes].count("retired") == 1
    assert {note.guid for note in third.notes} == {note.guid for note in first.notes}
    assert {note.key for note in first.notes} - {note.key for note in second.notes}


AGES = "- **Age in towns**: lives 11 years in gardens\n- **Age in woods**: lives 12 years in gardens\n"
TWO = GUIDE.replace("- Eats worms", f"{AGES}- Eats worms")
UNSURE = TWO.replace(AGES, "- lives 13 years in gardens\n")


def test_what_is_unsure_ships_as_new_and_the_old_one_waits_at_every_build_until_it_is_settled() -> None:
    first = shipped(TWO)
    again = shipped(UNSURE, first.lock, LATER)
    for lock in (again.lock, shipped(UNSURE, again.lock, LATER + 9).lock):
        waiting = [fact for fact in lock.facts if fact.unsettled]
        assert waiting
        assert not any(fact.gone for fact in waiting)
        assert all(not note.gone for note in lock.notes for fact in waiting if fact.id in note.facts)
        assert waiting[0].unsettled in {fact.id for fact in lock.facts if not fact.gone}
    assert unchanged(again.lock, shipped(UNSURE, again.lock, LATER + 9).lock)


LISTS = """# Birds

## Robin
A small bird.

- **Food**: worms, berries, insects, seeds

### Use cases
- Gardens with old walls
- Parks with dense hedges

## Swift
A fast bird.

- Sleeps on the wing

## Owl
A bird of the night.

- Hunts mice without a sound
"""


def cloze(shipment: Shipment) -> LockNote:
    return next(note for note in shipment.lock.notes if note.type == "cloze" and not note.gone)


def test_a_number_of_a_cloze_stays_with_what_it_hides() -> None:
    first = shipped(LISTS)
    assert [text for _, text in cloze(first).gaps] == ["worms", "berries", "insects", "seeds"]
    turned = cloze(
        shipped(LISTS.replace("worms, berries, insects, seeds", "seeds, worms, berries, insects, buds"), first.lock, LATER)
    )
    assert dict(turned.gaps) == {1: "worms", 2: "berries", 3: "insects", 4: "seeds", 5: "buds"}
    assert turned.fields[0].index("c4::seeds") < turned.fields[0].index("c1::worms")


def test_a_dropped_gap_leaves_its_number_unused_and_comes_back_with_it() -> None:
    first = shipped(LISTS)
    short = shipped(LISTS.replace("worms, berries, insects, seeds", "worms, insects, seeds, buds"), first.lock, LATER)
    assert cloze(short).cards == (0, 2, 3, 4)
    assert f'("NoteKey:{cloze(short).id}" card:2)' in retired_text(short.lock)
    back = cloze(shipped(LISTS, short.lock, LATER + 9))
    assert (back.cards, back.guid) == (cloze(first).cards, cloze(first).guid)


def merged(shipment: Shipment) -> LockNote:
    return next(note for note in shipment.lock.notes if len(note.facts) > 1 and not note.gone)


def test_a_bullet_that_joins_a_merged_card_is_added_to_it_and_one_that_leaves_is_taken_away() -> None:
    first = shipped(LISTS)
    more = shipped(LISTS.replace("- Gardens with", "- Yards behind a bakery\n- Gardens with"), first.lock, LATER)
    assert merged(more).guid == merged(first).guid
    assert merged(more).facts[:2] == merged(first).facts
    assert len(merged(more).facts) == 3
    fewer = shipped(LISTS.replace("- Gardens with old walls\n", ""), more.lock, LATER + 9)
    left = next(note for note in fewer.lock.notes if note.id == merged(first).id)
    assert not left.gone
    assert "Gardens" not in left.fields[0]


def test_a_term_keeps_the_sides_that_it_has_shipped_with() -> None:
    first = shipped(LISTS)
    sides = {note.guid: note.cards for note in first.lock.notes if note.type == "term"}
    edit = LISTS.replace("A small bird.", "A tiny bird.") + "\n## Wren\nA tiny bird.\n\n- Builds a ball of leaves\n"
    again = shipped(edit, first.lock, LATER)
    assert {note.guid: note.cards for note in again.lock.notes if note.guid in sides} == sides


def test_another_rule_or_another_sibling_withdraws_no_card() -> None:
    first = shipped(LISTS)
    common = "\n".join(f"\n## Bird {name}\nA bird.\n\n- **Food**: worms, berries, insects, seeds\n" for name in "ABCD")
    again = notes(shipped(LISTS + common, first.lock, LATER))
    assert all(again[id_] == note for id_, note in notes(first).items())


def test_the_author_can_withdraw_a_card() -> None:
    first = shipped(GUIDE)
    again = shipped(GUIDE.replace("when other birds are silent", "when other birds are silent {no-card}"), first.lock)
    assert len(again.notes) == len(first.notes) - 1


def test_guids_and_ids_are_distinct_and_ids_are_plausible_times() -> None:
    found = shipped(GUIDE).notes
    assert len({note.guid for note in found}) == len({note.note_id for note in found}) == len(found)
    assert all(1_325_376_000_000 <= note.note_id < NOW * 1000 for note in found)


def test_another_publisher_of_the_same_guide_has_other_guids() -> None:
    from deckpress.lock import Lock
    from deckpress.reading import read
    from deckpress.shipping import first_header

    guide = read(GUIDE, "guide.md", "guide")
    other = shipped(GUIDE, Lock(first_header("2" * 32, guide, guide.title)))
    assert not {note.guid for note in other.notes} & {note.guid for note in shipped(GUIDE).notes}


def test_the_first_bullet_of_a_merged_card_gets_one_of_its_own_where_it_has_moved_and_the_others_keep_theirs() -> None:
    first = shipped(LISTS)
    moved = LISTS.replace("- Gardens with old walls\n", "").replace("- Sleeps on", "- Gardens with old walls\n- Sleeps on")
    again = shipped(moved, first.lock, LATER)
    kept = notes(again)[merged(first).id]
    assert not kept.gone
    assert kept.guid == merged(first).guid
    assert kept.facts == merged(first).facts[1:]
    assert len({note.guid for note in again.notes}) == len(again.notes)


def test_a_bullet_that_moves_from_one_merged_card_to_another_stands_on_that_one() -> None:
    both = LISTS.replace(
        "- Sleeps on the wing\n", "- Sleeps on the wing\n\n### Use cases\n- Towers in cities\n- Barns with open doors\n"
    )
    first = shipped(both)
    moved = both.replace("- Parks with dense hedges\n", "").replace("- Towers", "- Parks with dense hedges\n- Towers")
    again = shipped(moved, first.lock, LATER)
    fact = merged(first).facts[1]
    homes = [note for note in again.lock.notes if fact in note.facts and not note.gone]
    assert [len(note.facts) for note in homes] == [3]
    assert homes[0].guid != merged(first).guid


GARDENS, PARKS = "- Gardens with old walls\n", "- Parks with dense hedges\n"


def held(shipment: Shipment) -> set[str]:
    return {fact for note in shipment.lock.notes if not note.gone for fact in note.facts}


def test_a_bullet_that_comes_back_to_a_merged_card_stands_on_it_again() -> None:
    three = LISTS.replace(PARKS, f"{PARKS}- Woods\n")
    first = shipped(three)
    without = shipped(three.replace(PARKS, ""), first.lock, LATER)
    back = shipped(three, without.lock, LATER + 9)
    assert set(merged(back).facts) == set(merged(first).facts)
    assert merged(back).guid == merged(first).guid


def test_a_merged_card_that_comes_back_in_another_order_has_its_history() -> None:
    first = shipped(LISTS)
    without = shipped(LISTS.replace(f"### Use cases\n{GARDENS}{PARKS}", ""), first.lock, LATER)
    back = shipped(LISTS.replace(GARDENS + PARKS, PARKS + GARDENS), without.lock, LATER + 9)
    assert merged(back).guid == merged(first).guid


def test_a_merged_card_keeps_all_its_bullets_when_its_heading_no_longer_merges_them() -> None:
    first = shipped(LISTS)
    other = LISTS.replace("### Use cases", "### Notes").replace("old walls", "very old walls")
    again = merged(shipped(other, first.lock, LATER))
    assert (again.guid, again.facts) == (merged(first).guid, merged(first).facts)
    assert "very old walls" in again.fields[0]
    assert "dense hedges" in again.fields[0]


def test_a_bullet_without_a_card_stands_on_no_merged_one_and_a_second_build_changes_nothing() -> None:
    marked = LISTS.replace(PARKS, f"{PARKS.strip()} {{no-card}}\n- Woods\n")
    first = shipped(marked)
    assert "hedges" not in merged(first).fields[0]
    assert unchanged(first.lock, shipped(marked, first.lock, LATER).lock)


def test_new_bullets_above_a_full_merged_card_make_one_of_their_own() -> None:
    six = "".join(f"- Place {name} by the sea\n" for name in ("one", "two", "three", "four", "five", "six"))
    guide = LISTS.replace(GARDENS + PARKS, six)
    first = shipped(guide)
    more = shipped(guide.replace(six, f"- Harbours with boats\n- Roofs of churches\n{six}"), first.lock, LATER)
    assert {fact.id for fact in more.lock.facts if "harbours" in fact.words or "roofs" in fact.words} <= held(more)


def test_a_definition_that_a_card_has_come_to_quote_arrives_when_it_is_mended() -> None:
    first = shipped(LISTS.replace("A small bird.\n", ""))
    told = LISTS.replace("old walls", "very old walls")
    second = shipped(told, first.lock, LATER)
    assert any("A small bird" in field for note in second.notes for field in note.fields[6:7])
    third = shipped(told.replace("A small bird", "A tiny bird"), second.lock, LATER + 9)
    assert not any("A small bird" in field for note in third.notes for field in note.fields)


POOL = (
    "Gardens with old walls", "Gardens with very old walls", "Parks with dense hedges", "Orchards beside a river", "Lanes with ivy",
    "**Limit**: 15 minutes, then it stops", "**Food**: worms, berries, insects, seeds", "**Food**: worms, berries, snails, buds",
    "Sleeps on the wing", "Hunts mice without a sound",
)  # fmt: skip
LINES = st.lists(st.tuples(st.sampled_from(POOL), st.sampled_from(("", "", "", " {no-card}", " {card}"))), max_size=6)
TOPIC = st.tuples(st.sampled_from(("Use cases", "When to use", "Features", "Notes")), LINES)
GUIDES = st.fixed_dictionaries(dict.fromkeys(("Robin", "Swift", "Owl"), TOPIC))


def written(guide: dict[str, tuple[str, list[tuple[str, str]]]]) -> str:
    topics = ("".join(f"- {line}{mark}\n" for line, mark in lines) for _, lines in guide.values())
    heads = (f"## {name}\nA bird.\n\n### {section}\n" for name, (section, _) in guide.items())
    return "# Birds\n\n" + "\n".join(head + topic for head, topic in zip(heads, topics, strict=True))


@given(st.lists(GUIDES, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_whatever_is_edited_no_two_notes_are_one_and_a_second_build_changes_nothing(
    revisions: list[dict[str, tuple[str, list[tuple[str, str]]]]],
) -> None:
    lock = None
    for number, guide in enumerate(revisions):
        text = written(guide)
        shipment = shipped(text, lock, LATER + number) if lock else shipped(text)
        lock = shipment.lock
        for values in ([n.guid for n in lock.notes], [n.note_id for n in lock.notes], [f.id for f in lock.facts]):
            assert len(set(values)) == len(values)
        told = [fact for note in shipment.notes for fact in note.facts]
        assert len(set(told)) == len(told)
        unwanted = {line.casefold() for _, lines in guide.values() for line, mark in lines if mark == " {no-card}"}
        wanted = {line.casefold() for _, lines in guide.values() for line, mark in lines if mark != " {no-card}"}
        assert not any(line in note.fields[0].casefold() for note in shipment.notes for line in unwanted - wanted)
        assert unchanged(lock, shipped(text, lock, LATER + 99).lock)


ROWS = "- Robin: a red breast\n- Wren: a short tail\n"
SHAPES = {
    "a number in a label": ("- Moult takes 40 days in summer {#a}", "- **Moult, 40 days**: in summer, out of sight {#a}"),
    "a closed list in a sentence": ("- **Food**: worms, berries, insects, seeds {#a}", "- Eats worms, berries, insects {#a}"),
    "a comparison under another heading": (f"### Comparison\n{ROWS}", f"### Notes\n{ROWS}"),
}  # fmt: skip


@pytest.mark.parametrize("edit", SHAPES)
def test_a_gap_that_has_shipped_stays_a_gap_when_the_line_takes_another_shape(edit: str) -> None:
    head = "# Birds\n\n## Robin\nA small bird of gardens.\n\n{}\n\n## Wren\nThe smallest bird.\n"
    old, new = (head.format(text) for text in SHAPES[edit])
    first = shipped(old)
    second = shipped(new, first.lock, LATER)
    (before,) = [note for note in first.notes if note.type == "cloze"]
    (after,) = [note for note in second.notes if note.type == "cloze"]
    assert after.guid == before.guid
    assert set(after.cards) <= set(before.cards)
    assert after.fields[0] != before.fields[0] or "Comparison" in old


TABLE = (
    "# Birds\n\n## Robin\nA small bird.\n\n| Bird | Eggs | Weight |\n| --- | --- | --- |\n| Robin | {} | {} |\n| Wren | 8 | 9 g |\n"
)


def test_cells_of_a_row_that_have_all_changed_go_on_below_their_heads() -> None:
    first = shipped(TABLE.format("6 eggs", "18 g"))
    second = shipped(TABLE.format("5 eggs", "22 g"), first.lock, LATER)
    (before,), (after,) = ([note for note in notes(one).values() if "Robin</strong>" in note.fields[0]] for one in (first, second))
    assert dict(after.gaps) == {1: "5 eggs", 2: "22 g"}
    assert (after.guid, after.cards) == (before.guid, before.cards)


def test_a_plan_says_which_card_of_a_note_has_nothing_to_ask_any_more() -> None:
    first = shipped(LISTS)
    short = shipped(LISTS.replace("worms, berries, insects, seeds", "worms, insects, seeds, buds"), first.lock, LATER)
    assert [change.dropped for change in short.changes if change.dropped] == [(2,)]


TURNS = {
    "every word that was hidden is gone": ("- Feeds its young on 140 worms a day", "- Brings its young worms all day"),
    "a hidden word is in the singular": (
        "- The young are fed by both parents, and guarded by old neighbours",
        "- Every young bird is fed by both parents, and guarded by one old neighbour",
    ),
    "a table of two columns gets a third": (
        "| Term | Meaning |\n| --- | --- |\n| Crop | keeps seeds |\n| Gizzard | grinds seeds |",
        "| Term | Meaning | Where |\n| --- | --- | --- |\n| Crop | keeps seeds | throat |\n| Gizzard | grinds seeds | belly |",
    ),
    "what a thing is becomes a line": ("## Nest\nA cup of moss near the ground.", "- A nest is a cup of moss near the ground."),
}  # fmt: skip


@pytest.mark.parametrize("edit", TURNS)
def test_a_card_goes_on_with_its_type_and_number_whatever_shape_its_fact_takes(edit: str) -> None:
    head = "# Birds\n\n## Robin\nA small bird of gardens.\n\n{}\n\n## Wren\nThe smallest bird of all.\n"
    old, new = (head.format(text) for text in TURNS[edit])
    first = shipped(old)
    second = shipped(new, first.lock, LATER)
    before, after = ({note.guid: note for note in shipment.notes} for shipment in (first, second))
    assert before.keys() <= after.keys()
    assert all(note.type == after[guid].type and set(note.cards) & set(after[guid].cards) for guid, note in before.items())


TOOLS = """# Garden tools

## Spade
A flat blade for digging deep holes in heavy soil.

### Questions
1. An apple tree is to be planted in a meadow. **Answer: Spade**

## Rake
A row of teeth that gathers leaves.

## Shears
Two blades that trim a hedge.

## Can
A vessel that pours water over seedlings.

## Sieve
A net that parts stones from compost.
"""


def choice_of(shipment: Shipment) -> Note:
    (note,) = [note for note in shipment.notes if note.type == "choice"]
    return note


def options(note: Note) -> set[str]:
    return set(re.findall(r"<li[^>]*>([^<]+)", note.fields[1]))


def test_a_choice_card_keeps_its_wrong_options_while_their_words_follow_the_guide() -> None:
    first = shipped(TOOLS)
    before = choice_of(first)
    assert len(options(before)) == 4
    more = TOOLS.replace("A row of teeth", "A long row of teeth").replace(
        "## Sieve", "## Axe\nA blade for digging up stumps.\n\n## Sieve"
    )
    assert options(choice_of(shipped(more, first.lock, LATER))) == options(before)
    reworded = TOOLS.replace("in a meadow", "in a wide meadow")
    assert options(choice_of(shipped(reworded + "\n## Axe\nA blade for stumps.\n", first.lock, LATER))) == options(before)
    wrong = min(options(before) - {"Spade"})
    gone = re.sub(rf"## {wrong}\n.*?\n\n?(?=##|\Z)", "", TOOLS, flags=re.DOTALL)
    left = choice_of(shipped(gone, first.lock, LATER))
    assert options(left) == options(before) - {wrong}
    assert left.guid == before.guid
    told = first.lock
    mended = TOOLS.replace("A row of teeth", "A broad row of teeth").replace("Two blades", "Two sharp blades")
    mended = mended.replace("A vessel", "A tin vessel").replace("A net", "A fine net")
    assert any(word in choice_of(shipped(mended, told, LATER)).fields[1] for word in ("broad", "sharp", "tin", "fine"))


def test_a_word_that_is_hidden_stays_hidden_however_many_others_use_it_later() -> None:
    text = "# Birds\n\n" + "".join(f"## {name}\n{what}\n\n" for name, what in (
        ("Mute Swan", "A white swan with an orange bill"), ("Robin", "A small bird with a red breast"),
        ("Wren", "A brown bird that holds its tail up"), ("Swift", "A black bird that sleeps in the air"),
    ))  # fmt: skip
    first = shipped(text)
    hidden = [note.fields[2] for note in first.notes if note.type == "term" and "___" in note.fields[2]]
    assert hidden == ["A white ___ with an orange bill"]
    others = (("Whooper", "whoops"), ("Bewick", "winters here"), ("Black", "is black"))
    more = text.replace("an orange bill", "an orange-red bill")
    more += "".join(f"## {name} bird\nA swan that {what}\n\n" for name, what in others)
    again = [note.fields[2] for note in shipped(more, first.lock, LATER).notes if "orange-red" in note.fields[2]]
    assert again == ["A white ___ with an orange-red bill"]


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        ("For telephone, telex and email it is of no use", "Post: For {{c1::telephone, telex and email}} it is of no use"),
        (
            "Who sends a message at once, by whatever means, is bound only when it arrives",
            "Post: Who sends a message at once, {{c1::by whatever means, is bound only when it arrives}}",
        ),
    ],
)
def test_a_gap_whose_words_have_gone_hides_part_of_the_line_and_never_all_of_it(edit: str, text: str) -> None:
    old = "# Law\n\n## Post\n\n- Silence: no acceptance\n- The rule does not apply to email, telex or telephone {#rule}\n"
    first = shipped(old)
    again = shipped(old.replace("The rule does not apply to email, telex or telephone", edit), first.lock)
    assert text in [note.fields[0] for note in again.notes]


def test_a_mark_that_moves_within_a_line_moves_the_gap_and_its_card_goes_on() -> None:
    old = "# Body\n\n## Kidney\n\n- The ==cortex== holds the glomeruli of the nephron\n- Weight: 150 g\n"
    first = shipped(old)
    again = shipped(old.replace("==cortex==", "cortex").replace("glomeruli", "==glomeruli=="), first.lock)
    (text,) = [note.fields[0] for note in again.notes if "glomeruli" in note.fields[0]]
    assert text == "Kidney: The cortex holds the {{c1::glomeruli}} of the nephron"


def test_a_link_that_was_mended_reaches_the_learner() -> None:
    old = "# Body\n\n## Kidney\n\n- Weight: 150 g, says [the manual](https://a.example/old)\n- Colour: brown\n"
    first = shipped(old)
    again = shipped(old.replace("a.example/old", "a.example/new"), first.lock)
    assert any("a.example/new" in field for note in again.notes for field in note.fields)


def test_the_number_of_a_gap_goes_to_the_nearest_one_and_not_to_the_first_that_is_near() -> None:
    old = "# Sea\n\n## Whales\n\n- Seen with ==the big blue whale== and ==a grey seal== {#w}\n- Length: 30 m\n"
    first = shipped(old)
    new = old.replace("==the big blue whale==", "==big blue whale calves==, ==the very big blue whale==")
    again = shipped(new, first.lock)
    (text,) = [note.fields[0] for note in again.notes if "Seen with" in note.fields[0]]
    assert "{{c3::big blue whale calves}}, {{c1::the very big blue whale}} and {{c2::a grey seal}}" in text


def test_cells_below_a_bold_head_keep_their_numbers() -> None:
    old = (
        "# Body\n\n## Nephron\n\n| Part | **Water** | **Salt** |\n|---|---|---|\n"
        "| Thin limb | leaves freely | stays inside |\n| Duct | as ADH wants | comes back |\n"
    )
    first = shipped(old)
    again = shipped(old.replace("leaves freely", "goes out by osmosis"), first.lock)
    (was,) = [note for note in first.notes if "Thin limb" in note.fields[0]]
    (now,) = [note for note in again.notes if "Thin limb" in note.fields[0]]
    assert now.cards == was.cards
    assert "goes out by osmosis" in now.fields[0]


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        ("10 to 14 hours at 20 °C", "{{c1::10 to 14}} hours at {{c2::20 °C::… °C}}"),
        ("12 to 16 hours at 18 °C", "{{c1::12 to 16}} hours at {{c2::18 °C::… °C}}"),
        ("9 to 10 hours at 4 °C", "{{c1::9 to 10}} hours at {{c2::4 °C::… °C}}"),
    ],
)
def test_a_number_that_changed_goes_on_where_the_words_beside_it_are_the_same(edit: str, text: str) -> None:
    old = "# Bread\n\n## Poolish\n\n- Rests 12 to 16 hours at 20 °C\n- Hydration: 100 %\n"
    again = shipped(old.replace("12 to 16 hours at 20 °C", edit), shipped(old).lock)
    assert any(text in note.fields[0] for note in again.notes)


def test_a_list_that_loses_an_item_goes_on_asking_for_the_others() -> None:
    old = "# Bread\n\n## Rye\n\n- Spices: caraway, fennel, aniseed and coriander\n- Hydration: 80 %\n"
    again = shipped(old.replace("aniseed and coriander", "coriander"), shipped(old).lock)
    (text,) = [note.fields[0] for note in again.notes if "caraway" in note.fields[0]]
    assert "{{c1::caraway" in text
    assert "{{c2::fennel" in text
    assert "{{c4::coriander" in text


@pytest.mark.parametrize(
    "text",
    [
        "### \na)",
        "# Q\n\n1. Which?\n   - A) one\n   - B) two\n\n   **Answer: D** — the last one is right\n",
    ],
)
def test_a_heading_without_words_and_an_answer_without_an_option_stop_no_build(text: str) -> None:
    assert all(note.type != "choice" for note in shipped(text).notes)


def test_a_line_that_wants_no_card_is_nobody_elses_answer_and_a_second_build_changes_nothing() -> None:
    text = "# Birds\n\n## Robin\nA small bird with a red breast that sings.\n\n### Notes\n- **Robin**: small red bird {no-card}\n"
    first = shipped(text)
    assert unchanged(first.lock, shipped(text, first.lock, LATER).lock)


def by_git(base: LockNote, ours: LockNote, theirs: LockNote) -> LockNote:
    """A note as git leaves it: of each line the one that has changed."""
    stamps = {fact: ours.stamps[fact] if ours.stamps[fact] != stamp else theirs.stamps[fact] for fact, stamp in base.stamps.items()}
    fields = tuple(one if one != was else other for was, one, other in zip(base.fields, ours.fields, theirs.fields, strict=True))
    return with_values(base, fields=fields, stamps=stamps)


def test_a_note_whose_quotations_two_branches_have_changed_follows_once_later_than_either_has_shipped_it() -> None:
    first = shipped(GUIDE)
    definition, scenario = ("red breast", "bright red breast"), ("in the middle of winter", "right in the middle of winter")
    ours = shipped(GUIDE.replace(*definition), first.lock, LATER)
    theirs = shipped(GUIDE.replace(*scenario), first.lock, LATER + 50)
    both = shipped(GUIDE.replace(*definition).replace(*scenario), ours.lock, LATER + 60)
    here, there, base = notes(ours), notes(theirs), notes(first)
    twice = [id_ for id_ in base if here[id_] != base[id_] != there[id_]]
    assert twice
    assert not any(note.merged for note in (*here.values(), *there.values(), *notes(both).values()))
    kept = {id_: here[id_] if here[id_] != base[id_] else there[id_] for id_ in base}
    lock = replace(both.lock, notes=tuple(by_git(base[i], here[i], there[i]) if i in twice else kept[i] for i in base))
    assert all(note.merged == (note.id in twice) for note in lock.notes)
    after = shipped(GUIDE.replace(*definition).replace(*scenario), lock, LATER - 1000)  # another machine's clock
    assert {change.key for change in after.changes if change.status != "kept"} == set(twice)
    for id_ in twice:
        assert notes(after)[id_].fields == notes(both)[id_].fields
        assert notes(after)[id_].shipped.time > max(here[id_].shipped.time, there[id_].shipped.time)
        assert not notes(after)[id_].merged
    again = shipped(GUIDE.replace(*definition).replace(*scenario), after.lock, LATER)
    assert {change.status for change in again.changes} == {"kept"}


def test_a_branch_that_was_built_twice_is_told_apart_from_the_other_one_too() -> None:
    first = shipped(GUIDE)
    once, twice = "bright red breast", "bright orange breast"
    ours = shipped(
        GUIDE.replace("red breast", twice), shipped(GUIDE.replace("red breast", once), first.lock, LATER).lock, LATER + 20
    )
    theirs = shipped(GUIDE.replace("in the middle of winter", "right in the middle of winter"), first.lock, LATER + 10)
    here, there, base = notes(ours), notes(theirs), notes(first)
    both = [by_git(base[id_], here[id_], there[id_]) for id_ in base if here[id_] != base[id_] != there[id_]]
    assert both
    assert all(note.merged for note in both)


def test_what_git_has_put_together_is_rendered_from_the_guide_though_that_is_one_branchs() -> None:
    first = shipped(GUIDE)
    edit = GUIDE.replace("red breast", "bright red breast")
    ours = shipped(edit, first.lock, LATER + 50)
    theirs = shipped(GUIDE.replace("in the middle of winter", "right in the middle of winter"), first.lock, LATER)
    here, there, base = notes(ours), notes(theirs), notes(first)
    merged_notes = [by_git(base[i], here[i], there[i]) if here[i] != base[i] != there[i] else here[i] for i in base]
    after = shipped(edit, replace(ours.lock, notes=tuple(merged_notes)), LATER + 60)
    assert not any("right in the middle" in " ".join(note.fields) for note in notes(after).values())


SHOP = "# Shop\n\n## Storage\n\n### Basics\n\n- **Key**: opens a door\n- **Size**: five metres\n\n### Fees\n\n- **Rent**: monthly\n"


def as_of(lock: Lock, version: str) -> Lock:
    """The lock as another version of deckpress has written it, which read its first two lines otherwise."""
    facts = tuple(with_values(fact, texts=("", " ".join(fact.texts)), section="") for fact in lock.facts)
    notes = tuple(with_values(note, inputs="other", stamps={}, shown="") for note in lock.notes)
    return replace(lock, header=with_values(lock.header, version=version), facts=facts, notes=notes)


def test_another_version_that_reads_the_same_lines_otherwise_touches_no_note() -> None:
    text = (
        "# Birds\n\n## Robin\n\n- **Food**: worms and berries\n- **Nest**: a cup of moss\n\n## Wren\n\n- **Song**: loud and long\n"
    )
    before = as_of(shipped(text).lock, "0.0.1")
    after = shipped(text, before, NOW + 60)
    assert {change.status for change in after.changes} == {"kept"}
    assert after.lock.header.version == __version__
    again = shipped(text, after.lock, NOW + 120)
    assert {change.status for change in again.changes} == {"kept"}
    edited = shipped(text.replace("moss", "moss and hair"), before, NOW + 60)
    assert edited.counts()["updated_text"] == 1
    renamed = shipped(text.replace("## Wren", "## Jenny"), after.lock, NOW + 120)
    assert renamed.counts()["moved"] == 1
    assert shipped(text.replace("## Wren", "## Jenny"), before, NOW + 60).counts()["moved"] == 1


def test_a_chapter_is_named_above_a_bare_topic_and_a_new_name_reaches_its_cards() -> None:
    text = SHOP
    first = shipped(text)
    assert any("Storage · Basics" in note.fields[0] for note in first.notes)
    renamed = shipped(text.replace("## Storage", "## Warehouse"), first.lock, NOW + 60)
    assert renamed.counts()["updated_question"] == len(first.notes)
    assert any("Warehouse · Basics" in note.fields[0] for note in renamed.notes)


def test_a_note_that_was_shipped_without_its_chapter_stays_as_it_is() -> None:
    text = SHOP
    bare = shipped(text.replace("## Storage\n\n", "")).lock  # as it was before chapters were named
    assert {change.status for change in shipped(text, bare, NOW + 60).changes} == {"kept"}
