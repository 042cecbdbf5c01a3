"""What a fact can still be asked as after an edit took away the shape that its shipped card was made of. Never a new card.

A cloze is offered as its bare statement: which words it hides is what has shipped, and that is known elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..inline import cut, raw
from ..markup import plain, without_end_stop
from ..model import Candidate, Definition, Fact, MultipleChoice, Point, Row, Text, Topic, Words
from ..words import tokens
from .gaps import tail_of
from .lists import said
from .parts import asking, called, in_place, lead_in
from .subject import Subject

_SIGN = re.compile(r"\s*(?::\s|[–—]\s|\s-\s|=|→|⇒|->|=>)\s*")


def spare(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The simplest card of each type that the fact's words allow."""
    match fact:
        case MultipleChoice(question=question, options=options):
            right = said("; ".join(plain(option.text) for option in options if option.correct))
            yield replace(asking("question", fact, topic, question, right), apt=False)
        case Row(label=label, cells=cells):
            head, cell = next(((head, cell) for head, cell in cells if plain(cell)), ((), ()))
            yield replace(asking("compare", fact, topic, (*label, Words(" — "), *head, Words("?")), cell), apt=False)
            yield _term(fact, topic, subject, plain(label), without_end_stop(cell))
        case Point() | Definition():
            yield from _of_a_statement(fact, topic, subject)


def _of_a_statement(fact: Point | Definition, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    text = without_end_stop(fact.text)
    label = fact.label if isinstance(fact, Point) else fact.term
    opening = lead_in(fact, topic, subject) if isinstance(fact, Point) else (Words(f"{called(topic)}: "),)
    if label and isinstance(fact, Definition):
        opening = (Words(f"{called(topic)} — "), *label, Words(": "))
    yield Candidate(
        rule="cloze", type="cloze", slot="cloze", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=text, opening=opening,
        apt=False,
    )  # fmt: skip
    found = _SIGN.search(raw(fact.text)) if not label else None
    if found and 0 < len(tokens(raw(fact.text)[: found.start()])) <= 8:
        name = raw(fact.text)[: found.start()].strip()
        yield _term(fact, topic, subject, name, without_end_stop(cut(fact.text, found.end())))
    elif not label and isinstance(fact, Point) and topic.facts[0] is fact:
        prompt = said(subject.words.phrase("what_is", topic=topic.name))
        yield replace(
            asking("define", fact, topic, prompt, text), type="term", slot="term", apt=False, answer_is_topic=True,
            reverse=text, reverse_prompt=subject.words.phrase("which_is", item=subject.guide.item), reverse_answer=said(topic.name),
        )  # fmt: skip
    elif not label:
        told = raw(text)
        ends = [found.start() for found in re.finditer(r"(?<=\s)\S", told)]
        at = tail_of(told, subject)[0] or (ends[len(ends) // 2] if ends else 0)
        yield replace(
            asking("define", fact, topic, (*opening, *cut(text, 0, at), Words("…")), cut(text, at)),
            type="term",
            slot="term",
            apt=False,
        )


def _term(fact: Fact, topic: Topic, subject: Subject, name: str, answer: Text) -> Candidate:
    """A name, and what is said of it."""
    return Candidate(
        rule="define", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, answer_is_topic=True,
        prompt=said(in_place(fact, topic, subject, subject.words.phrase("what_term", label=name))), answer=answer, reverse=answer,
        reverse_prompt=in_place(fact, topic, subject, subject.words.phrase("which_term")), reverse_answer=said(name), apt=False,
    )  # fmt: skip
