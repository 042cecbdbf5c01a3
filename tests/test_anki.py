"""The package, as the real Anki takes it."""

import re
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from deckpress.anki import LOCK_MEMBER, BadNoteError, package, stamped, type_files
from deckpress.lock.text import dump
from deckpress.pipeline import Options, build

from .conftest import NOW, ROOT, Learner, shipped
from .identity.test_identity import GUIDE


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The deck of the guide that comes with the project, built into a folder of its own."""
    folder = tmp_path_factory.mktemp("deck")
    source = folder / "aws-compute.md"
    source.write_bytes((ROOT / "source/aws-compute.md").read_bytes())
    (result,) = build([source], Options(out=folder / "dist", only=("deck",)))
    assert result.ready
    return folder / "dist/aws-compute.apkg"


def test_it_imports_without_a_conflict_and_the_same_import_again_changes_nothing(deck: Path, learner: Learner) -> None:
    first, again = learner.take(deck), learner.take(deck)
    assert first["new"] > 100
    assert first["updated"] == first["conflicting"] == first["duplicate"] == 0
    assert again == {"new": 0, "updated": 0, "duplicate": first["new"], "conflicting": 0}


def test_the_database_is_clean_after_the_import(deck: Path, learner: Learner) -> None:
    learner.take(deck)
    before = learner.col.card_count()
    problems, ok = learner.col.fix_integrity()
    assert ok
    assert learner.col.card_count() == before
    assert "\n" not in problems.strip(), problems


def test_every_card_has_a_front_and_a_back_none_of_them_empty(deck: Path, learner: Learner) -> None:
    from anki.template import TemplateRenderContext

    learner.take(deck)
    assert not list(learner.col.get_empty_cards().notes)
    for card_id in learner.col.find_cards(""):
        card = learner.col.get_card(card_id)
        shown = TemplateRenderContext.from_existing_card(card, browser=False).render()
        front, back = (re.sub(r"<[^>]*>", "", text) for text in (shown.question_text, shown.answer_text))
        breadcrumb = card.note()["Guide"]
        assert len(front.replace(breadcrumb, "").strip()) > 5
        assert len(back.strip()) > len(breadcrumb)
        assert "{{" not in front + back


def test_it_makes_exactly_the_cards_that_were_promised_definitions_first_and_choices_last(deck: Path, learner: Learner) -> None:
    learner.take(deck)
    with zipfile.ZipFile(deck) as archive, closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(archive.read("collection.anki2"))
        promised = database.execute("select count(*) from cards").fetchone()[0]
        rows = database.execute("select n.tags from cards c join notes n on n.id = c.nid order by due").fetchall()
        kinds = [tags.split("::kind::")[1].split()[0] for (tags,) in rows]
    assert learner.col.card_count() == promised
    assert set(kinds[:12]) == {"define"}
    assert "choice" not in kinds[: kinds.index("choice")] + [kind for kind in kinds[kinds.index("choice") :] if kind != "choice"]
    assert kinds.index("choice") > kinds.index("scenario") + 20


def test_one_deck_four_note_types_and_tags_in_levels(deck: Path, learner: Learner) -> None:
    learner.take(deck)
    decks = {found.name for found in learner.col.decks.all_names_and_ids()} - {"Default"}
    assert decks == {"AWS compute services for the CLF-C02 exam"}
    assert all(tag.startswith("aws-compute::") for tag in learner.col.tags.all())
    assert "aws-compute::aws-batch" in learner.col.tags.all()


def test_an_edit_arrives_and_untouched_notes_are_not_written(learner: Learner, tmp_path: Path) -> None:
    source = tmp_path / "guide.md"
    out = Options(out=tmp_path / "dist", only=("deck",))
    source.write_text(GUIDE, "utf-8")
    build([source], out)
    learner.take(tmp_path / "dist/guide.apkg")
    before = {guid: (note.fields, note.mod) for guid, note in learner.notes().items()}
    source.write_text(GUIDE.replace("when other birds are silent", "when all other birds are silent"), "utf-8")
    build([source], out)
    log = learner.take(tmp_path / "dist/guide.apkg")
    after = {guid: (note.fields, note.mod) for guid, note in learner.notes().items()}
    changed = {guid for guid in after if after[guid] != before.get(guid)}
    assert (log["updated"], log["new"], log["conflicting"]) == (1, 0, 0)
    assert len(changed) == 1
    assert before.keys() == after.keys()


def test_the_lock_travels_inside_the_package(deck: Path) -> None:
    with zipfile.ZipFile(deck) as archive:
        carried = archive.read(LOCK_MEMBER).decode()
    assert carried == (deck.parent.parent / "aws-compute.lock.json").read_text("utf-8")


def test_a_note_that_anki_would_lose_is_refused() -> None:
    from dataclasses import replace

    shipment = shipped(GUIDE)
    files = type_files()
    header = stamped(shipment.lock.header, files, NOW)
    first = shipment.notes[0]
    for bad in (replace(first, note_id=0), replace(first, fields=("", *first.fields[1:])), replace(first, cards=())):
        with pytest.raises(BadNoteError):
            package([bad], header, files, "", dump(shipment.lock))
    with pytest.raises(BadNoteError):
        package([first, first], header, files, "", dump(shipment.lock))


def test_a_new_look_gives_the_note_type_a_new_time_and_nothing_else_does() -> None:
    from dataclasses import replace

    files = type_files()
    header = stamped(shipped(GUIDE).lock.header, files, NOW)
    assert stamped(header, files, NOW + 9) == header
    restyled = stamped(header, files | {"ask": replace(files["ask"], style="b { }")}, NOW + 9)
    assert [name for name in header.types if restyled.types[name] != header.types[name]] == ["ask"]
    assert restyled.types["ask"].time == NOW + 9


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)
SHOWN = """---
speech: yes
---
# Birds

