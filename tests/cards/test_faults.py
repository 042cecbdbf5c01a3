"""No card has a fault that a program can see: nothing empty, leaked, over-long, asked twice, or in words of our own."""

import csv
from pathlib import Path

import pytest

from deckpress.model import MultipleChoice, Question
from deckpress.pipeline import Options, understand

from ..conftest import ROOT, shared
from ..faults import faults

CASES = ROOT / "tests/cases"
OWN = [ROOT / "source/aws-compute.md", *sorted((CASES / "guides").glob("*.md")), *sorted((CASES / "revisions").glob("*.md"))]
OTHERS = (
    "notes/aws-compute-notes.md", "corpus/guides/aws-adithi-ebsefss3.md", "corpus/guides/aws-kanani-ec2storage.md",
    "corpus/guides/az-rudra-compute.md", "corpus/guides/bio-skaplan.md", "corpus/guides/aws-nishkoder-glossary.md",
)  # fmt: skip


def _copied(path: Path, folder: Path) -> Path:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    return copy


def faults_of(path: Path, folder: Path) -> list[str]:
    ready = understand(_copied(path, folder), Options()).ready
    assert ready
    assert ready.shipment.notes
    carded = {fact for note in ready.shipment.notes for fact in note.facts}
    lost = [f"{cards.fact} stands on no card" for cards in ready.offered if cards.extra_of and cards.extra_of not in carded]
    return faults(ready.guide, ready.shipment.notes) + lost


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_no_card_of_our_guides_has_a_fault(path: Path, tmp_path: Path) -> None:
    assert faults_of(path, tmp_path) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", OTHERS)
def test_no_card_of_a_guide_by_others_has_a_fault(name: str, tmp_path: Path) -> None:
    assert faults_of(shared() / name, tmp_path) == []


@pytest.mark.shared
def test_every_question_of_a_quiz_by_others_becomes_a_card_that_can_be_answered(tmp_path: Path) -> None:
    with (shared() / "corpus/truth/question-counts.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t") if row and not row[0].startswith("#")][1:]
    assert len(rows) >= 3
    for name, count, *_ in rows:
        ready = understand(_copied(shared() / f"corpus/guides/{name}.md", tmp_path), Options()).ready
        assert ready
        asked = [fact for fact in ready.guide.facts if isinstance(fact, MultipleChoice | Question)]
        held = {fact for note in ready.shipment.notes if note.type in ("choice", "ask") for fact in note.facts}
        assert len([fact for fact in asked if fact.id in held]) >= int(count), name
        for note in ready.shipment.notes:
            if note.type == "choice":
                options = note.fields[1]
                assert 0 < options.count("data-right") < options.count("<li")
