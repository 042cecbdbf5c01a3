"""Cards of plain sentences that say what something is: "**Impulse** is the change of momentum", "The two kinds are A and B"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ..inline import raw, sentences
from ..markup import plain, without_end_stop
from ..model import Candidate, Code, Definition, Fact, Point, Quote, Styled, Text, Topic
from ..words import tokens
from .answers import claims, defines, has_objects, head
from .lists import (
    announces,
    announces_attribute,
    has_verb,
    in_other_language,
    is_name,
    is_open,
    items_of,
    names_several,
    said,
    without_brackets,
)
from .parts import asking, cloze, gapped, in_place, is_named
from .statements import said_of, shows_a_rule
from .subject import Subject, name_of

_BRIEF, _FEW = 8, 3  # words and things behind a statement that are recalled at once
_NAME = 4  # words of what a sentence begins with that can be asked for
_OFTEN = 3  # lines from which it is told of too often
_TELLS = 4  # words that the rest of it must have


def stated(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What a sentence says of the thing that it begins with, where it is none of the guide's topics."""
    if not isinstance(fact, Point | Definition) or not _is_plain(fact, topic, subject):
        return
    name, rest = said_of(fact.text, subject)
    if not name or not _is_thing(name, fact.text, topic, subject):
        return
    first, more = claims(rest, subject)
    answer = head(first, subject)
    if len(tokens(plain(answer))) < _TELLS:
        return
    extra = (Quote(fact.id, fact.text),) if answer != first else (Quote(fact.id, more),) if more else ()
    yield replace(asking("label", fact, topic, said(in_place(fact, topic, subject, f"{name}?")), answer), extra=extra)


def announced(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What a statement before a colon announces: "D major has two sharps: F sharp and C sharp"."""
    label = name_of(fact)
    if not isinstance(fact, Point | Definition) or not label or fact.kind == "code" or subject.is_shared(topic, label):
        return
    if isinstance(fact, Point) and not is_named(fact):
        return
    told = tokens(plain(label))
    leads = subject.words.listed("words", "explains") | subject.words.listed("words", "pointing")
    if not has_verb(plain(label), subject) or "?" in plain(label) or not told or told[0] in leads:
        return
    text = without_end_stop(fact.text)
    short = (
        0 < len(tokens(plain(text))) <= _BRIEF
        and not has_objects(text)
        and not sentences(text)[1]
        and not has_verb(plain(text), subject)
    )
    pronoun = not subject.words.listed("words", "pronoun").isdisjoint(tokens(plain(text))[:1])
    items = items_of(text, subject)
    one = len(items) == 1 and is_name(plain(text), subject) and not announces(label, subject)
    alike = (one or 2 <= len(items) <= _FEW) and not is_open(text, subject) and not pronoun
    alike = alike and not in_other_language(plain(text), subject)
    shown = shows_a_rule(plain(label), subject)
    yield cloze(fact, topic, gapped(text, [(0, len(raw(text)))]), subject, apt=short and alike and not shown)


def _is_plain(fact: Point | Definition, topic: Topic, subject: Subject) -> bool:
    """Whether a fact is a sentence without a label of its own that does not say what its topic is."""
    if isinstance(fact, Definition):
        return not fact.term and not defines(fact, topic, subject)
    return not is_named(fact) and fact.kind not in ("code", "step", "date", "pair", "comparison")


def _is_thing(name: str, text: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a few words name one thing: written with a capital or stressed by the author, and nothing that a topic is.

    What several lines tell of is none: too much is said of "England" to ask for one statement.
    """
    joints = subject.words.listed("reading", "joints")
    small = (subject.stop - joints) | subject.words.listed("words", "opening") | subject.words.listed("words", "pronoun")
    bare = without_brackets(name)
    told = tokens(bare)
    if not told or len(told) > _NAME or not small.isdisjoint(told) or has_verb(bare, subject) or re.search(r"[,;:()]", bare):
        return False
    own = set(subject.stems(bare)) <= subject.own_words(topic) | subject.vendor | subject.plain
    proper = all(word[:1].isupper() for word in bare.split()) and not subject.words.data["words"]["capital_nouns"]
    means = any(f" {word} " in f" {plain(text)[len(name) :][:20].lower()} " for word in subject.words.listed("words", "meaning"))
    stressed = means or (len(told) > 1 and (proper or _is_stressed(name, text)))  # a name where it is said what it is
    if subject.topic_named(said(bare)) or (not stressed and (own or not _is_told_once(bare, subject))):
        return False
    if announces_attribute(said(name), subject) or names_several(name, subject):
        return False
    first = tokens(raw(text)[: len(name)])[:1]
    begins = raw(text).startswith(name) and not subject.words.data["words"]["capital_nouns"]
    begins = begins or (first[:1] != [] and first[0] in subject.words.listed("reading", "indefinite"))
    return begins or is_name(name, subject) or _is_stressed(name, text)


def _is_told_once(name: str, subject: Subject) -> bool:
    """Whether hardly another line of the guide has the rarest of some words."""
    return min((len(subject.users.get(word, ())) for word in subject.stems(name)), default=_OFTEN) < _OFTEN


def _is_stressed(name: str, text: Text) -> bool:
    """Whether the author set the words in bold, italics or as code."""
    begins = text[:2]  # its article may stand before it
    return any(isinstance(part, Styled | Code) and tokens(plain((part,))) == tokens(name) for part in begins)