## Robin
A small bird with a red breast.

![](robin.png)
*A robin on a spade, in winter*

![](../outside.png)
*A bird that is not in the folder*
"""


def test_a_picture_travels_with_its_card_and_a_new_picture_arrives(learner: Learner, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(PICTURE)
    (folder / "robin.png").write_bytes(PICTURE)
    (folder / "birds.md").write_text(SHOWN, "utf-8")
    options = Options(out=tmp_path / "dist", only=("deck",))
    build([folder / "birds.md"], options)
    first = (tmp_path / "dist/birds.apkg").read_bytes()
    learner.take(tmp_path / "dist/birds.apkg")
    (name,) = [file.name for file in Path(learner.col.media.dir()).iterdir()]
    assert name.startswith("robin-")
    (note,) = [note for note in learner.notes().values() if f'<img src="{name}"' in note.fields[0]]
    assert note.fields[1] == "A robin on a spade, in winter"
    assert not [note for note in learner.notes().values() if "outside" in "".join(note.fields)]
    build([folder / "birds.md"], options)
    assert (tmp_path / "dist/birds.apkg").read_bytes() == first
    (folder / "robin.png").write_bytes(PICTURE + b"\0")
    build([folder / "birds.md"], options)
    assert learner.take(tmp_path / "dist/birds.apkg")["updated"] == 1
    assert len(list(Path(learner.col.media.dir()).iterdir())) == 2


def test_cards_are_read_aloud_in_the_guides_language_where_it_asks_for_that(learner: Learner, tmp_path: Path) -> None:
    options = Options(out=tmp_path / "dist", only=("deck",))
    for text, voices in ((SHOWN, {"en_US"}), (SHOWN.replace("speech: yes", "language: en"), set())):
        (tmp_path / "birds.md").write_text(text, "utf-8")
        build([tmp_path / "birds.md"], replace(options, refresh=True))
        learner.take(tmp_path / "dist/birds.apkg")
        cards = [learner.col.get_card(card) for card in learner.col.find_cards("")]
        tags = [tag for card in cards for tag in (*card.question_av_tags(), *card.answer_av_tags())]
        assert {tag.lang for tag in tags} == voices
        assert all(tag.field_text.strip() for tag in tags)
