"""A build from files to files: whole or not at all, and a function of guide and lock."""

import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from deckpress.anki import package, stamped, type_files
from deckpress.lock.text import dump, load
from deckpress.pipeline import Options, build, guides_in, understand
from deckpress.press.html import Pages
from deckpress.report import words_of
from deckpress.sheets import book

from .conftest import MARKDOWN, NOW, ROOT, guide_of, shipped
from .identity.test_identity import GUIDE

Source = Callable[..., Path]


def made(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_a_build_makes_deck_sheets_and_lock(source: Source) -> None:
    path = source(GUIDE)
    (result,) = build([path], Options())
    assert result.ready is not None
    assert set(made(path.parent.parent / "dist")) == {
        ".deckpress-files.json", "guide.apkg", "guide-changes.txt", "guide-cheatsheets.pdf", "guide-quiz.pdf",
        "guide/robin+wren.pdf",
    }  # fmt: skip
    assert (path.parent / "guide.lock.json").exists()


def test_the_same_guide_and_lock_give_equal_bytes_in_any_process_folder_zone_and_locale(tmp_path: Path) -> None:
    first = tmp_path / "first/source/aws-compute.md"
    first.parent.mkdir(parents=True)
    first.write_bytes((ROOT / "source/aws-compute.md").read_bytes())
    build([first], Options())
    lock = first.with_suffix(".lock.json")
    results = []
    program = "import sys; from deckpress.cli import main; main(['build', sys.argv[1], '--out', sys.argv[2], '-q'])"
    for number, changes in enumerate(
        ({"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}, {"PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"})
    ):
        folder = tmp_path / f"another folder {number}"
        folder.mkdir()
        guide = folder / "aws-compute.md"
        guide.write_bytes(first.read_bytes())
        (folder / lock.name).write_bytes(lock.read_bytes())
        environment = os.environ | changes | {"SOURCE_DATE_EPOCH": str(1_860_000_000 + number), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, str(guide), str(folder / "out")]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        results.append(made(folder / "out"))
        assert (folder / lock.name).read_bytes() == lock.read_bytes()
    assert results[0] == results[1]
    assert len(results[0]) == 5 + 9  # list, deck, changes, book, quiz; and the sheets


def test_nothing_changed_writes_nothing(source: Source) -> None:
    path = source(GUIDE)
    build([path], Options())
    before = {file: file.stat().st_mtime_ns for file in path.parent.parent.rglob("*") if file.is_file()}
    time.sleep(0.01)
    build([path], Options())
    assert {file: file.stat().st_mtime_ns for file in path.parent.parent.rglob("*") if file.is_file()} == before


def test_what_an_earlier_build_made_and_this_one_does_not_is_removed_and_nothing_else(source: Source) -> None:
    path = source(GUIDE)
    build([path], Options())
    out = path.parent.parent / "dist"
    (out / "guide" / "mine.pdf").write_text("mine")
    (out / "guide-notes.txt").write_text("mine")
    source(GUIDE.replace("## Wren", "## Troglodytes"))
    build([path], Options())
    assert not (out / "guide/robin+wren.pdf").exists()
    assert (out / "guide/robin+troglodytes.pdf").exists()
    assert (out / "guide/mine.pdf").exists()
    assert (out / "guide-notes.txt").exists()


def test_retired_notes_are_found_by_one_search(source: Source) -> None:
    path = source(GUIDE)
    build([path], Options())
    source(GUIDE.replace("- **Winter song**: it sings in January, when other birds are silent\n", ""))
    (result,) = build([path], Options())
    text = (path.parent.parent / "dist/guide-retired.txt").read_text("utf-8")
    assert result.ready is not None
    (retired,) = [change for change in result.ready.shipment.changes if change.status == "retired"]
    assert f'"NoteKey:{retired.key}"' in text


def test_an_error_leaves_yesterdays_files_whole(source: Source) -> None:
    path = source(GUIDE)
    build([path], Options())
    before = made(path.parent.parent)
    source(GUIDE.replace("from lawns", "from lawns {#a}").replace("near the ground", "near the ground {#a}"))
    (result,) = build([path], Options())
    assert result.ready is None
    assert [found.code for found in result.diagnostics if found.severity == "error"] == ["K001"]
    after = made(path.parent.parent)
    assert {name: data for name, data in after.items() if not name.endswith(".md")} == {
        name: data for name, data in before.items() if not name.endswith(".md")
    }


def test_a_broken_lock_stops_the_build_and_is_left_alone(source: Source) -> None:
    path = source(GUIDE)
    lock = path.with_suffix(".lock.json")
    lock.write_text("[\n<<<<<<< HEAD\n")
    (result,) = build([path], Options())
    assert (result.ready, [found.code for found in result.diagnostics]) == (None, ["S001"])
    assert lock.read_text() == "[\n<<<<<<< HEAD\n"


def test_frozen_fails_where_the_lock_would_change_and_passes_where_not(source: Source) -> None:
    path = source(GUIDE)
    assert build([path], Options(frozen=True))[0].diagnostics[-1].code == "S004"
    assert not path.with_suffix(".lock.json").exists()
    build([path], Options())
    assert build([path], Options(frozen=True))[0].ready is not None


def test_without_the_deck_no_lock_is_written(source: Source) -> None:
    path = source(GUIDE)
    build([path], Options(only=("cheatsheets",)))
    assert not path.with_suffix(".lock.json").exists()


def test_where_print_libraries_are_missing_html_is_made_and_no_stale_pdf_stays(
    source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = source(GUIDE)
    build([path], Options())
    monkeypatch.setattr("deckpress.pipeline.printing.print_libraries_missing", lambda: ["libpango-1.0.so.0"])
    (result,) = build([path], Options())
    out = path.parent.parent / "dist"
    assert result.without_print == ["libpango-1.0.so.0"]
    assert (out / "guide.apkg").exists()
    assert (out / "guide-cheatsheets.html").exists()
    assert not list(out.rglob("*.pdf"))


@pytest.mark.parametrize(("data", "code"), [(b"# Caf\xe9\n", "G002"), (None, "G001")])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, data: bytes | None, code: str) -> None:
    path = tmp_path / "g.md"
    if data:
        path.write_bytes(data)
    assert [found.code for found in build([path], Options())[0].diagnostics] == [code]


def test_two_guides_of_one_name_are_an_error(tmp_path: Path) -> None:
    paths = [tmp_path / "a/g.md", tmp_path / "b/g.md"]
    assert {found.code for result in build(paths, Options()) for found in result.diagnostics} == {"G003"}


def test_guides_of_one_folder_share_their_note_types(source: Source) -> None:
    first, second = source(GUIDE), source("# Fish\n\n## Eel\nA long fish.\n", "fish")
    one, two = build([first, second], Options())
    assert one.ready is not None
    assert two.ready is not None
    first_header, second_header = one.ready.next_lock.header, two.ready.next_lock.header
    assert (first_header.uid, first_header.family) == (second_header.uid, second_header.family)
    assert first_header.deck_id != second_header.deck_id


def test_two_publishers_who_begin_a_guide_of_one_name_in_copies_of_one_folder_never_touch_each_others_cards(
    source: Source, tmp_path: Path
) -> None:
    build([source(GUIDE)], Options(only=("deck",)))
    notes = []
    for name in ("one", "other"):
        folder = tmp_path / name
        shutil.copytree(tmp_path / "source", folder)
        (folder / "fish.md").write_text("# Fish\n\n## Eel\nAn eel is a fish that looks like a snake.\n", "utf-8")
        (made,) = build([folder / "fish.md"], Options(only=("deck",), out=tmp_path / f"{name}-dist"))
        assert made.ready is not None
        notes.append(made.ready.shipment.notes)
    assert {note.guid for note in notes[0]}.isdisjoint(note.guid for note in notes[1])
    assert notes[0][0].tags == notes[1][0].tags
    assert notes[0][0].tags[0].startswith("fish::")


def test_where_the_lock_has_no_place_the_deck_is_made_and_that_is_said(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    path = source(GUIDE)
    out = path.parent.parent / "dist"
    monkeypatch.setattr("deckpress.pipeline.has_place", lambda _: False)
    (result,) = build([path], Options(only=("deck",)))
    assert [found.code for found in result.diagnostics] == ["S006"]
    assert (out / "guide.apkg").exists()
    assert [found.name for found in path.parent.iterdir()] == ["guide.md"]


def test_where_a_lock_cannot_be_written_any_more_nothing_is_shipped(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    path = source(GUIDE)
    build([path], Options(only=("deck",)))
    before = made(path.parent.parent / "dist")
    path.write_text(GUIDE + "\n- One fact more, of another bird\n", "utf-8")
    monkeypatch.setattr("deckpress.pipeline.has_place", lambda _: False)
    (result,) = build([path], Options(only=("deck",)))
    assert [found.code for found in result.diagnostics] == ["S011"]
    assert made(path.parent.parent / "dist") == before


def test_pictures_that_are_missing_or_elsewhere_are_said_once_each(source: Source) -> None:
    path = source(GUIDE + "\n![a nest](nest.png)\n![an egg](egg.png)\n![far](https://example.org/x.png)\n![up](../up.png)\n")
    (path.parent / "egg.png").write_bytes(b"x")
    found = {each.code: each.message for each in understand(path, Options()).diagnostics}
    assert "nest.png" in found["L002"]
    assert "(and 1 more)" in found["L003"]


ASKED = "# Birds\n\n## Questions\n\n1. Which bird sings?\n   - A) Swift\n   - B) Robin\n2. Where does it build?\n"
ANSWERS = "# Answers\n\n## Other birds\n1. A\n\n## Birds\n\n1. B - all year\n2. In hedges\n"


@pytest.mark.parametrize("names", ["---\nanswers: key.md\n---\n{}", "{}\nThe [answers](key.md) are elsewhere.\n"])
def test_answers_in_a_file_that_the_guide_names_are_taken(tmp_path: Path, names: str) -> None:
    path = tmp_path / "birds.md"
    path.write_text(names.format(ASKED))
    assert [d.code for d in understand(path, Options()).diagnostics if d.code in ("L004", "Q001")] == ["L004", "Q001", "Q001"]
    (tmp_path / "key.md").write_text(ANSWERS)
    found = understand(path, Options())
    assert found.guide is not None
    assert [words_of(fact)["answer"] for fact in found.guide.facts if fact.kind != "definition"][:2] == ["Robin", "In hedges"]
    assert not [d for d in found.diagnostics if d.code in ("L004", "Q001")]


def test_answers_outside_the_guides_folder_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "key.md").write_text(ANSWERS)
    (tmp_path / "in/key.md").symlink_to(tmp_path / "key.md")
    path = tmp_path / "in/birds.md"
    path.write_text(f"---\nanswers: key.md\n---\n{ASKED}")
    assert {"L004", "Q001"} <= {d.code for d in understand(path, Options()).diagnostics}


def test_an_author_adds_words_beside_the_guide(tmp_path: Path) -> None:
    path = tmp_path / "birds.md"
    path.write_text("# Birds\n\n## Robin\nA bird.\n\n### Gizmos\n- Sings\n\n## Swift\nA bird too.\n\n### Gizmos\n- Builds\n")
    (tmp_path / "words.toml").write_text('[reading.sections]\nlimit = ["gizmos"]\n')
    found = understand(path, Options())
    assert found.guide is not None
    assert [fact.kind for fact in found.guide.facts] == ["definition", "limit", "definition", "limit"]


@pytest.mark.parametrize(
    ("own", "line", "wanted"),
    [
        ("[reading.section]\nlimit = ['x']", 1, "did you mean “sections”"),
        ("[reading.sections]\nlimits = ['x']", 2, "did you mean “limit”"),
        ("[reading]\nanswer = 'x'", 2, "takes a list of words"),
        ("[reading\n", 1, "cannot be read"),
        ("[phrases]\nwhat_is = 1", 2, "takes words in quotes"),
        ("[phrases]\nwhat_is = 'Was ist {thema}?'", 2, "has no blank {thema}; it has {topic}"),
        ("[phrases]\nwhat_is = 'Was ist {topic?'", 2, "a brace without its other half"),
    ],
)
def test_what_is_wrong_with_an_authors_words_is_said_with_its_line(tmp_path: Path, own: str, line: int, wanted: str) -> None:
    (tmp_path / "birds.md").write_text("# Birds\n\n## Robin\nA bird.\n")
    (tmp_path / "words.toml").write_text(own)
    found = [d for d in understand(tmp_path / "birds.md", Options()).diagnostics if d.code == "M005"]
    assert [(d.span.line, wanted in d.message) for d in found] == [(line, True)], found


def test_looking_at_a_guide_writes_nothing(source: Source) -> None:
    path = source(GUIDE)
    understand(path, Options())
    assert [file.name for file in path.parent.parent.rglob("*") if file.is_file()] == ["guide.md"]


def test_the_readme_of_a_folder_is_no_guide(tmp_path: Path) -> None:
    for name in ("b.md", "README.md", "a.md", "c.txt"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in guides_in(tmp_path)] == ["a.md", "b.md"]


def test_files_are_readable_by_others_as_the_users_mask_says(source: Source) -> None:
    path = source(GUIDE)
    build([path], Options(only=("deck",)))
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE((path.parent.parent / "dist/guide.apkg").stat().st_mode) == 0o666 & ~mask


@given(MARKDOWN)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_text_can_be_built_to_a_deck_and_to_pages(text: str) -> None:
    made = shipped(text)
    header = stamped(made.lock.header, type_files(), NOW)
    assert package(made.notes, header, type_files(), "", dump(made.lock))
    pages = Pages(book(guide_of(text), made.lock), None)
    assert pages.index(0)
    assert all(pages.sheet(sheet, sheet.step) for sheet in pages.book.sheets)
    assert load(dump(made.lock), "x")[1] == []
