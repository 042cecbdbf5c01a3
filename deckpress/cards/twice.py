"""What two topics say of one name: it is asked once."""

from collections.abc import Mapping, Sequence

from ..markup import plain
from ..model import Candidate, Fact, Words
from ..words import tokens
from .lists import has_attribute, without_brackets
from .subject import Subject, name_of
from .told import Told, beside, live

RANK = {"definition": 0, "question": 1, "multiple_choice": 1, "use_case": 3, "when_to_use": 3, "note": 4}
_MOST = 0.65  # share of an answer's words in another one of the same name, from which it says the same


def named_twice(told: Told, offered: Mapping[str, Sequence[Candidate]], subject: Subject) -> None:
    """What another topic says of the same name in nearly the same words is asked once, where it is defined or first."""
    seen: dict[str, list[tuple[Fact, set[str]]]] = {}
    for fact in sorted(subject.facts.values(), key=lambda fact: (RANK.get(fact.kind, 2), subject.place_of[fact.id])):
        made = live(offered[fact.id])
        asked = made is not None and made.rule in ("define", "label") and fact.id not in told.by
        name = _asked_for(fact, subject) if asked and not {"card", "both"} & set(fact.marks) else ""
        if made is None or not name:
            continue
        words = set(subject.stems(made.answer)) - subject.vendor
        denied = subject.words.listed("words", "negation") & set(tokens(plain(made.answer)))
        words |= {f"0 {word}" for word in denied}  # a figure of its own: with it the answer is another one
        first = next((other for other, theirs in seen.get(name, []) if other.topic != fact.topic and _as_one(words, theirs)), None)
        if first is None:
            seen.setdefault(name, []).append((fact, words))
        else:
            told.by[fact.id] = (first.id, f"line {first.span.line} says the same of it")
            beside(told, first, fact, subject)


def _asked_for(fact: Fact, subject: Subject) -> str:
    """What a fact is asked about, without brackets; "" for what may be an attribute of anything: "Equation", "Mode of action".

    Where the topics are things, and no chapters, that is any label but a topic's name or a short form.
    """
    name = plain(name_of(fact))
    told = name or subject.topics[fact.topic].name
    known = subject.topic_named((Words(told),)) is not None or told.isupper()
    known = known or (" " in told.strip() and not subject.identifiable)
    if not known or (name and has_attribute(name_of(fact), subject)):
        return ""
    return " ".join(word for word in tokens(without_brackets(told)) if word not in subject.vendor)


def _as_one(words: set[str], theirs: set[str]) -> bool:
    """Whether most words of the shorter of two answers stand in the other, and no figure or "not" stands in one of them alone."""
    few = min(len(words), len(theirs))
    own = {word for word in words ^ theirs if any(map(str.isdigit, word))}
    return few > 0 and len(words & theirs) >= _MOST * few and not own
