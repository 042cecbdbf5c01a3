"""What the card kinds are made of: quotations cut and masked, and the two common forms of a question. And their registry."""

import re
from collections.abc import Callable, Iterator

from ..markup import plain
from ..model import Candidate, Definition, Fact, Point, Text, Topic
from ..words import normal, stem, tokens
from .subject import Subject, said

Rule = Callable[[Fact, Topic, Subject], Iterator[Candidate]]
RULES: list[Rule] = []  # in rank order: the order in which the modules of kinds are imported
_SENTENCE = re.compile(r"(?<=[a-z)\]”\"]{2})[.。]\s+(?=[A-ZÄÖÜÀ-Þ])")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


def rule(function: Rule) -> Rule:
    """Registers a card kind at the end of the ranking."""
    RULES.append(function)
    return function


def definition_of(topic: Topic) -> Text:
    """The first sentence of what the guide says a topic is."""
    for fact in topic.facts:
        if isinstance(fact, Definition) and not fact.term:
            return sentences(fact.text)[0]
    return ()


def sentences(text: Text) -> tuple[Text, Text]:
    """The first sentence, and the rest. Emphasis is dropped where the text is cut."""
    told = plain(text)
    found = _SENTENCE.search(told)
    if not found:
        return text, ()
    return said(told[: found.start() + 1]), said(told[found.end() :])


def head(sentence: Text, subject: Subject) -> Text:
    """A definition of more than 24 words up to its first purpose word; the whole of it then stands below the answer."""
    told = plain(sentence)
    if len(tokens(told)) <= 24:
        return sentence
    purpose = "|".join(sorted(map(re.escape, subject.words.listed("words", "purpose"))))
    for found in re.finditer(rf"[,:;]\s|\s(?=(?:{purpose})\s)", told):
        if 5 <= len(tokens(told[: found.start()])) <= 24:
            return said(told[: found.start()])
    return sentence


def masked(text: Text, names: tuple[str, ...], own: frozenset[str], subject: Subject) -> Text:
    """The text with the topic's own name hidden; a word of it that many topics use stays."""
    told = plain(text)
    for name in names:
        told = re.sub(rf"(?<!\w){re.escape(name)}(?:'s|’s|s)?(?!\w)", "___", told, flags=re.IGNORECASE)
    few = {word for word in own if subject.df.get(word, 0) <= 2 and word not in subject.generic}
    told = _WORD.sub(lambda found: "___" if stem(found[0].casefold()) in few else found[0], told)
    told = re.sub(r"___(?:[\s-]+___)+", "___", told)
    return text if told == plain(text) else said(told)


def is_named(fact: Point) -> bool:
    """Whether the label is the fact's own: the heading of its section names them all."""
    return bool(fact.label) and normal(plain(fact.label)) != normal(fact.section)


def is_open(fact: Point, subject: Subject) -> bool:
    """Whether a list ends in "and so on": then nobody can tell all of it."""
    told = plain(fact.text).casefold()
    return any(re.search(rf"(?<!\w){re.escape(mark)}", told) for mark in subject.words.listed("words", "open_list"))


def asking(name: str, fact: Fact, topic: Topic, prompt: Text, answer: Text) -> Candidate:
    """A plain question with its answer."""
    return Candidate(
        rule=name, type="ask", slot="ask", facts=(fact.id,), group=fact.id, topic=topic.key, prompt=prompt, answer=answer
    )


def which_topic(fact: Fact, topic: Topic, text: Text, phrase: str, subject: Subject, facts: tuple[str, ...]) -> Candidate:
    """The question which topic a quotation is about, with what the topic is on the back."""
    what = definition_of(topic)
    return Candidate(
        rule="identify", type="ask", slot="ask", facts=facts, group=fact.id, topic=topic.key, prompt=text,
        lead=subject.words.phrase(phrase, item=subject.guide.item),
        answer=said(topic.name), extra=(what,) if what else (), answer_is_topic=True,
    )  # fmt: skip
