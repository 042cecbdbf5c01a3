"""What an author does to a lock beside building: settle what is unsure, get a lost one back, be told that one is lost."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from deckpress.cli import main
from deckpress.pipeline import Built, Options, accept, build, guide_of, recover, understand
from deckpress.report import Plan, changes_text, marked_words, plan_json, plan_text

from .conftest import ROOT
from .identity.test_identity import GUIDE
from .test_shipping import TWO, UNSURE

Source = Callable[..., Path]
DECK = Options(only=("deck",))


def built(path: Path, text: str | None = None) -> Built:
    if text is not None:
        path.write_text(text, "utf-8")
    (result,) = build([path], DECK)
    return result


def planned(path: Path) -> Plan:
    found = understand(path, DECK)
    assert found.ready
    lines = {fact.id: fact.span.line for fact in found.ready.guide.facts}
    return Plan(path.name, found.ready.shipment, found.ready.lock, found.ready.unsure, lines)


def test_plan_shows_both_texts_with_their_words_marked_and_how_to_settle_it(source: Source) -> None:
    path = source(TWO)
    built(path)
    path.write_text(UNSURE, "utf-8")
    told = plan_text(planned(path))
    assert "? is this the same fact?" in told
    assert "[-11-]" in told or "[-12-]" in told
    assert "{+13+}" in told
    assert "accept guide.md" in told


def test_plan_marks_the_words_of_an_edit(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    path.write_text(GUIDE.replace("The smallest bird", "The tiniest bird"), "utf-8")
    assert marked_words("the smallest bird", "the tiniest bird") == "the [-smallest-] {+tiniest+} bird"
    document = json.loads(plan_json(planned(path)))
    assert document["counts"]["updated_text"] + document["counts"]["updated_question"] >= 1
    assert sum(document["counts"].values()) - document["counts"]["unsure"] == len(document["notes"])


def test_plan_shows_what_a_card_says_now_where_its_question_stays_and_where_it_moved(source: Source) -> None:
    old = "# Birds\n\n## Robin\n\n- **Nest**: a cup of moss, of leaves a lot of hairs near the ground\n- **Song**: all winter\n"
    path = source(old)
    built(path)
    path.write_text(old.replace("the ground", "the soil"), "utf-8")
    told = plan_text(planned(path))
    assert "~ updated text" in told
    assert "(line 5)" in told
    assert "near the [-ground-] {+soil+}" in told
    path.write_text(old.replace("the ground", "the soil").replace("## Robin", "## Redbreast"), "utf-8")
    told = plan_text(planned(path))
    assert "> moved" in told
    assert "[-ground-] {+soil+}" in told


def unsure_pair(path: Path) -> tuple[str, str]:
    found = planned(path).unsure[0]
    return found.old, found.new


def test_accepted_as_the_same_the_old_fact_lives_on_with_its_guid(source: Source) -> None:
    path = source(TWO)
    first = built(path)
    path.write_text(UNSURE, "utf-8")
    old, new = unsure_pair(path)
    done = accept(path, [f"{old}={new}"])
    assert done.diagnostics == []
    assert first.ready
    assert {found.old for found in planned(path).unsure}.isdisjoint({old})
    second = built(path)
    assert second.ready
    assert old in {fact.id for fact in second.ready.guide.facts}
    assert second.ready.next_lock.decisions == ()


def test_accepted_after_it_has_shipped_as_new_the_interim_note_is_retired(source: Source) -> None:
    path = source(TWO)
    built(path)
    between = built(path, UNSURE)
    assert between.ready
    old, new = between.ready.unsure[0].old, between.ready.unsure[0].new
    assert accept(path, [f"{old}={new}"]).diagnostics == []
    after = built(path)
    assert after.ready
    facts = {fact.id: fact for fact in after.ready.next_lock.facts}
    assert not facts[old].gone
    assert facts[new].gone


def test_accepted_as_new_the_old_one_is_retired(source: Source) -> None:
    path = source(TWO)
    built(path)
    built(path, UNSURE)
    accept(path, [], every="new")
    after = built(path)
    assert after.ready
    assert after.ready.unsure == ()
    assert any(fact.gone for fact in after.ready.next_lock.facts)


def test_a_decision_can_be_taken_back_before_the_next_build(source: Source) -> None:
    path = source(TWO)
    built(path)
    path.write_text(UNSURE, "utf-8")
    before = path.with_suffix(".lock.json").read_bytes()
    accept(path, [], every="same")
    assert path.with_suffix(".lock.json").read_bytes() != before
    accept(path, [], undo=True)
    assert path.with_suffix(".lock.json").read_bytes() == before


@pytest.mark.parametrize("pair", ["nonsense", "=", "0123456789ab=", "=0123456789ab"])
def test_ids_that_plan_does_not_print_are_refused_and_nothing_is_written(source: Source, pair: str) -> None:
    path = source(TWO)
    built(path)
    before = path.with_suffix(".lock.json").read_bytes()
    assert [found.code for found in accept(path, [pair]).diagnostics] == ["S009"]
    assert path.with_suffix(".lock.json").read_bytes() == before


def test_a_lost_lock_comes_back_out_of_the_deck_and_the_next_build_changes_nothing(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    lock, deck = path.with_suffix(".lock.json"), path.parent.parent / "dist/guide.apkg"
    kept, package = lock.read_bytes(), deck.read_bytes()
    lock.unlink()
    assert guide_of(deck, path.parent) == path
    assert recover(deck, path).written == lock
    assert lock.read_bytes() == kept
    built(path)
    assert (lock.read_bytes(), deck.read_bytes()) == (kept, package)


def test_recover_never_writes_over_a_lock_and_says_what_a_foreign_package_lacks(source: Source, tmp_path: Path) -> None:
    path = source(GUIDE)
    built(path)
    deck = path.parent.parent / "dist/guide.apkg"
    assert [found.code for found in recover(deck, path).diagnostics] == ["S010"]
    foreign, broken = tmp_path / "foreign.apkg", tmp_path / "broken.apkg"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("collection.anki2", b"")
    broken.write_bytes(b"no zip")
    for strange in (foreign, broken, tmp_path / "missing.apkg"):
        done = recover(strange, path.with_name("other.md"))
        assert [found.code for found in done.diagnostics] == ["S010"]
        assert done.written is None


def test_a_build_stops_where_a_deck_was_built_before_and_its_lock_is_gone(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    path.with_suffix(".lock.json").unlink()
    stopped = built(path)
    assert stopped.ready is None
    assert [found.code for found in stopped.diagnostics if found.code == "S008"] == ["S008"]
    assert "recover" in stopped.diagnostics[0].hint
    assert not path.with_suffix(".lock.json").exists()


def test_plan_tells_of_a_lost_lock_instead_of_calling_everything_new(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    path.with_suffix(".lock.json").unlink()
    told = CliRunner().invoke(main, ["plan", str(path)])
    assert told.exit_code == 1
    assert "S008" in told.stderr
    assert told.stdout == ""


def test_another_guide_of_the_same_name_is_not_taken_for_one_that_lost_its_lock(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    path.with_suffix(".lock.json").unlink()
    path.write_text("# Stars\n\n## Vega\nA bright star.\n\n- Stands high in summer\n", "utf-8")
    assert built(path).ready


def test_a_build_stops_where_version_control_has_a_lock_that_is_not_here(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    git = ["git", "-C", str(path.parent), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    path.with_suffix(".lock.json").unlink()
    shutil.rmtree(path.parent.parent / "dist")
    assert [found.code for found in built(path).diagnostics if found.code == "S008"] == ["S008"]


def test_a_renamed_guide_is_told_how_to_keep_its_lock_and_then_changes_no_note(source: Source) -> None:
    path = source(GUIDE)
    first = built(path)
    other = path.with_name("birds.md")
    path.rename(other)
    stopped = built(other)
    assert "rename guide.lock.json to birds.lock.json" in stopped.diagnostics[0].hint
    path.with_suffix(".lock.json").rename(other.with_suffix(".lock.json"))
    again = built(other)
    assert first.ready
    assert again.ready
    assert again.ready.shipment.notes == first.ready.shipment.notes


def test_changes_are_told_from_the_lock_alone_and_stay_when_nothing_changes(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    place = path.parent.parent / "dist/guide-changes.txt"
    assert "every card and every sheet is new" in place.read_text("utf-8")
    edit = GUIDE.replace("The smallest bird", "The tiniest bird") + "\n- It weighs nine grams at most\n"
    result = built(path, edit)
    told = place.read_text("utf-8")
    assert "revision 2" in told
    assert "new: 1" in told
    assert "changed: 1" in told
    assert "Sheets to print again: 1 (Robin · Wren)" in told
    built(path)
    assert place.read_text("utf-8") == told
    assert result.ready
    assert changes_text(result.ready.guide, result.ready.next_lock, ((1, "Robin · Wren"),)) == told


def test_the_last_decision_on_a_fact_counts_and_the_lock_stays_sound(source: Source) -> None:
    path = source(TWO)
    built(path)
    built(path, UNSURE)
    plan = planned(path)
    old, new = plan.unsure[0].old, plan.unsure[0].new
    other = next(fact.id for fact in plan.shipment.lock.facts if fact.id not in (old, new) and not fact.gone)
    accept(path, [f"{old}={other}"])
    done = accept(path, [f"{old}={new}"])
    assert [decision.id for decision in done.decisions] == [f"decision {old}={new}"]
    accept(path, [f"{old}="])
    for _ in range(2):
        assert built(path).ready
    after = planned(path).shipment.lock
    assert next(fact for fact in after.facts if fact.id == old).gone


def test_a_new_guide_with_the_name_of_a_renamed_one_has_its_own_cards_and_deck(source: Source) -> None:
    path = source(GUIDE)
    first = built(path)
    path.rename(path.with_name("older.md"))
    path.with_suffix(".lock.json").rename(path.with_name("older.lock.json"))
    shutil.rmtree(path.parent.parent / "dist")
    second = built(path, GUIDE)
    assert first.ready
    assert second.ready
    assert second.ready.next_lock.header.deck_id != first.ready.next_lock.header.deck_id
    assert not {n.guid for n in first.ready.shipment.notes} & {n.guid for n in second.ready.shipment.notes}


def test_sheets_alone_leave_the_deck_of_an_earlier_build(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    build([path], Options(only=("cheatsheets",)))
    assert (path.parent.parent / "dist/guide.apkg").exists()


def test_explain_tells_of_a_broken_lock_without_a_traceback(source: Source) -> None:
    path = source(GUIDE)
    built(path)
    path.with_suffix(".lock.json").write_text("[\n<<<<<<< HEAD\n", "utf-8")
    told = CliRunner().invoke(main, ["explain", f"{path}:3"])
    assert told.exit_code == 1
    assert "S001" in told.stderr
    assert "S008" not in told.stderr


def test_a_line_rewritten_from_scratch_can_be_joined_with_the_ids_that_plan_shows(source: Source) -> None:
    guide = "# Birds\n\n## Robin\nA robin is a small bird.\n\n- **Song**: all year\n- **Nest**: a cup of moss\n"
    path = source(guide)
    built(path)
    source(guide.replace("**Nest**: a cup of moss", "**Home**: dry leaves in a hedge"))
    told = plan_text(planned(path)).splitlines()
    (old,) = [line.split()[2].rstrip(":") for line in told if line.startswith("  - retired")]
    (new,) = [line.split()[2].rstrip(":") for line in told if line.startswith("  + new")]
    assert accept(path, [f"{old}={new}"]).decisions
    counts = planned(path).shipment.counts()
    assert (counts.get("new", 0), counts.get("retired", 0), counts["updated_question"]) == (0, 0, 1)


@pytest.mark.parametrize("text", ["", "# Birds\n"])
def test_a_guide_that_was_emptied_retires_nothing_and_writes_nothing(source: Source, text: str) -> None:
    path = source(GUIDE)
    built(path)
    lock, deck = path.with_suffix(".lock.json").read_bytes(), (path.parent.parent / "dist/guide.apkg").read_bytes()
    path.write_text(text, "utf-8")
    stopped = built(path)
    assert "S012" in [found.code for found in stopped.diagnostics]
    assert (path.with_suffix(".lock.json").read_bytes(), (path.parent.parent / "dist/guide.apkg").read_bytes()) == (lock, deck)


def test_the_lock_of_the_guide_that_comes_along_is_what_a_build_would_write(tmp_path: Path) -> None:
    for name in ("aws-compute.md", "aws-compute.lock.json"):
        shutil.copy(ROOT / "source" / name, tmp_path)
    (result,) = build([tmp_path / "aws-compute.md"], Options(out=tmp_path / "dist", only=("deck",), frozen=True))
    assert [found.code for found in result.diagnostics if found.code == "S004"] == []
