"""What makes a card bad, one small function each: a candidate in, the reason to refuse it out ("" to let it pass).

The thresholds were set by hand on one guide of eleven topics and hold wherever they were looked at since.
"""

from collections.abc import Callable

from ..markup import plain
from ..model import Candidate, Fact, Gap, Text
from ..words import normal, tokens
from .subject import Subject, common_list, items_of

Guard = Callable[[Candidate, Fact, Subject], str]
GUARDS: list[tuple[frozenset[str], Guard]] = []


def guard(*rules: str) -> Callable[[Guard], Guard]:
    """Registers a guard for the rules named; for every rule where none is named."""

    def register(function: Guard) -> Guard:
        GUARDS.append((frozenset(rules), function))
        return function

    return register


def refusal(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """The first reason against a candidate."""
    for rules, check in GUARDS:
        if not rules or candidate.rule in rules:
            reason = check(candidate, fact, subject)
            if reason:
                return reason
    return ""


def prompt_text(candidate: Candidate) -> Text:
    """What is read on the front: a cloze's text without what its gaps hide."""
    return tuple(part for part in candidate.prompt if not isinstance(part, Gap))


def fillable(candidate: Candidate) -> bool:
    """Whether front and answer have words: Anki drops a note without them silently."""
    gaps = [part for part in candidate.prompt if isinstance(part, Gap)]
    told = all(plain(gap.text) for gap in gaps) if gaps else bool(plain(candidate.answer) or candidate.options)
    return told and bool(plain(prompt_text(candidate)))


@guard("question", "scenario", "price", "label", "compare", "list", "cloze")
def leaks(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """At least half of the answer's own stems stand in the prompt."""
    prompt = set(subject.stems(prompt_text(candidate)))
    gaps = [part.text for part in candidate.prompt if isinstance(part, Gap)]
    for answer in gaps or [candidate.answer]:
        own = set(subject.stems(answer)) - (subject.generic if candidate.rule == "price" else frozenset())
        if own and candidate.rule not in ("question", "scenario", "compare", "price") and 2 * len(own & prompt) >= len(own):
            return "the prompt says at least half of the answer"
    return ""


@guard("identify")
def alone(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A merged card of one bullet: it is asked by itself or not at all."""
    return "no other bullet stands beside it" if candidate.parts and len(candidate.facts) < 2 else ""


@guard("identify")
def common_words(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Too few words of its own: other topics could be meant."""
    prompt = prompt_text(candidate)
    if fact.kind != "definition" and len(set(subject.stems(prompt))) < 4:
        return "too short to tell what it is about"
    needed = 1 if fact.kind == "definition" else 2
    if len(subject.rare(prompt)) >= needed or (fact.kind == "definition" and subject.best_sibling(fact, prompt)[0] < 0.5):
        return ""
    return "too few words that only this topic uses"


@guard("identify")
def siblings_line(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A line of another topic says half of it or more."""
    best, topic = subject.best_sibling(fact, prompt_text(candidate))
    return f"also fits {subject.topics[topic].name}" if best >= 0.5 else ""


@guard("identify")
def shared_list(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A list of things that are told of several topics."""
    items = items_of(getattr(fact, "text", ()), subject.stop)
    return "its list is told of several topics" if len(items) >= 3 and common_list(items, subject) else ""


@guard("identify")
def masked_too_much(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """Once its own name is hidden, hardly anything is left to tell by."""
    told = plain(prompt_text(candidate))
    masks, words = told.count("___"), len(tokens(told))
    return "its own name stands in it too often" if masks > 2 or 3 * masks > max(words, 1) else ""


@guard("label", "name", "list")
def circular(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """The answer tells no more than the prompt's own words."""
    prompt = set(subject.stems(prompt_text(candidate)))
    left = [word for word in subject.stems(candidate.answer) if word not in prompt and word not in subject.generic]
    return "" if len(left) >= 2 or any(char.isdigit() for char in plain(candidate.answer)) else "the answer only repeats the label"


@guard()
def too_long(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """More than a phone shows at once, or more than one can recall."""
    if candidate.rule in ("question", "scenario", "choice"):  # the author's own words stay as they are
        return ""
    whole = " ".join(plain(part.text) if isinstance(part, Gap) else plain([part]) for part in candidate.prompt)
    if len(whole) > 220:
        return "the front is too long for a phone"
    most = {"define": 26, "compare": 26}.get(candidate.rule, 18)
    return "the answer is too long to recall" if len(tokens(plain(candidate.answer))) > most else ""


@guard("identify", "cloze", "list")
def negated(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A "not" must never sit in a gap, and what a thing is not does not tell which one it is."""
    negation = subject.words.listed("words", "negation")
    gaps = [part.text for part in candidate.prompt if isinstance(part, Gap)]
    if any(word in negation for gap in gaps for word in tokens(plain(gap))):
        return "the gap would hide a negation"
    first = tokens(plain(prompt_text(candidate)))[:1]
    return "what it is not tells nothing" if candidate.rule == "identify" and first and first[0] in negation else ""


@guard("cloze")
def same_gaps(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """Two gaps with the same answer cannot be told apart."""
    gaps = [normal(plain(part.text)) for part in candidate.prompt if isinstance(part, Gap)]
    return "two of its gaps hide the same" if len(set(gaps)) < len(gaps) else ""
