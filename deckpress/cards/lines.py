"""Cards of plain lines: short lists, terms, bullets of a section together, which topic a line is about, rows. Ranked last."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..markup import fits_beside, plain, side_by_side, without_end_stop
from ..model import Candidate, Definition, Fact, Point, Row, Section, Text, Topic, Words
from ..words import normal, tokens
from .parts import asking, is_named, is_open, masked, rule, which_topic
from .subject import Subject, common_list, items_of, said

_BRACKET = re.compile(r"\([^()]*\)")


@rule
def which(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A labelled list of two or three."""
    if not isinstance(fact, Point) or not is_named(fact) or is_open(fact, subject):
        return
    items = items_of(fact.text, subject.stop)
    short = all(len(tokens(_BRACKET.sub("", item))) <= 4 for item in items) and not plain(fact.text).endswith(".")
    if 2 <= len(items) <= 3 and short and "," in plain(fact.text) and not common_list(items, subject):
        asked = subject.words.phrase("which_n", topic=topic.name, label=plain(fact.label), n=len(items))
        yield asking("list", fact, topic, said(asked), without_end_stop(fact.text))


@rule
def label(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What a term of the guide means; not for labels that only name an attribute."""
    named = fact.label if isinstance(fact, Point) else fact.term if isinstance(fact, Definition) else ()
    if not isinstance(fact, Point | Definition) or not named:
        return
    fits = isinstance(fact, Point) and is_named(fact) and fact.kind not in ("code", "step", "date", "pair")
    asked = subject.words.phrase("means", topic=topic.name, label=plain(named))
    made = asking("label", fact, topic, said(asked), without_end_stop(fact.text))
    yield made if fits and _is_term(named, topic, subject) else replace(made, refused="its label is no term")


def _is_term(label: Text, topic: Topic, subject: Subject) -> bool:
    """Two words or more that name a thing: no attribute, none that several topics share, no relation such as "Works with"."""
    told = tokens(plain(label))
    ends = {told[0], told[-1]} if told else set()
    attribute = subject.words.listed("words", "attribute")
    if (len(told) < 2 and not plain(label).isupper()) or ends & (subject.stop | attribute):
        return False
    return subject.labels.get(normal(plain(label)), 0) <= 1 and not (subject.names_topic(label, topic) and len(told) <= 2)


@rule
def merged(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The bullets of a "use cases" or "when to use" section together: one question, the answer is the topic."""
    if fact.kind not in ("use_case", "when_to_use") or not isinstance(fact, Point) or fact.label or "no-card" in fact.marks:
        return
    section = next(section for section in topic.sections if fact in section.facts)
    groups = _groups(section, fact.kind)
    mates = next((group for group in groups if fact in group), [])
    parts = tuple(
        (mate.id, masked(without_end_stop(mate.text), subject.names(topic), subject.own_words(topic), subject))
        for group in groups
        for mate in group
    )
    phrase = "which_used_for" if fact.kind == "use_case" else "which_choose"
    made = which_topic(mates[0], topic, (), phrase, subject, tuple(mate.id for mate in mates))
    yield replace(made, parts=parts, prompt=side_by_side(parts, made.facts))


def _groups(section: Section, kind: str) -> list[list[Point]]:
    """The unlabelled bullets of a section in groups that fit a phone: at most six, at most 170 characters."""
    groups: list[list[Point]] = []
    for fact in section.facts:
        if isinstance(fact, Point) and not fact.label and fact.kind == kind and "no-card" not in fact.marks:
            room = bool(groups) and fits_beside([mate.text for mate in groups[-1]], fact.text)
            groups.append([fact]) if not room else groups[-1].append(fact)
    return groups


@rule
def identify(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """Which topic a statement is about, where its words can only mean one."""
    if not isinstance(fact, Point):
        return
    fits = fact.kind not in ("comparison", "code", "step", "date", "pair") and len(subject.topics) >= 3
    told = without_end_stop(fact.text)
    if is_named(fact):
        told = (*fact.label, Words(": "), *told)
    text = masked(told, subject.names(topic), subject.own_words(topic), subject)
    phrase = {"use_case": "which_used_for", "when_to_use": "which_choose"}.get(fact.kind, "which_offers")
    made = which_topic(fact, topic, text, phrase, subject, (fact.id,))
    yield made if fits else replace(made, refused="it does not tell which topic it is about")


@rule
def row(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """The first cell of a comparison row that is short enough to recall."""
    if isinstance(fact, Row):
        for head, cell in fact.cells:
            if 0 < len(tokens(plain(cell))) <= 12:
                yield asking("compare", fact, topic, (*fact.label, Words(" — "), *head, Words("?")), cell)
                return
