"""The first kinds of card, one function each: a fact with its topic in, candidates out; choices, questions, terms, prices.

Topic, label and text are quoted whole, after a dash or between quotes, and never inflected: so one phrase table serves a language.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..markup import plain, without_end_stop
from ..model import Candidate, Definition, Fact, MultipleChoice, Point, Question, Text, Topic, Words
from ..words import normal, stem, tokens
from .parts import asking, definition_of, head, masked, rule, sentences
from .subject import Subject, items_of, said


@rule
def choice(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """A multiple choice question with the author's own options."""
    if isinstance(fact, MultipleChoice):
        right = "; ".join(plain(option.text) for option in fact.options if option.correct)
        yield Candidate(
            rule="choice", type="choice", slot="choice", facts=(fact.id,), group=fact.id, topic=topic.key,
            prompt=fact.question, answer=said(right), options=fact.options, extra=(fact.explanation,) if fact.explanation else (),
        )  # fmt: skip


@rule
def question(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """The author's question as written, or a scenario with "What would you use?" behind it."""
    if not isinstance(fact, Question):
        return
    asks = plain(fact.question).endswith(("?", "？", "؟"))
    named = subject.topic_named(fact.answer)
    is_topic = named is not None and named.key == topic.key
    answer = said(named.name) if named else fact.answer
    prompt: Text = fact.question
    follow = ""
    if not asks:
        follow = subject.words.phrase("scenario")
    elif not is_topic and not subject.names_topic(fact.question, topic):
        prompt = (Words(f"{topic.name}: "), *fact.question)
    extra = [fact.explanation] if fact.explanation else []
    if named and (what := definition_of(named)):
        extra.append(what)
    yield Candidate(
        rule="question" if asks else "scenario", type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key,
        prompt=prompt, follow=follow, answer=answer, extra=tuple(extra), answer_is_topic=named is not None or not asks,
    )  # fmt: skip


@rule
def define(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What the topic is, and the same the other way round where the text can only mean this topic."""
    if not isinstance(fact, Definition | Point) or (isinstance(fact, Point) and not fact.label):
        return
    term = fact.term if isinstance(fact, Definition) else fact.label
    name = plain(term) or topic.name
    first, rest = sentences(fact.text)
    short = head(first, subject)
    about = [fact.text] if short != first else [rest] if rest else []
    if topic.expansion and not term:
        about.append(said(f"{topic.name} = {topic.expansion}"))
    names = (name,) if term else subject.names(topic)
    own = frozenset(stem(word) for word in tokens(name)) if term else subject.own_words(topic)
    common = {
        "type": "term", "slot": "term", "facts": (fact.id,), "group": fact.id, "topic": topic.key, "extra": tuple(about),
        "answer_is_topic": True, "refused": "" if isinstance(fact, Definition) else "it is no definition",
    }  # fmt: skip
    yield Candidate(
        rule="define", prompt=said(subject.words.phrase("what_is", topic=name)), answer=without_end_stop(short),
        reverse=masked(first, names, own, subject), reverse_prompt=subject.words.phrase("which_is", item=subject.guide.item),
        reverse_answer=said(name), **common,  # type: ignore[arg-type]
    )  # fmt: skip


@rule
def pair(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:  # noqa: ARG001
    """Word and translation, formula and name: asked from both sides."""
    if isinstance(fact, Point) and fact.kind == "pair" and fact.label:
        yield Candidate(
            rule="pair", type="term", slot="term", facts=(fact.id,), group=fact.id, topic=topic.key, lead=topic.name,
            prompt=fact.label, answer=fact.text, reverse=fact.text, reverse_prompt=topic.name, reverse_answer=fact.label,
            answer_is_topic=True,
        )  # fmt: skip


@rule
def date(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What happened at a time."""
    if isinstance(fact, Point) and fact.kind == "date" and fact.label and any(char.isdigit() for char in plain(fact.label)):
        asked = subject.words.phrase("happened", topic=topic.name, label=plain(fact.label))
        yield asking("date", fact, topic, said(asked), without_end_stop(fact.text))


@rule
def price(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """How one pays for it: price words in the label or in an unlabelled text; the first such fact of a topic."""
    if not isinstance(fact, Point) or not _priced(fact, subject):
        return
    first = next((other for other in topic.facts if _priced(other, subject)), None)
    told = (
        fact.text if not fact.label or normal(plain(fact.label)) in subject.words.labels else (*fact.label, Words(": "), *fact.text)
    )
    made = asking("price", fact, topic, said(subject.words.phrase("price", topic=topic.name)), without_end_stop(told))
    yield made if first is fact else replace(made, refused="another line of the topic is asked for its price")


def _priced(fact: Fact, subject: Subject) -> bool:
    if not isinstance(fact, Point):
        return False
    words = subject.words.listed("words", "price")
    priced = words & set(tokens(plain(fact.label or fact.text).replace("-", " ")))
    return (bool(priced) or fact.kind == "pricing") and len(items_of(fact.text, subject.stop)) <= 3


@rule
def compare(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """A difference that the guide spells out, or what it says of another thing in comparison."""
    if not isinstance(fact, Point) or not fact.label:
        return
    between = subject.words.listed("words", "difference") & set(tokens(plain(fact.label)))
    own = (named := subject.topic_named(fact.label)) is not None and named.key == topic.key
    if own or not (between or fact.kind == "comparison"):
        return
    asked = subject.words.phrase("difference" if between else "compared", topic=topic.name, label=plain(fact.label))
    yield asking("compare", fact, topic, said(asked), without_end_stop(fact.text))
