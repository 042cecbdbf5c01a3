"""Short guides in the many ways in which people write, half of them not about the cloud, with everything that is to be read in them."""

import csv
from pathlib import Path

import pytest

from deckpress.reading import read
from deckpress.report import words_of
from deckpress.words import normal

from ..conftest import ROOT

GUIDES = sorted((ROOT / "tests/cases/guides").glob("*.md"))


def truth(path: Path) -> list[dict[str, str]]:
    with path.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        next(file)
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [row for row in rows if "optional" not in row["flags"]]


def told(path: Path) -> dict[int, list[tuple[str, str]]]:
    """Kind and last words of the facts of a guide, by line."""
    found: dict[int, list[tuple[str, str]]] = {}
    for fact in read(path.read_text("utf-8"), path.name, path.stem).facts:
        words = words_of(fact)
        found.setdefault(fact.span.line, []).append((fact.kind, normal(str(words["answer"] or words["text"]))))
    return found


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_fact_of_the_guide_is_read_at_its_line(path: Path) -> None:
    found = told(path)
    missing = []
    for row in truth(path):
        wanted = normal(row["text"])
        if not any((words and words in wanted) or wanted in words for _, words in found.get(int(row["line"]), [])):
            missing.append((row["line"], row["text"]))
    assert not missing


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_nothing_else_is_taken_for_a_fact(path: Path) -> None:
    lines = {
        int(row["line"]) for row in csv.DictReader(path.with_suffix(".tsv").read_text("utf-8").split("\n")[1:], delimiter="\t")
    }
    assert set(told(path)) <= lines


def test_nine_of_ten_facts_have_the_right_kind() -> None:
    right = wrong = 0
    for path in GUIDES:
        found = told(path)
        for row in truth(path):
            kinds = {row["kind"].replace("scenario_qa", "question"), row["flags"].removeprefix("alt=")}
            if any(kind in kinds for kind, _ in found.get(int(row["line"]), [])):
                right += 1
            else:
                wrong += 1
    assert right >= 9 * wrong
    assert right > 150
