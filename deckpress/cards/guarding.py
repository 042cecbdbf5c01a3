"""What a guard is: a candidate in, the reason to refuse it out ("" to let it pass). And what guards read of a candidate."""

from collections.abc import Callable, Sequence

from ..markup import plain
from ..model import Candidate, Fact, Gap, Text
from .subject import Subject

Guard = Callable[[Candidate, Fact, Subject], str]
Guards = list[tuple[frozenset[str], Guard]]  # the rules that each is for; none for every rule


def registry(guards: Guards) -> Callable[..., Callable[[Guard], Guard]]:
    """A decorator that puts a guard for the rules named into a list; for every rule where none is named."""

    def guard(*rules: str) -> Callable[[Guard], Guard]:
        def register(function: Guard) -> Guard:
            guards.append((frozenset(rules), function))
            return function

        return register

    return guard


def refusal(candidate: Candidate, fact: Fact, subject: Subject, guards: Sequence[tuple[frozenset[str], Guard]]) -> str:
    """The first reason against a candidate."""
    for rules, check in guards:
        if not rules or candidate.rule in rules:
            reason = check(candidate, fact, subject)
            if reason:
                return reason
    return ""


def prompt_text(candidate: Candidate) -> Text:
    """What is read on the front: a cloze's text without what its gaps hide."""
    return tuple(part for part in candidate.prompt if not isinstance(part, Gap))


def gaps_of(candidate: Candidate) -> list[Text]:
    """What a cloze hides."""
    return [part.text for part in candidate.prompt if isinstance(part, Gap)]


def fillable(candidate: Candidate) -> bool:
    """Whether front and answer have words: Anki drops a note without them silently."""
    gaps = gaps_of(candidate)
    told = all(plain(gap) for gap in gaps) if gaps else bool(plain(candidate.answer) or candidate.options)
    return told and bool(plain(prompt_text(candidate)))
