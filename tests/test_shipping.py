"""What has shipped goes out byte for byte until its own words change."""

from deckpress.lock import LockNote, Shipment
from deckpress.shipping import unchanged

from .conftest import NOW, shipped
from .test_identity import GUIDE

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
    changed = [id_ for id_ in after if after[id_] != before[id_]]
    assert all(after[id_].time == LATER and after[id_].guid == before[id_].guid for id_ in changed)
    # The definition's own note, and the scenario that quotes the definition on its back.
    assert {after[id_].rule for id_ in changed} == {"define", "scenario"}
    assert again.revision == 2


def test_a_clock_that_stands_still_never_lowers_a_time() -> None:
    first = shipped(GUIDE)
    again = shipped(GUIDE.replace("red breast", "bright red breast"), first.lock, NOW - 1000)
    assert {note.time for note in again.lock.notes} == {NOW, NOW + 1}


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


def test_what_is_unsure_ships_as_new_and_the_old_one_waits_without_being_retired() -> None:
    first = shipped(GUIDE)
    reworded = GUIDE.replace("it sings in January, when other birds are silent", "January sounds like it while other voices rest")
    again = shipped(reworded, first.lock, LATER)
    waiting = [fact for fact in again.lock.facts if fact.unsettled]
    if waiting:  # the words were near enough to ask
        assert not waiting[0].gone
        assert all(not note.gone for note in again.lock.notes if waiting[0].id in note.facts)
        assert waiting[0].id not in {fact for note in again.notes for fact in note.facts}
    assert waiting


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
