"""Occurrences of topics -> topics: the same thing named twice is one topic, the same fact said twice is one fact."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..diagnostics import Diagnostic
from ..markup import fact_words, plain
from ..model import Definition, Fact, Section, Topic
from ..words import Vocabulary, normal, tokens
from .notebook import Found, Notebook
from .text import expansion

_COUNT = re.compile(r"\A(\d{1,2})\s+(?=[^\W\d_])")
_NUMBERED = re.compile(r"\A[^\W\d]+\s+\d+[a-z]?\s*[:.–—-]\s+(?=\w)")
_SHORT = 3  # words of a name that may need the heading above it


def vendor_words(titles: Sequence[str]) -> frozenset[str]:
    """Words that at least half of the topic names carry ("AWS"), where there are enough names to tell."""
    counts = Counter(word for title in titles for word in set(tokens(expansion(title)[0])))
    return frozenset(word for word, count in counts.items() if len(titles) >= 4 and 2 * count >= len(titles))


def merge_topics(book: Notebook, words: Vocabulary) -> tuple[Topic, ...]:
    """The topics in the order of their better placed occurrence; says which were merged."""
    vendor = _maker_words([found.title for found in book.topics if found.facts])
    names: dict[str, list[int]] = {}
    for index, found in enumerate(book.topics):
        if found.facts:
            names.setdefault(_key(found.title, vendor, names), []).append(index)
    _before_the_title(book)
    groups = sorted(names.items(), key=lambda item: min(i + 10**6 * book.topics[i].outside for i in item[1]))
    numbered = _counted([found.title for found in book.topics if found.facts])
    topics = (_topic(key, [book.topics[i] for i in at], at, book, vendor, numbered) for key, at in groups)
    return tuple(replace(topic, dependent=_is_dependent(topic.name, words)) for topic in topics)


def _is_dependent(name: str, words: Vocabulary) -> bool:
    """Whether a name is that of a class of things, or begins as one of anything: "Pricing models", "Common triggers"."""
    told = tokens(name)
    head = told[0 if words.data["words"]["head_first"] else -1] if told else ""
    ordinary = not words.listed("words", "ordinary").isdisjoint(told)
    return 1 < len(told) <= _SHORT and (ordinary or head in words.listed("words", "classes"))


def _before_the_title(book: Notebook) -> None:
    """Says which topics stand above the guide's title, and whether the last of them was cut off."""
    outside = [(index, found) for index, found in enumerate(book.topics) if found.outside and found.facts]
    for _, found in outside:
        book.diagnostics.append(Diagnostic("T004", found.span, f"“{found.title}” stands above the title of the guide"))
    if len(outside) < 3:
        return
    usual = set.intersection(*({_kind(book, index, name) for _, name in found.facts} for index, found in outside[:-1]))
    at, last = outside[-1]
    missing = usual - {_kind(book, at, name) for _, name in last.facts} - {""}
    if missing:
        message = f"“{last.title}” seems cut off: it has no {', '.join(sorted(missing)).replace('_', ' ')}, as those before it have"
        book.diagnostics.append(Diagnostic("F005", last.span, message))


def _kind(book: Notebook, topic: int, section: str) -> str:
    return book.kinds.get((topic, section), "")


def _maker_words(titles: Sequence[str]) -> frozenset[str]:
    """Vendor words, and words that only ever begin a name ("Amazon EC2" beside "AWS Batch")."""
    first = Counter(words[0] for title in titles if len(words := tokens(expansion(title)[0])) > 1)
    often = frozenset(word for word, count in first.items() if count >= 3 and 4 * count >= len(titles))
    return vendor_words(titles) | often


def _key(title: str, vendor: frozenset[str], known: dict[str, list[int]]) -> str:
    name, inside = expansion(title)
    keys = [" ".join(word for word in tokens(part) if word not in vendor) or normal(part) for part in (name, inside) if part]
    for key in keys:
        if key in known:
            return key
    return keys[0] if keys else normal(title)


def _counted(titles: Sequence[str]) -> bool:
    """Whether at least two headings begin with a bare number, each with a higher one than those before."""
    numbers = [int(found[1]) for title in titles if (found := _COUNT.match(title))]
    return len(numbers) > 1 and numbers == sorted(set(numbers))


def _topic(key: str, occurrences: list[Found], at: list[int], book: Notebook, vendor: frozenset[str], numbered: bool) -> Topic:
    best = min(occurrences, key=lambda found: found.outside)
    name, inside = expansion(best.title)
    if len(occurrences) > 1:
        others = ", ".join(str(found.span.line) for found in occurrences if found is not best)
        message = f"“{best.title}” stands in line {best.span.line} and again in line {others}; read as one topic"
        book.diagnostics.append(Diagnostic("T001", best.span, message))
    if numbered:
        name = _COUNT.sub("", name)  # "3 Memory"
    if name.split()[:1] and name.split()[0].casefold() in vendor:
        name = _NUMBERED.sub("", name)  # "Lecture 6: Immunity"
    short = " ".join(word for word in name.split() if word.casefold() not in vendor)
    aliases = dict.fromkeys(
        alias for alias in (name, short, inside, *(f.title for f in occurrences)) if alias and alias != best.title
    )
    return Topic(
        key=key, title=best.title, name=name, expansion=inside, aliases=tuple(aliases), category=best.category, above=best.above,
        span=best.span, sections=_sections(key, occurrences, at, book),
    )  # fmt: skip


def _sections(key: str, occurrences: list[Found], at: list[int], book: Notebook) -> tuple[Section, ...]:
    kept = _without_repeats(occurrences, book)
    sections: dict[str, tuple[str, str, list[Fact]]] = {}
    for index, found in sorted(zip(at, occurrences, strict=True), key=lambda pair: pair[1].outside):
        for fact, section in found.facts:
            if (also := kept.get(id(fact))) is not None:
                kind = book.kinds.get((index, section), "")
                name = "" if isinstance(fact, Definition) and not plain(fact.term) else section
                group = sections.setdefault(normal(name), (name, kind if name else "", []))
                group[2].append(replace(fact, topic=key, section=name, also=tuple(sorted(also))))
    return tuple(
        Section(name, kind, facts[0].span, tuple(sorted(facts, key=lambda fact: fact.span.line)))
        for name, kind, facts in sections.values()
    )


def _without_repeats(occurrences: list[Found], book: Notebook) -> dict[int, list[int]]:
    """For the facts that stay, by their Python id, the lines that say the same: the better placed one of each stays."""
    best: dict[str, Fact] = {}
    kept: dict[int, list[int]] = {}
    for found in sorted(occurrences, key=lambda found: found.outside):
        for fact, _ in found.facts:
            words = fact_words(fact)
            if words in best:
                first = best[words]
                kept[id(first)].append(fact.span.line)
                book.diagnostics.append(Diagnostic("T002", fact.span, f"says the same as line {first.span.line}; kept once"))
            else:
                best[words] = fact
                kept[id(fact)] = []
    return kept
