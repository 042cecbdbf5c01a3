"""Cards of the author's own questions: as they are written, ranked first."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..markup import plain
from ..model import Candidate, Fact, MultipleChoice, Point, Question, Quote, Text, Topic, Words
from ..words import normal, stem, tokens
from .answers import what_it_is
from .lists import said
from .parts import asking, called, in_place, masked
from .subject import Subject

_ASKING = ("?", "？", "؟")
_SITUATION = 7  # words from which a text that asks nothing is a situation and no order ("Name Beck's triad.")
_BARE = 4  # words of a question up to which its topic stands in front of it


def choice(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A multiple choice question with the author's own options."""
    if isinstance(fact, MultipleChoice):
        right = "; ".join(plain(option.text) for option in fact.options if option.correct)
        yield Candidate(
            rule="choice", type="choice", slot="choice", facts=(fact.id,), group=fact.id, topic=topic.key,
            prompt=fact.question, answer=said(right), options=fact.options, fixed=_in_order(fact, subject),
            extra=(Quote(fact.id, fact.explanation),) if fact.explanation else (),
        )  # fmt: skip


def _in_order(fact: MultipleChoice, subject: Subject) -> bool:
    """Whether the options must keep their order: an explanation names their letters, or one speaks of those above it."""
    told = " ".join(plain(text) for text in (fact.explanation, *(option.reason for option in fact.options)))
    above = subject.words.listed("words", "above")
    named = any(phrase in f" {normal(plain(option.text))} " for option in fact.options for phrase in above)
    return named or _names_letter(told, fact, subject)


def _names_letter(told: str, fact: MultipleChoice, subject: Subject) -> bool:
    """Whether a text names options by their letters: "(b)", "c)", "option B", and capitals but "A" by themselves."""
    keys = "|".join(re.escape(option.key) for option in fact.options if option.key)
    if not keys:
        return False
    before = "|".join(map(re.escape, sorted(subject.words.listed("words", "option"))))
    behind = rf"|\b(?:{before})\s+(?:{keys})\b" if before else ""
    capitals = "|".join(option.key for option in fact.options if option.key.isupper() and option.key not in ("A", "I"))
    named = re.search(rf"(?<!\w)\(?(?:{keys})\){behind}", told, re.IGNORECASE)
    joints = "|".join(map(re.escape, sorted(subject.words.listed("reading", "and") | subject.words.listed("words", "or"))))
    alone = rf"(?:^|[.,;:]\s|\b(?:{joints})\s)(?:{capitals})\b(?!-)" if capitals else ""
    return bool(named or (alone and re.search(alone, told)))


def question(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The author's question as written, or a scenario with what is wanted behind it."""
    if not isinstance(fact, Question):
        return
    named = subject.topic_named(fact.answer)
    asks = plain(fact.question).rstrip('"”»*) ').endswith(_ASKING)
    if not asks and named is None and _is_term(fact.question):
        asked = f"{plain(fact.question)}?"
        given = bool(subject.own_words(topic) & set(subject.stems(fact.answer)))  # the topic would give the answer away
        asked = asked if given else in_place(fact, topic, subject, asked)
        made = asking("label", fact, topic, said(asked), fact.answer)
        yield replace(made, extra=_said_of(fact, topic, subject), answer_is_topic=given)
        return
    prompt: Text = masked(fact.question, named, subject, asked=True) if named else fact.question
    answer = set(subject.stems(fact.answer)) - subject.vendor
    told = named is not None or (bool(answer) and answer <= subject.own_words(topic))  # the topic's name would give it away
    if asks and not told and _needs_topic(fact.question, topic, subject):
        prompt = (Words(f"{called(topic)}: "), *prompt)
    extra: tuple[Quote, ...] = (Quote(fact.id, fact.explanation),) if fact.explanation else ()
    extra += what_it_is(named) if named else _said_of(fact, topic, subject)
    yield Candidate(
        rule=_rule(fact, topic, asks, subject), type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key,
        prompt=prompt, follow="" if asks else _wanted(fact.question, named, subject),
        answer=_named(fact, named, subject) if named else fact.answer,
        extra=extra, answer_is_topic=told or not asks,
    )  # fmt: skip


def _named(fact: Question, named: Topic, subject: Subject) -> Text:
    """A topic as the answer: by its name, or by its short form where a word of the name stands in the question."""
    told = set(subject.stems(fact.question)) & (subject.own_words(named) - subject.plain)
    return fact.answer if told and len(plain(fact.answer)) < len(named.name) else said(named.name)


def _is_term(question: Text) -> bool:
    """Whether what is asked is only a name: "macula densa :: …"."""
    return len(tokens(plain(question))) <= 4 and plain(question)[-1:] not in ".!:…_"


def _needs_topic(question: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a short question does not say what it is about; the guide's title says nothing of it."""
    told = tokens(plain(question))
    short = len(told) <= _BARE or not subject.words.listed("words", "pronoun").isdisjoint(told)
    says = normal(topic.name) != normal(subject.guide.title) and not subject.words.section_kind(topic.name)
    return short and says and not subject.names_topic(question, topic)


def _wanted(question: Text, named: Topic | None, subject: Subject) -> str:
    """What stands behind a situation that asks nothing itself."""
    if subject.offers:
        return subject.words.phrase("scenario")
    if named and subject.named_item:
        return subject.words.phrase("which_fits", item=subject.guide.item)
    told = plain(question)
    return subject.words.phrase("complete") if (named or len(tokens(told)) >= _SITUATION) and told[-1:] not in ":…_" else ""


def _rule(fact: Question, topic: Topic, asks: bool, subject: Subject) -> str:
    """What the question is: what the topic is, what it costs, what the difference is, a situation, or simply a question."""
    if not asks:
        return "scenario"
    told = set(tokens(plain(fact.question)))
    if is_what_it_is(fact, topic, subject):
        return "define"
    if subject.offers and told & subject.words.listed("words", "price"):
        return "price"
    return "compare" if told & subject.words.listed("words", "difference") else "question"


def is_what_it_is(fact: Question, topic: Topic, subject: Subject) -> bool:
    """Whether a question only asks what the topic is, or is for: "What is ECR primarily used for?"."""
    if not subject.words.starts_with(plain(fact.question), "what_is") or not subject.names_topic(fact.question, topic):
        return False
    asking = {word for phrase in subject.words.data["reading"]["what_is"] for word in tokens(phrase)}
    named = {stem(word) for name in subject.names(topic) for word in tokens(name)}
    left = [word for word in subject.stems(fact.question) if word not in named | subject.vendor | asking]
    return subject.topic_named(fact.answer) is None and len(left) <= 1


def _said_of(fact: Question, topic: Topic, subject: Subject) -> tuple[Quote, ...]:
    """What the topic's line says whose label is the answer."""
    wanted = subject.telling(fact.answer, topic)
    for other in topic.facts:
        if isinstance(other, Point) and other.label and wanted and subject.telling(other.label, topic) == wanted:
            return (Quote(other.id, (*other.label, Words(": "), *other.text)),)
    return ()
