"""Guards of cards that leave open what is wanted: a letter of a question elsewhere, the guide's own topics, a bare verb."""

import re

from ..markup import is_whole, plain
from ..model import Candidate, Definition, Fact, Gap, Link, MultipleChoice, Point, Question, Row
from ..words import tokens
from .gaps import has_marks
from .guarding import Guards, gaps_of, prompt_text, registry
from .lists import items_of, listed, said
from .parts import asked_words
from .subject import Subject, name_of

GUARDS: Guards = []
guard = registry(GUARDS)
_OPTION = re.compile(r"[A-Ha-h1-8]")
_MOST = 2 / 3  # of a list's items that are topics: it says what the guide holds


@guard("label", "cloze", "define", "compare", "identify")
def an_option(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """What is said of an option by its letter: "Option A: security risk". The question may be any."""
    if isinstance(fact, Question | MultipleChoice) or not _OPTION.fullmatch(plain(name_of(fact)).strip()):
        return ""
    heads = (plain(fact.corner),) if isinstance(fact, Row) else fact.heads[:1]
    above = tokens(" ".join((*heads, fact.section, fact.under, subject.topics[candidate.topic].name)))
    options = subject.words.listed("words", "option") | {f"{word}s" for word in subject.words.listed("words", "option")}
    return "it tells of an option of a question that stands elsewhere" if options & set(above) else ""


@guard("label", "cloze", "list")
def lists_topics(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A line about the guide as a whole that lists what it holds: "Storage (S3, EBS)" in the overview of a glossary."""
    if not isinstance(fact, Point | Definition) or not is_whole(subject.topics[candidate.topic], subject.guide):
        return ""
    items = listed(fact.text, subject)
    named = sum(_is_told_of(item, subject) for item in items)
    return "it lists what the guide holds" if len(items) > 1 and named >= _MOST * len(items) else ""


def _is_told_of(item: str, subject: Subject) -> bool:
    """Whether something is a topic of the guide, or a term that it explains."""
    return subject.topic_named(said(item)) is not None or subject.labels.get(item.casefold(), 0) > 0


@guard("cloze", "define", "identify")
def a_link(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A line that is nothing but a link says where more is to be found."""
    if not isinstance(fact, Point | Definition) or plain(name_of(fact)) or has_marks(fact):
        return ""
    rest = plain(part for part in fact.text if not isinstance(part, Link))
    link = any(isinstance(part, Link) for part in fact.text) and not any(char.isalnum() for char in rest)
    return "it is only a link" if link else ""


@guard("cloze")
def a_part_of_a_word(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A short name that ends a longer one on the front: "DynamoDB is NoSQL, RDS is ___"."""
    told = {plain(gap) for gap in gaps_of(candidate)}
    shown = re.findall(r"\w+", plain(prompt_text(candidate)))
    ends = any(word != gap and word.endswith(gap) for gap in told if gap.isupper() and len(gap) > 2 for word in shown)
    return "its answer is a part of a word on the front" if ends and not isinstance(fact, Row) and not has_marks(fact) else ""


@guard("label", "define")
def among_notes(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """What a list of notes says of one of the guide's topics, "Important: EFS": much is said of that."""
    name = name_of(fact)
    if not isinstance(fact, Point | Definition) or not plain(name):
        return ""
    above = subject.topics[candidate.topic].name.strip("!?. ")
    notes = "note" in (subject.words.section_kind(above), subject.words.label_kind(above))
    own = set(subject.stems(name)) - subject.vendor
    told = any(own & subject.own_words(topic) == own for topic in subject.topics.values() if topic.key != candidate.topic)
    return "nothing says what is wanted of it" if notes and own and told else ""


@guard("cloze")
def a_bare_verb(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """One gap with a single small word beside it, and no label of its own: "Uses ___"."""
    gaps = gaps_of(candidate)
    if len(gaps) != 1 or not isinstance(fact, Point | Definition) or has_marks(fact):
        return ""
    if plain(name_of(fact)) and not getattr(fact, "lent", False):
        return ""
    hidden = next(part for part in candidate.prompt if isinstance(part, Gap))
    beside = asked_words(candidate, fact, subject.topics[fact.topic], subject)
    shown = len(beside) - len(tokens(plain(gaps[0])))
    return "a single word stands beside its gap" if shown <= 1 and not hidden.hint and len(items_of(gaps[0], subject)) < 4 else ""
