"""Cards with gaps: closed lists and numbers. Ranked after the first kinds."""

import re
from collections.abc import Iterator

from ..markup import plain, without_end_stop
from ..model import Candidate, Fact, Gap, Inline, Point, Topic, Words
from ..words import tokens
from .parts import is_named, is_open, rule
from .subject import Subject, common_list, items_of, said


@rule
def cloze_list(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A closed list of four to six short items under a label: one gap an item, with its first letter as a hint."""
    items = items_of(fact.text, subject.stop) if isinstance(fact, Point) and fact.label else []
    if not isinstance(fact, Point) or len(items) < 2:
        return
    refused = "" if is_named(fact) else "its label is that of the whole section"
    if is_open(fact, subject):
        refused = "the list is open"
    elif not 4 <= len(items) <= 6 or any(len(tokens(item)) > 3 for item in items):
        refused = "no list of four to six short items"
    elif common_list(items, subject):
        refused = "its list is told of several topics"
    parts: list[Inline | Gap] = [Words(f"{topic.name} — "), *fact.label, Words(": ")]
    for index, item in enumerate(items):
        parts += [Words(", ")] if index else []
        parts.append(Gap(said(item), hint=f"{item[0]}…"))
    yield Candidate(
        rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=tuple(parts),
        refused=refused,
    )  # fmt: skip


@rule
def number(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """A number with its unit, in a short statement: one gap."""
    if not isinstance(fact, Point):
        return
    told = plain(without_end_stop(fact.text))
    found = list(
        re.finditer(
            r"(?<![\w.])[<>≤≥~$€£]?\s?\d[\d.,]*(?:\s?(?:%|ms|s|min(?:utes)?|hours?|days?|years?|[KMGTP]i?B|GHz|kg|g|mg|ml|km|m|°C))(?!\w)",
            told,
        )
    )
    if not found:
        return
    # A second number beside it would leave open which one is asked for.
    single = len(found) == 1 and len(re.findall(r"\d+(?:[.,]\d+)*", told)) == 1 and len(tokens(told)) <= 16
    at = found[0]
    parts = (
        Words(f"{topic.name} — "),
        *(fact.label and (*fact.label, Words(": "))),
        Words(told[: at.start()]),
        Gap(said(at[0])),
        Words(told[at.end() :]),
    )
    kept = tuple(part for part in parts if not isinstance(part, Words) or part.text)
    yield Candidate(
        rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=kept,
        refused="" if single else "no single number in a short statement",
    )  # fmt: skip
