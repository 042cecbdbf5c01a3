"""The user's notes as cards made by hand with the rules: ours are made by the same rules, fact by fact."""

import csv
import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from deckpress.pipeline import Options, understand
from deckpress.report import Report, as_json

from ..conftest import shared

pytestmark = pytest.mark.shared

NONE: frozenset[str] = frozenset()


def _by_hand() -> dict[int, frozenset[str]]:
    """The rules of each fact of the hand-made deck, by its line: any cloze is a cloze, a merged card each of its facts'."""
    rules: dict[int, set[str]] = defaultdict(set)
    with (shared() / "design/gold-cards.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            lines = [int(number) for number in row["line"].split("-")]
            kind, _, of = row["note type"].partition(">")
            found = (
                {"define"} if kind == "merged" else set() if kind == "-" or of else {"cloze" if kind.startswith("cloze") else kind}
            )
            for line in range(lines[0], lines[-1] + 1):
                rules[line] |= found
    return {line: frozenset(found) for line, found in rules.items()}


def _by_rule(folder: Path) -> tuple[dict[int, frozenset[str]], dict[int, str]]:
    """The rules of each fact of ours, and the reason of those without a card, by the first line."""
    found = understand(Path(shutil.copy(shared() / "notes/aws-compute-notes.md", folder)), Options())
    assert found.ready is not None
    facts = json.loads(as_json(Report(found.ready.guide, found.ready.offered, found.ready.shipment.notes, found.diagnostics)))[
        "facts"
    ]
    rules = {fact["line"]: frozenset(note["rule"] for note in fact["notes"]) for fact in facts}
    return rules, {fact["line"]: fact["no_card"] or fact["extra_of"] for fact in facts if not fact["notes"]}


def test_the_notes_become_the_cards_that_were_made_by_hand(tmp_path: Path) -> None:
    hand = _by_hand()
    ours, reasons = _by_rule(tmp_path)
    same = [line for line, rules in hand.items() if ours.get(line, NONE) == rules]
    without = [line for line, rules in hand.items() if not rules]
    left = [line for line in without if not ours.get(line)]
    other = {line: (sorted(rules), sorted(ours.get(line, NONE))) for line, rules in hand.items() if line not in same}
    assert len(same) >= 0.85 * len(hand), other
    assert len(left) >= 0.90 * len(without), other
    assert all(reasons[line] for line in left)
