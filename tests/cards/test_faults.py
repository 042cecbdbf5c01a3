"""No card has a fault that a program can see: nothing empty, leaked, over-long, asked twice, or in words of our own."""

from pathlib import Path

import pytest

from deckpress.pipeline import Options, understand

from ..conftest import ROOT, shared
from ..faults import faults

CASES = ROOT / "tests/cases"
OWN = [ROOT / "source/aws-compute.md", *sorted((CASES / "guides").glob("*.md")), *sorted((CASES / "revisions").glob("*.md"))]
OTHERS = (
    "notes/aws-compute-notes.md", "corpus/guides/aws-adithi-ebsefss3.md", "corpus/guides/aws-kanani-ec2storage.md",
    "corpus/guides/az-rudra-compute.md", "corpus/guides/bio-skaplan.md", "corpus/guides/aws-nishkoder-glossary.md",
)  # fmt: skip


def faults_of(path: Path, folder: Path) -> list[str]:
    copy = folder / path.name
    copy.write_bytes(path.read_bytes())
    ready = understand(copy, Options()).ready
    assert ready
    assert ready.shipment.notes
    return faults(ready.guide, ready.shipment.notes)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_no_card_of_our_guides_has_a_fault(path: Path, tmp_path: Path) -> None:
    assert faults_of(path, tmp_path) == []


@pytest.mark.shared
@pytest.mark.parametrize("name", OTHERS)
def test_no_card_of_a_guide_by_others_has_a_fault(name: str, tmp_path: Path) -> None:
    assert faults_of(shared() / name, tmp_path) == []
