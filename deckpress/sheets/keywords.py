"""The keyword index: words in bold, labels, terms and short answers -> the sheets where they stand."""

import re
from collections import defaultdict
from collections.abc import Iterator

from ..markup import plain
from ..model import Definition, Fact, MultipleChoice, Point, Question, Row, Styled, Text, Topic
from ..words import Vocabulary, normal, tokens, without_accents

_WORDS, _LETTERS = 4, 40  # the longest keyword
_OFTEN = 3  # topics from which a label is a heading that all have, and leads nowhere

Entries = tuple[tuple[str, tuple[tuple[str, tuple[int, ...]], ...]], ...]


def keywords(topics: list[tuple[Topic, int]], words: Vocabulary) -> Entries:
    """By initial the keywords in order, each with the numbers of its sheets. `topics` come with those numbers."""
    shown: dict[str, str] = {}
    places: dict[str, set[int]] = defaultdict(set)
    owners: dict[str, set[str]] = defaultdict(set)
    for topic, number in topics:
        told = [(name, True) for name in (topic.name, *topic.aliases) if name]
        told += [(plain(text), False) for fact in topic.facts for text in _keywords(fact, words)]
        for name, sure in told:
            key = normal(name)
            if not sure and not _is_keyword(name, key, words):
                continue
            shown.setdefault(key, name.strip(" .:;,"))
            places[key].add(number)
            owners[key].add("" if sure else topic.key)
    kept = [key for key in shown if "" in owners[key] or len(owners[key]) < _OFTEN]
    by_initial: dict[str, list[tuple[str, tuple[int, ...]]]] = defaultdict(list)
    for key in sorted(kept, key=lambda key: (_sorted(shown[key]), key)):
        initial = _sorted(shown[key])[:1].upper()
        by_initial[initial if initial.isalpha() else "#"].append((shown[key], tuple(sorted(places[key]))))
    return tuple((initial, tuple(rows)) for initial, rows in by_initial.items())


def _keywords(fact: Fact, words: Vocabulary) -> Iterator[Text]:
    match fact:
        case Definition(term=label, text=text) | Point(label=label, text=text):
            if not words.label_kind(plain(label)) and fact.kind not in ("date", "step"):
                yield label
            yield from _bold(text)
        case Row(label=label, cells=cells):
            yield label
            for _, cell in cells:
                yield from _bold(cell)
        case Question(answer=answer):
            yield answer
        case MultipleChoice(options=options):
            yield from (option.text for option in options if option.correct)


def _bold(text: Text) -> Iterator[Text]:
    for part in text:
        if isinstance(part, Styled) and part.style == "strong":
            yield part.parts


def _is_keyword(name: str, key: str, words: Vocabulary) -> bool:
    """A short name of something: no sentence, no number, no yes or no."""
    told = tokens(name)
    short = 0 < len(told) <= _WORDS and 1 < len(name.strip()) <= _LETTERS and any(char.isalpha() for char in name)
    plainly = not re.search(r"[→=?!]|\. ", name) and key not in words.listed("words", "yes_no")
    return short and plainly and not name[:1].isdigit() and told[0] not in words.listed("words", "stop")


def _sorted(name: str) -> str:
    """A name as an index sorts it: without accents, signs before it, or capitals."""
    return re.sub(r"^\W+", "", without_accents(name.casefold()))
