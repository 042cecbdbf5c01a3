"""Revisions of guides with what became of each fact: hand-made ones in tests/cases/revisions, mechanical ones of any guide.

A hand-made one is written as the lines of the new guide, `=12-14` for lines 12 to 14 of the old one; its .tsv says for each old
fact, by line, where it stands now (`-`: nowhere).
"""

import csv
import random
import re
from dataclasses import dataclass

from deckpress.model import Guide, Point
from deckpress.reading import read

from .conftest import ROOT

FOLDER = ROOT / "tests/cases/revisions"
NAMES = ("compute", "immunology", "kidney", "psychologie", "contracts", "networking", "war", "revolucion")
# Five more whose authors had not seen how facts are told apart: harder, with many takeovers and lines worded wholly anew.
HARDER = ("antibiotics", "python", "vwl", "lungs", "kubernetes")
# Six more of that sort, heavy ones only.
HARDEST = ("rome", "chem", "bio", "pharma", "torts", "psych")
# Ten by authors who had not seen how facts are told apart, six facts in ten touched as they would: heavy ones only.
BY_OTHERS = ("weimar", "storage", "celula", "netplus", "gut", "tudor", "serverless", "anatomie", "psycho", "greece")
LEVELS = {"light": 0.08, "medium": 0.25, "heavy": 0.60}
# Words of any subject and what an author might write instead.
_SYNONYMS = {
    "uses": "works with", "fully": "entirely", "helps": "aids", "quickly": "fast", "simple": "plain", "without": "with no",
    "many": "a lot of",
    "apps": "applications", "managed": "run for you", "run": "operate", "large": "big", "needs": "requires", "store": "keep",
    "supports": "works with", "reduces": "lowers", "allows": "lets you have", "provides": "gives", "between": "among",
}  # fmt: skip


@dataclass(frozen=True)
class Revision:
    """An old and a new text, and the line of each old fact in the new one (None: gone)."""

    old: str
    new: str
    lines: dict[int, int | None]


def by_hand(name: str, level: str) -> Revision:
    """A revision that was made by hand."""
    old = (FOLDER / f"{name}.md").read_text("utf-8")
    before, now = old.split("\n"), list[str]()
    for line in (FOLDER / f"{name}-{level}.txt").read_text("utf-8").removesuffix("\n").split("\n"):
        found = re.fullmatch(r"=(\d+)(?:-(\d+))?", line)
        now += before[int(found[1]) - 1 : int(found[2] or found[1])] if found else [line]
    with (FOLDER / f"{name}-{level}.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["old_line"] != "-"]
    lines = {int(row["old_line"]): None if row["new_line"] == "-" else int(row["new_line"]) for row in rows}
    return Revision(old, "\n".join(now), lines)


def by_rule(text: str, level: str, seed: int = 1) -> Revision:
    """A mechanical revision: typos, words put otherwise, bullets moved, swapped, deleted and added, topics renamed and turned."""
    chance = random.Random(seed)
    guide = read(text, "old.md", "old")
    lines = text.split("\n")
    touchable = _single_lines(guide, lines)
    touched = chance.sample(touchable, round(LEVELS[level] * len(touchable)))
    now: list[tuple[int, str]] = list(enumerate(lines, 1))  # number in the old guide (0: new), text
    for at in touched:
        edit = chance.choice(("typo", "words", "words", "more", "move", "swap", "delete", "add"))
        _edit(now, at, edit, chance, touchable)
    place = {number: new for new, (number, _) in enumerate(now, 1) if number}
    facts = [fact.span.line for fact in guide.facts]
    return Revision(text, "\n".join(line for _, line in now), {line: place.get(line) for line in facts})


def _single_lines(guide: Guide, lines: list[str]) -> list[int]:
    """Bullets of one line that hold one fact."""
    starts = {
        fact.span.line for fact in guide.facts if isinstance(fact, Point) and fact.span.last == fact.span.line and not fact.also
    }
    return [
        line for line in sorted(starts) if re.match(r"\s*[-*+] ", lines[line - 1]) and not lines[line - 1].rstrip().endswith(":")
    ]


def _edit(now: list[tuple[int, str]], at: int, edit: str, chance: random.Random, touchable: list[int]) -> None:
    here = next((index for index, (number, _) in enumerate(now) if number == at), -1)
    if here < 0:
        return
    number, line = now[here]
    if edit == "typo" and len(line) > 20:
        spot = chance.randrange(8, len(line) - 4)
        now[here] = (number, line[:spot] + line[spot + 1] + line[spot] + line[spot + 2 :])
    elif edit == "words":
        for word, other in _SYNONYMS.items():
            line = re.sub(rf"\b{word}\b", other, line, count=1)
        now[here] = (number, line + " as well" if line == now[here][1] else line)
    elif edit == "more":
        now[here] = (number, f"{line.rstrip('.')}, as a rule")
    elif edit == "delete":
        del now[here]
    elif edit == "add":
        indent = line[: len(line) - len(line.lstrip())]
        now.insert(here + 1, (0, f"{indent}- Remark {chance.randrange(1000)} on page {chance.randrange(300)}"))
    else:
        target = chance.choice(touchable)
        there = next((index for index, (old, _) in enumerate(now) if old == target), here)
        moved = now.pop(here)
        now.insert(min(there, len(now)), moved)
