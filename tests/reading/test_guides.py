"""Short guides in the many ways people write, half of them not about the cloud, with all that is to be read in them."""

import csv
import re
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
        for told in (words["answer"] or words["text"], f"{words['label']} {words['text']}"):
            found.setdefault(fact.span.line, []).append((fact.kind, normal(str(told))))
    return found


def near(found: dict[int, list[tuple[str, str]]], row: dict[str, str]) -> list[tuple[str, str]]:
    """The facts at a row's line, or at the ones beside it: a question may be placed at its label."""
    line = int(row["line"])
    return [fact for at in range(line - 2, line + 3) for fact in found.get(at, [])]


def wanted(row: dict[str, str]) -> str:
    """A row's words without the letters of its options."""
    return normal(re.sub(r"(^|; )[A-Ha-h][.)] ", r"\1", row["text"]))


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_every_fact_of_the_guide_is_read_at_its_line(path: Path) -> None:
    found = told(path)
    missing = [row["text"] for row in truth(path) if wanted(row) not in {words for _, words in near(found, row)}]
    assert len(missing) <= 0.03 * len(truth(path)), missing


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_nothing_else_is_taken_for_a_fact(path: Path) -> None:
    with path.with_suffix(".tsv").open(encoding="utf-8", newline="") as file:
        next(file)
        lines = {int(row["line"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    assert all(any(abs(line - known) <= 2 for known in lines) for line in told(path))


def test_nine_of_ten_facts_have_the_right_kind() -> None:
    right = wrong = 0
    for path in GUIDES:
        found = told(path)
        for row in truth(path):
            kinds = {row["kind"].replace("scenario_qa", "question"), row["flags"].removeprefix("alt=")}
            if any(kind in kinds for kind, words in near(found, row) if words == wanted(row)):
                right += 1
            else:
                wrong += 1
    assert right >= 9 * wrong
    assert right > 150
