"""What is told already: by which fact's card, why a fact has none, and what a card tells besides."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..markup import plain
from ..model import Candidate, Definition, Fact, Point, Question, Quote, Text, Words
from .subject import Subject

_EXTRAS, _LETTERS = 3, 260  # quotations on the back of one card, and their letters in all


@dataclass(slots=True)
class Told:
    """What was found: fact -> (the fact whose card tells it, why), fact -> why no card, fact -> what its card tells besides."""

    by: dict[str, tuple[str, str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    besides: dict[str, list[Quote]] = field(default_factory=dict)


def live(candidates: Sequence[Candidate]) -> Candidate | None:
    """The first candidate that makes a card."""
    return next((one for one in candidates if one.apt and not one.refused and not one.beside), None)


def beside(told: Told, by: Fact, fact: Fact, subject: Subject) -> None:
    """Puts a fact on the back of the card that covers it, where it says a word more and there is room."""
    there = told.besides.setdefault(by.id, [])
    quote = Quote(fact.id, line_of(fact))
    new = set(subject.stems(plain(quote.text))) - subject.lines[by.id]
    letters = sum(len(plain(other.text)) for other in there) + len(plain(quote.text))
    if new and all(other.fact != fact.id for other in there) and len(there) < _EXTRAS and letters <= _LETTERS:
        there.append(quote)


def line_of(fact: Fact) -> Text:
    """A fact as one line, its label before it."""
    match fact:
        case Point(label=name, text=text) | Definition(term=name, text=text) if name:
            return (*name, Words(": "), *text)
        case Question(question=question, answer=answer):
            return (*question, Words(" — "), *answer)
    return getattr(fact, "text", ())
