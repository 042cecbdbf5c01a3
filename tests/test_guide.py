"""The guide that comes with the project says what the notes said, and says it right."""

import csv

import pytest

from deckpress.pipeline import Options, understand
from deckpress.report import words_of

from .conftest import ROOT

GUIDE = ROOT / "source/aws-compute.md"
TABLE = ROOT / "tests/cases/notes-to-guide.tsv"
SERVICES = [
    "AWS Batch", "Amazon EC2", "AWS Elastic Beanstalk", "AWS Local Zones", "AWS Wavelength", "AWS Outposts", "Amazon Lightsail",
    "AWS Fargate", "Amazon EKS", "Amazon ECS", "Amazon ECR", "AWS Lambda",
]  # fmt: skip


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def under_headings() -> dict[str, str]:
    """The text below each heading, as `topic > section`, without emphasis."""
    found: dict[str, str] = {}
    topic = place = ""
    for line in GUIDE.read_text("utf-8").split("\n"):
        if line.startswith("## "):
            topic = place = line[3:]
        elif line.startswith("### "):
            place = f"{topic} > {line[4:]}"
        else:
            found[place] = found.get(place, "") + line.replace("**", "") + "\n"
    return found


def test_the_table_has_a_row_for_each_of_the_143_facts() -> None:
    lines = [int(row["line in the notes"]) for row in rows()]
    assert len(lines) == len(set(lines)) == 143
    assert lines == sorted(lines)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["line in the notes"])
def test_a_fact_of_the_notes_stands_in_the_guide(row: dict[str, str]) -> None:
    assert len(row["words that carry it"]) > 5
    assert row["words that carry it"] in under_headings()[row["heading in the guide"]]


def test_it_builds_without_a_warning_and_has_the_twelve_services() -> None:
    found = understand(GUIDE, Options())
    assert [d for d in found.diagnostics if d.severity != "info"] == []
    assert found.guide is not None
    assert [topic.name for topic in found.guide.topics] == SERVICES


def test_every_line_that_could_be_a_fact_is_one() -> None:
    found = understand(GUIDE, Options())
    assert found.guide is not None
    assert {verdict.verdict for verdict in found.guide.verdicts} == {"fact", "structure"}
    told = {fact.span.line for fact in found.guide.facts}
    lines = enumerate(GUIDE.read_text("utf-8").split("\n"), 1)
    bullets = {number for number, line in lines if line.startswith("- ") or line[:1].isdigit()}
    assert bullets <= told
    assert all(any(words_of(fact).values()) for fact in found.guide.facts)


def test_corrections_are_listed_with_their_source() -> None:
    readme = (ROOT / "source/README.md").read_text("utf-8")
    for row in rows():
        if row["correction"]:
            assert f"| {row['line in the notes']} |" in readme, row["line in the notes"]
    assert readme.count("https://") >= 10
