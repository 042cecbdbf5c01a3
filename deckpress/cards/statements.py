"""Sentences that say what something is: what they begin with, and what they say of it."""

import re
from collections.abc import Sequence
from functools import cache

from ..inline import cut, raw
from ..model import Text
from ..words import Vocabulary, tokens
from .lists import announces, is_plural, said, without_brackets
from .subject import Subject

_SUBJECT = 5  # words, its article included, of what a sentence is about
_TOLD = 3  # words that are left of a sentence without its beginning
_NAME = 8  # words of what a list is announced by
_WORDS = re.compile(r"[\w’'-]+")


def said_of(text: Text, subject: Subject) -> tuple[str, Text]:
    """What a sentence begins with, without its article, and what it says that this is; "" where it says no such thing."""
    told = raw(text)
    found = _is(subject.words).search(told)
    if not found:
        return "", ()
    before, start = told[: found.start()].strip(), found.start("what") if found["what"] else found.end()
    first, _, behind = before.partition(" ")
    name = behind if first.lower() in subject.words.listed("reading", "articles") else before
    closed = name[:1] in '"“„«' and name[-1:] in '"”“»'  # '"Cyclopean" masonry' keeps its marks
    return (name[1:-1] if closed else name).strip(), cut(text, start)


def behind_its_name(text: Text, names: Sequence[str], subject: Subject) -> Text:
    """What a sentence says of its subject, where it begins with one of some names: the question has said that much.

    Behind "X is a …" and "X are …" stands what it is, behind "X provides …" what it does, with its verb.
    """
    told = raw(text)
    now, many = subject.words.listed("words", "being_now"), subject.words.listed("words", "being_many")
    articles, one, several = (
        "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
        for words in (subject.words.listed("reading", "articles"), now, now & many)
    )
    if not articles or not one:
        return text
    done = "|".join(map(re.escape, str(subject.words.data["words"]["participles"]).split()))  # "are composed of" says what is done
    being = rf"(?:{one})\s+(?=(?:{articles})\s)" + (rf"|(?:{several})\s+(?!\w*(?:{done})\b)" if several and done else "")
    for name in names:
        found = re.match(rf"(?:(?:{articles})\s+)?{re.escape(name)}(?:\s\([^()]*\))?\s+(?:{being})", told, re.IGNORECASE)
        if found and len(tokens(told[found.end() :])) >= _TOLD:
            return cut(text, found.end())
        does = re.match(rf"(?:(?:{articles})\s+)?{re.escape(name)}(?:\s\([^()]*\))?\s+", told, re.IGNORECASE)
        if does and _does(tokens(told[does.end() :]), subject):
            return cut(text, does.end())
    return text


def _does(told: Sequence[str], subject: Subject) -> bool:
    """Whether what stands behind a name begins with what it does: "provides storage …", and not "requires is …"."""
    listed = subject.words.listed
    forms = listed("words", "verb") | listed("words", "being") | listed("words", "having")
    serves = listed("words", "serving") - listed("words", "meaning")
    return len(told) > _TOLD and told[0] in serves and told[1] not in forms


def listed_behind(told: str, subject: Subject) -> tuple[str, int] | None:
    """What is listed in a sentence and where its list begins, behind "The four chambers are": a plural, and at least one comma."""
    verbs = subject.words.listed("words", "being")
    found = next((word for word in _WORDS.finditer(told) if word[0].casefold() in verbs and word.start()), None)
    if found is None or "," not in told[found.end() :]:
        return None
    name = told[: found.start()].strip()
    several = any(is_plural(word, subject) for word in tokens(name))
    start = found.end() + len(told[found.end() :]) - len(told[found.end() :].lstrip(" :"))
    first = _WORDS.match(told, start)
    if first and first[0].casefold() in subject.words.listed("words", "relation"):  # "are called", "are between"
        return None
    return (name, start) if several and len(name.split()) <= _NAME else None


def verb_in(told: str, subject: Subject) -> str | None:
    """The few words before the first finite verb of a sentence; None for a phrase without one, or with one in a clause only."""
    verbs = subject.words.listed("words", "verb") | subject.words.listed("words", "being")
    clause = subject.words.listed("words", "relative") | subject.words.listed("words", "clause")
    for found in _WORDS.finditer(told):
        word = found[0].casefold()
        if word in clause:
            return None
        if word in verbs and found.start():
            before = told[: found.start()]
            return before if len(without_brackets(before).split()) <= _SUBJECT else None
    return None


def shows_a_rule(heads: str, subject: Subject) -> bool:
    """Whether what stands before a colon is a rule, and what is behind it shows it: "Verbs in -care add an h before i: …"."""
    told = tokens(heads)
    verbs, having = (subject.words.listed("words", name) for name in ("verb", "having"))
    leads = having | subject.words.listed("words", "being")  # "The chambers are", "It has three parts": what follows is what it is
    at = max((at for at, word in enumerate(told) if word in verbs | leads), default=-1)
    if at < 0 or (not leads.isdisjoint(told) and (told[at] not in leads or announces(said(heads), subject))):
        return False
    small = subject.stop | subject.words.listed("words", "relation") | subject.words.listed("words", "clause")
    return sum(word not in small for word in told[at + 1 :]) > (told[at] in leads)


@cache
def _is(words: Vocabulary) -> re.Pattern[str]:
    """Behind a name: "is a …", "are the …", "means …"; what is said of it begins with the article."""
    verbs, articles, meaning = (
        "|".join(sorted(map(re.escape, words.listed(part, name)), key=lambda word: (-len(word), word)))
        for part, name in (("words", "being"), ("reading", "articles"), ("words", "meaning"))
    )
    being = rf"(?:{verbs})\s+(?P<what>(?:{articles})\s)" if verbs and articles else r"(?P<what>(?!))"
    return re.compile(rf"\s(?:{being}|(?:{meaning})\s+)" if meaning else rf"\s{being}", re.IGNORECASE)
