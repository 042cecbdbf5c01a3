"""The words that a note is made of, as its inputs are told by them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..markup import fact_texts, plain, texts_of
from ..model import Fact, Link, Styled, Text

_SIGNS = re.compile(r"\s*[:：]\s+|\s+(?:[=–—→⇒|/-]+|[-=]>)\s+")


def letters(texts: Sequence[str]) -> str:
    """What a line says without the signs that part a label from it: who reads it otherwise still reads these letters."""
    return " ".join(_SIGNS.sub(" ", " ".join(texts)).split())


def fact_words_exact(fact: Fact) -> str:
    """The texts of a fact, blanks aside, with what is marked or linked: a changed comma is an edit, a moved line break is none."""
    return " ".join(" ".join((*fact_texts(fact), *beside_words(texts_of(fact)))).split())


def beside_words(texts: Iterable[Text]) -> Iterator[str]:
    """What a text says beside its words: what is marked in it, where its links lead."""
    for text in texts:
        for part in text:
            if isinstance(part, Link):
                yield part.target
            if isinstance(part, Styled) and part.style == "mark":
                yield f"=={plain(part.parts)}=="
            if isinstance(part, Link | Styled):
                yield from beside_words([part.parts])
