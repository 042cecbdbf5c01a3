"""Guards of what is nothing to learn by heart: one example of many, advice to a reader, what only says what there is to learn."""

import re
from collections.abc import Iterable
from functools import cache

from ..inline import raw, sentences
from ..markup import plain
from ..model import Candidate, Code, Definition, Fact, Gap, MultipleChoice, Point, Question, Row, Topic
from ..words import Vocabulary, normal, tokens
from .guarding import Guards, gaps_of, registry
from .lists import announces_attribute, has_verb
from .parts import is_named
from .subject import Subject, name_of

GUARDS: Guards = []
guard = registry(GUARDS)
_MADE = ("cloze", "label", "name", "list", "define", "identify", "price", "compare", "step", "pair")
_FEW = 8  # words of a line that only says what to look at
_NAME = 4  # words of an answer that only names something
_TWICE = 2
_LOOKED_AT = 200  # lines that share a word
_PART = 3  # letters of a part of a name
_ENDS = 5  # words of such a line whose last one says so


@guard(*_MADE)
def one_of_many(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """What is told of one example holds for nothing else: nobody has to know its figures, or could."""
    if isinstance(fact, Question | MultipleChoice):
        return ""
    topic = subject.topics[candidate.topic]
    column = fact.heads[1:] if isinstance(fact, Point | Definition) else ()
    first = fact.heads[:1] if isinstance(fact, Point | Definition) else (plain(fact.corner),) if isinstance(fact, Row) else ()
    if _said_by(first, "mnemonic", subject):
        return "its name is a word that helps to remember, and names nothing"
    label = plain(fact.label) if isinstance(fact, Row) else plain(name_of(fact))
    above = topic.above if isinstance(fact, Definition) and not fact.term else _headings(fact, topic)  # what an example is
    if _said_by((label, *column, *above), "example", subject):
        return "it tells of one example: nothing to know by heart"
    figures = any(any(map(str.isdigit, plain(answer))) for answer in gaps_of(candidate) or [candidate.answer])
    if figures and any(normal(heading) in subject.words.listed("words", "examples") for heading in above):
        return "it is a figure of one example: nothing to know by heart"
    begins = subject.words.starts_with(plain(candidate.answer), "instance", "words")
    shown = begins or any(_behind_an_instance(candidate, at, subject.words) for at in range(len(candidate.prompt)))
    return "one example of many: any other one would do as well" if shown else ""


def _behind_an_instance(candidate: Candidate, at: int, words: Vocabulary) -> bool:
    """Whether the part of a prompt at a place is a gap in a bracket or a clause of examples: "(e.g., 70 % to v1)"."""
    if not isinstance(candidate.prompt[at], Gap):
        return False
    before = "".join(raw(part.text) if isinstance(part, Gap) else raw((part,)) for part in candidate.prompt[:at])
    clause = re.split(r"(?<!\b\w\.\w)(?<!\b\w)[.;)]\s", before)[-1]
    return bool(_instances(words).search(clause))


@cache
def _instances(words: Vocabulary) -> re.Pattern[str]:
    told = "|".join(sorted(map(re.escape, words.listed("words", "instance")), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{told})[.,:]*\s", re.IGNORECASE) if told else re.compile(r"(?!)")


@guard(*_MADE, "question")
def how_to_study(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """Parts of a guide that tell how to study, where help is found, what to look at: nothing of the matter."""
    if isinstance(fact, Question | MultipleChoice):
        return ""
    topic = subject.topics[candidate.topic]
    lent = plain(name_of(fact)) if getattr(fact, "lent", False) else ""
    nearest = lent or fact.under or fact.section or topic.name
    if _said_by(_headings(fact, topic), "exercise", subject):
        return "it belongs to an exercise to do, and is nothing to recall"
    if normal(nearest) in subject.words.listed("words", "study") or _is_a_source(nearest, fact, subject.words):
        return "it says how to study, and nothing of the matter"
    if normal(nearest) in subject.words.listed("reading", "answer_key"):
        return "it answers something that does not stand there"
    if getattr(fact, "heads", ()) or isinstance(fact, Row) or not _said_by((nearest,), "studying", subject):
        return ""
    told = tokens(plain(getattr(fact, "text", ())))
    states = not subject.words.listed("reading", "articles").isdisjoint(told) or has_verb(plain(getattr(fact, "text", ())), subject)
    tells = candidate.rule in ("label", "define", "name") and (states or len(told) > _FEW)
    return "" if tells else "it says what to look at when studying"


def _is_a_source(heading: str, fact: Fact, words: Vocabulary) -> bool:
    """Whether a line below "Resources" says where more is to be found: "Books", and not "Coal"."""
    media = words.listed("words", "media") & set(tokens(plain(name_of(fact)))[-1:])
    return bool(media) and normal(heading) in words.listed("reading", "perhaps_noise")


@guard("label", "define", "name", "list", "cloze", "identify")
def advises(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """What a reader is told to do, or not to mix up: "Know the shared responsibility model", "Serverless ≠ free"."""
    if isinstance(fact, Question | MultipleChoice):
        return ""
    label = plain(name_of(fact))
    if re.search(r"≠|!=|=/=", label):
        return "it warns a reader, and names nothing"
    if candidate.rule in ("cloze", "identify"):
        own = label and not (isinstance(fact, Point) and not is_named(fact))  # "Exam tip" before it, and no heading above it
        told = "" if own or len(gaps_of(candidate)) > 1 else plain(getattr(fact, "text", ()))
        return "it tells a reader what to do" if subject.words.starts_with(told, "studied", "words") else ""
    whole = isinstance(fact, Definition) and not fact.term
    told = plain(fact.text) if whole and isinstance(fact, Definition) else label
    return "it tells a reader what to do" if len(tokens(told)) > 1 and subject.words.starts_with(told, "advice", "words") else ""


@guard(*_MADE)
def worth_points(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """What an examination asks for, with the points that it gives: "Describe the cell (3 points)"."""
    if isinstance(fact, Question | MultipleChoice | Row) or plain(name_of(fact)):
        return ""
    found = re.search(r"\(\s*(?:/\s*)?\d{1,3}\s*([^\W\d_]+)\.?\s*\)[\s.]*$", plain(fact.text))
    worth = found is not None and found[1].casefold() in subject.words.listed("words", "marks")
    return "it is a task of an examination, and tells nothing" if worth else ""


@guard(*_MADE)
def a_blank(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A line of a form, or a gap that goes over a dash: "Right answers: ___/65", "in [this era -- Spain]"."""
    if isinstance(fact, Question | MultipleChoice):
        return ""
    if re.search(r"(?<!\w)_{2,}(?!\w)", plain(candidate.answer)) and not any(isinstance(part, Code) for part in candidate.answer):
        return "it is a line of a form to fill in"
    over = any(re.search(r"(?<!\d)\s<?(?:--|[–—]|->|→)\s|\s<?(?:--|[–—]|->|→)\s(?!\d)", plain(gap)) for gap in gaps_of(candidate))
    return "its gap goes over a dash" if over and not isinstance(fact, Row) else ""


@guard("label", "define", "name")
def points_at(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """A text that only says what there is to learn of a thing: "Mechanism and uses", "Multi-AZ vs Read Replicas"."""
    if isinstance(fact, Question | MultipleChoice):
        return ""
    told = tokens(plain(candidate.answer))
    pointer, leads = subject.words.listed("words", "pointer"), subject.words.listed("words", "lead")
    rest = plain(sentences(getattr(fact, "text", ()))[1]).rstrip()
    points = not subject.words.listed("words", "pronoun").isdisjoint(tokens(rest)[:1])
    if points and rest.endswith((":", "：")) and len(tokens(rest)) <= _NAME:  # "Three laws of motion. They are:"
        return "it only leads to what stands below"
    own = [word for word in told if word not in subject.stop]
    relation = subject.words.listed("words", "relation") | subject.words.listed("reading", "joints")
    if own and set(own) <= pointer:
        return "it only says what there is to learn"
    begins = len(told) > 1 and told[0] in leads and told[1] in relation
    ends = bool(own) and own[-1] in leads and len(told) <= _ENDS
    apart = bool(subject.words.listed("words", "difference") & set(told[1:-1]))
    between = apart and len(told) <= _FEW and not has_verb(plain(candidate.answer), subject)
    return "it only says what there is to learn" if begins or ends or between else ""


@guard("label", "define", "name", "cloze", "list")
def points_to_another(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """An answer that only points at the line before: "the rest", "the same"."""
    answers = gaps_of(candidate) or [candidate.answer]
    back = any(subject.words.starts_with(plain(answer), "back", "words") for answer in answers)
    return "its answer points at the line before" if back else ""


@guard("label", "name", "define", "pair")
def answered_otherwise(candidate: Candidate, fact: Fact, subject: Subject) -> str:  # noqa: ARG001
    """A name that leads to one thing here and to another one elsewhere: "Archive: Glacier", "Archive: Glacier Deep Archive"."""
    if not isinstance(fact, Point | Definition) or not (fact.heads or fact.kind == "pair"):  # "For asthma — Biologics?"
        return ""
    name, told = normal(plain(name_of(fact))), _things(fact)
    if not name or not told or announces_attribute(name_of(fact), subject) or subject.labels.get(name, 0) < _TWICE:
        return ""
    rarest = min((subject.users.get(word, ()) for word in subject.stems(name)), key=len, default=())
    for line in rarest[:_LOOKED_AT]:
        other = subject.facts[line]
        theirs = _things(other) if isinstance(other, Point | Definition) and normal(plain(name_of(other))) == name else set()
        if theirs and other.topic != fact.topic and theirs != told:
            return f"line {other.span.line} answers it with something else"
    return ""


def _things(fact: Point | Definition) -> set[str]:
    """The words of a text that only names something."""
    told = tokens(plain(fact.text))
    return set(told) if len(told) <= _NAME else set()


@guard("define", "label", "cloze")
def a_memory_word(candidate: Candidate, fact: Fact, subject: Subject) -> str:
    """What helps to remember a topic's name says nothing of the topic: "SQS = Stand In Queue"."""
    topic = subject.topics[candidate.topic]
    if isinstance(fact, Question | MultipleChoice) or not _said_by(_headings(fact, topic), "mnemonic", subject):
        return ""
    name = normal(plain(name_of(fact)))
    found = subject.topic_named(name_of(fact)) is not None if name else candidate.rule == "cloze"
    found = found or (len(name) > _PART and name in normal(topic.name))  # "Formation" of CloudFormation
    names = (f" {normal(other.name)} " for other in subject.topics.values() if other is not topic)
    found = found or (bool(name) and any(f" {name} " in other for other in names))  # "S3" of Amazon S3
    found = found or len(name) == 1  # "r = run"
    return "it only helps to remember the name" if found else ""


def _headings(fact: Fact, topic: Topic) -> tuple[str, ...]:
    """What stands above a line, from its lead-in up."""
    return fact.under, fact.section, topic.name, *topic.above


def _said_by(headings: Iterable[str], name: str, subject: Subject) -> bool:
    """Whether one of some headings has a word or a phrase of a list."""
    return any(subject.words.says(heading, name) for heading in headings if heading)
