"""Cards of what stands in brackets."""

import re
from collections.abc import Iterator

from ..inline import cut, raw
from ..model import Candidate, Fact, Topic
from ..words import tokens
from .answers import has_objects, is_date
from .gaps import YEAR, in_its_sentence, loose, made_of, statement, whole_words
from .lists import bracket_in, common_share, has_verb, is_name, is_open, items_in, without_brackets
from .subject import Subject

_SIDE = 5  # words of the side behind the "v" of a case at law
_AROUND, _DATED = 18, 24  # words around a bracket that is asked for; around a date


def bracket(fact: Fact, topic: Topic, subject: Subject) -> Iterator[Candidate]:
    """What stands in the only bracket: up to three things, or one gloss that names something."""
    text = statement(fact, topic, subject)
    told = raw(text)
    place = bracket_in(told)
    if not place or has_objects(text) or is_open(text, subject):
        return
    equals = told.rfind("= ", *place)
    place = (equals + 2, place[1]) if equals >= 0 else place
    inside = told[place[0] : place[1]]
    items = [item.text for item in items_in(told, subject, *place)]
    dated = is_date(cut(text, *place), subject)
    if YEAR.fullmatch(inside) and _is_case(told[: place[0] - 1], subject):
        return
    most = _DATED if dated else _AROUND  # nobody sees what is wanted in the middle of so much
    around = raw(in_its_sentence(text, [place], subject)[0])
    short = len(tokens(without_brackets(around))) <= most and not (told.count(",") > 1 and told[place[1] + 1 :].startswith(","))
    few = len(items) <= 3 and 0 < len(tokens(inside)) <= 4 and not _is_aside(inside, dated, subject)
    names = all(is_name(item, subject) for item in items) or (len(tokens(inside)) > 1 == len(items) and bool(subject.rare(inside)))
    outside = len(subject.telling(without_brackets(told), topic)) >= 2 and not _shortens(inside, told[: place[0]])
    refused = "" if common_share(items, subject) * 3 < 2 or len(items) == 1 else "what it lists is told of several topics"
    if re.search(r"[=/÷×*+−]\s*\Z", told[: place[0] - 1]):  # "TP / (TP + FN)"
        refused = "the bracket is a part of a formula"
    if _is_reference(inside, subject):
        refused = "the bracket says where it stands in other papers"
    if inside[:1].isdigit() and re.search(r"\d\s?%?\s*\Z", told[: place[0] - 1]):  # "99.999999999 % (11 nines)"
        refused = "the bracket says a number once more"
    if not inside[:1].isdigit() and not dated and re.search(r"(?<!\w)\d[\d:.]*\s*\Z", told[: place[0] - 1]):  # "Gita 2:22 (a poem)"
        refused = "the bracket says of what kind a reference is"
    yield made_of(fact, topic, subject, [place], refused, apt=short and few and names and outside and loose(fact, topic, subject))


def _is_reference(inside: str, subject: Subject) -> bool:
    """Whether a bracket points into other papers: "Tutorial 1, Q6", "B. S. 66"."""
    words = "|".join(sorted(map(re.escape, subject.words.listed("words", "reference"))))
    return bool(words) and re.fullmatch(rf"(?:(?:{words})\b\.?\s*)+\d+.*", inside, re.IGNORECASE) is not None


def _is_aside(inside: str, dated: bool, subject: Subject) -> bool:
    """Whether a bracket only adds something: "(he worked for Guinness)", "(published 1929)"."""
    listed, words = subject.words.listed, tokens(inside)
    begins = subject.stop.union(*(listed("words", name) for name in ("relation", "opening", "pointing", "adding")))
    speaks = has_verb(inside, subject) or not listed("words", "pronoun").isdisjoint(words)
    return speaks or whole_words(inside)[0] in begins or (not dated and any(YEAR.fullmatch(word) for word in words))


def _is_case(before: str, subject: Subject) -> bool:
    """Whether a case at law stands before a place: "Currie v Misa (1875)". Its year is no answer."""
    return not subject.words.listed("words", "against_in_law").isdisjoint(before.split()[-_SIDE:])


def _shortens(inside: str, before: str) -> bool:
    """Whether a bracket is the short form of the words before it: "TSH-receptor antibodies (TRAb)", "AWS Single Sign-On (AWS SSO)".

    All its letters stand there in their order; an X may stand for a word: "cross-site scripting (XSS)".
    """
    words = before.rstrip("( ").lower().split()
    short = [word for word in inside.split() if word.lower() not in words]
    letters = [char for char in "".join(short).lower() if char.isalpha()]
    if len(short) != 1 or not 2 <= len(letters) <= 6 or short[0].lower() == short[0] or short[0].istitle():
        return False
    told = "".join(words[-len(letters) - 1 :])
    rest = iter(told)
    begins = [word[0] for word in words[-len(letters) - 1 :]]
    nearly = len(letters) > 2 and sum(letter in begins for letter in letters) >= len(letters) - 1  # "Parallel Query (MPP)"
    return nearly or all(letter in rest for letter in letters if letter != "x" or letter in told)
