"""What is promised for the user's own notes: they are read from the folder beside the clone, always on a copy."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deckpress.pipeline import Built, Options, build, understand
from deckpress.report import Report, as_json

from .conftest import ROOT, Learner, shared

pytestmark = pytest.mark.shared

FRAGMENTS = {329, 333}
QUESTIONS = {291, 292, 293}


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes")
    return Path(shutil.copy(shared() / "notes/aws-compute-notes.md", folder / "aws-compute-notes.md"))


@pytest.fixture(scope="module")
def document(notes: Path) -> dict[str, list[dict[str, object]]]:
    found = understand(notes, Options())
    assert found.ready is not None
    report = Report(found.ready.guide, found.ready.offered, found.ready.shipment.notes, found.diagnostics)
    return dict(json.loads(as_json(report)))


@pytest.fixture(scope="module")
def built(notes: Path) -> Built:
    (result,) = build([notes], Options(out=notes.parent / "dist"))
    return result


def truth() -> set[int]:
    with (shared() / "corpus/truth/aws-compute-notes.tsv").open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][2:]
    skipped = re.compile(r"dup=|not-a-card")
    return {int(row[4]) for row in rows if not skipped.search(row[5])}


def test_the_notes_have_eleven_topics_and_all_143_facts_none_twice(document: dict[str, list[dict[str, object]]]) -> None:
    assert len(document["topics"]) == 11
    lines = [fact["line"] for fact in document["facts"]]
    assert len(lines) == len(set(map(str, lines)))
    assert set(lines) == truth()
    told = {(fact["topic"], fact["label"], fact["text"], fact["question"], fact["answer"]) for fact in document["facts"]}
    assert len(told) == 143


def test_greeting_contents_and_fragments_give_nothing(document: dict[str, list[dict[str, object]]]) -> None:
    noise = {1, *range(50, 66)} | FRAGMENTS | QUESTIONS
    assert not noise & {int(str(fact["line"])) for fact in document["facts"]}
    assert not noise & {line for fact in document["facts"] for line in fact["also"]}  # type: ignore[attr-defined]


def test_the_open_questions_and_the_fragments_are_said_with_their_lines(document: dict[str, list[dict[str, object]]]) -> None:
    said = {int(str(found["line"])): found["code"] for found in document["diagnostics"] if found["severity"] == "warning"}
    assert {line for line, code in said.items() if code == "Q001"} == QUESTIONS
    assert set(said) >= FRAGMENTS


def test_every_line_of_the_notes_has_a_verdict(notes: Path, document: dict[str, list[dict[str, object]]]) -> None:
    lines = {number for number, line in enumerate(notes.read_text("utf-8").split("\n"), 1) if line.strip()}
    assert {verdict["line"] for verdict in document["verdicts"]} == lines


def test_the_notes_give_a_deck_that_anki_takes_and_each_topic_on_a_sheet(built: Built, learner: Learner) -> None:
    assert built.ready is not None
    out = built.path.parent / "dist"
    first = learner.take(out / "aws-compute-notes.apkg")
    assert first["new"] == len(built.ready.shipment.notes)
    assert first["conflicting"] == 0
    assert learner.take(out / "aws-compute-notes.apkg")["duplicate"] == first["new"]
    assert learner.col.fix_integrity()[1]
    sheets = "+".join(path.stem for path in (out / "aws-compute-notes").glob("*.pdf"))
    assert len(sheets.split("+")) == 11, sheets  # a topic each, small ones together


def test_every_line_of_every_corpus_file_has_a_verdict() -> None:
    for path in sorted((shared() / "corpus/guides").glob("*.md")):
        found = understand(path, Options())
        assert found.guide is not None
        lines = {number for number, line in enumerate(path.read_text("utf-8").split("\n"), 1) if line.strip()}
        assert {verdict.line for verdict in found.guide.verdicts} == lines, path.name


def test_the_scorer_finds_all_facts_of_the_notes_and_no_false_ones() -> None:
    command = [
        sys.executable,
        str(shared() / "tools/score.py"),
        "aws-compute-notes",
        "--each",
        "0.98",
        "--min-kind",
        "0.98",
        "--max-twice",
        "0",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_sentence_of_the_notes_stands_in_the_guide() -> None:
    guide = (ROOT / "source/aws-compute.md").read_text("utf-8")
    with (ROOT / "tests/cases/notes-to-guide.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    notes = (shared() / "notes/aws-compute-notes.md").read_text("utf-8").split("\n")
    for row in rows:
        line = notes[int(row["line in the notes"]) - 1].strip("-* 0123456789.>").replace("**", "")
        if len(line.split()) > 5:
            assert line not in guide


def test_the_corpus_is_read_as_well_as_promised() -> None:
    bars = [
        "--min-recall",
        ".97",
        "--min-precision",
        ".97",
        "--min-kind",
        ".9",
        "--min-label",
        ".85",
        "--each",
        ".95",
        "--max-twice",
        "3",
    ]
    command = [sys.executable, str(shared() / "tools/score.py"), *bars, "--all-questions"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
