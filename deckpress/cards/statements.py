"""Sentences that say what something is: what they begin with, and what they say of it."""

import re
from functools import cache

from ..inline import cut, raw
from ..model import Text
from ..words import Vocabulary
from .subject import Subject


def said_of(text: Text, subject: Subject) -> tuple[str, Text]:
    """What a sentence begins with, without its article, and what it says that this is; "" where it says no such thing."""
    told = raw(text)
    found = _is(subject.words).search(told)
    if not found:
        return "", ()
    before, start = told[: found.start()].strip(), found.start("what") if found["what"] else found.end()
    first, _, behind = before.partition(" ")
    name = behind if first.lower() in subject.words.listed("reading", "articles") else before
    return name.strip("\"'“”„«»").strip(), cut(text, start)


@cache
def _is(words: Vocabulary) -> re.Pattern[str]:
    """Behind a name: "is a …", "are the …", "means …"; what is said of it begins with the article."""
    verbs, articles, meaning = (
        "|".join(sorted(map(re.escape, words.listed(part, name)), key=lambda word: (-len(word), word)))
        for part, name in (("words", "being"), ("reading", "articles"), ("words", "meaning"))
    )
    being = rf"(?:{verbs})\s+(?P<what>(?:{articles})\s)" if verbs and articles else r"(?P<what>(?!))"
    return re.compile(rf"\s(?:{being}|(?:{meaning})\s+)" if meaning else rf"\s{being}", re.IGNORECASE)
