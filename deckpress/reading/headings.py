"""What a single heading says by itself: nothing but pictures, nothing but a number, "What is X?"."""

import re
from functools import cache

from ..markup import plain
from ..model import Inline, Link, Picture
from ..words import Vocabulary, tokens
from .blocks import Block
from .signs import ARROW


def tells(heading: Block) -> bool:
    """Whether a heading has words of its own, not only links and pictures."""
    badges = [part for part in heading.text if isinstance(part, Picture) or _pictured(part)]
    return not badges or bool(plain(part for part in heading.text if part not in badges))


def only_counts(block: Block) -> bool:
    """A heading that is a number and nothing else, as the questions of a quiz may have."""
    return block.kind == "heading" and bool(re.fullmatch(r"\W*\d{1,3}\W*", block.told))


def _pictured(part: Inline) -> bool:
    return isinstance(part, Link) and any(isinstance(inner, Picture) for inner in part.parts)


def what_is(name: str, words: Vocabulary) -> str:
    """X of a heading "What is X?", "" for any other."""
    found = tokens(name.replace("’", "'"))
    for asked in _asked(words):
        if found[: len(asked)] == asked and len(found) > len(asked):
            rest = _behind(name, len(asked))
            first, _, more = rest.partition(" ")
            rest = more if more and first.lower() in words.listed("reading", "articles") else rest
            return rest.rstrip(" ?？؟")
    return ""


@cache
def _asked(words: Vocabulary) -> tuple[list[str], ...]:
    """The words of "What is", the longest phrase first."""
    return tuple(tokens(phrase) for phrase in sorted(words.listed("reading", "what_is"), key=len, reverse=True))


def _behind(name: str, count: int) -> str:
    """The words of a name behind its first ones."""
    words = name.replace("’", "'").split()
    at = 0
    while at < len(words) and len(tokens(" ".join(words[:at]))) < count:
        at += 1
    return " ".join(words[at:])


def without_telling(name: str, words: Vocabulary) -> str:
    """A name without what only tells of it: "EBS Overview", "NACL → rules of a subnet"."""
    parted = re.fullmatch(rf"(.{{2,60}}?)\s*{ARROW}\s*(?:\S+\s+\S.*)?", name)
    if parted and len(re.findall(ARROW, name)) == 1:  # "NACL → rules of a subnet" names and tells
        name = parted[1].rstrip(" :–—-")
    before, _, last = name.rpartition(" ")
    told = before.rstrip(" :–—-")
    vague = words.listed("reading", "articles") | words.listed("reading", "vague")
    ends = tokens(told)[-1:]
    named = (
        ends != []
        and told.casefold() not in words.listed("words", "counted")
        and ends[0] not in vague
        and not ends[0].isdigit()
        and told.count("(") == told.count(")")
    )
    return told if named and last.casefold() in words.listed("reading", "introducing") else name
