"""Guide -> what each handout shows, as plain data: always today's guide, never what has shipped. Nothing is invented.

A part without facts is left out. `press` turns the data into HTML and PDF.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from itertools import chain, count

from ..lock import Lock
from ..markup import first_sentence, plain
from ..model import FactCards, Guide, Text, Topic
from ..words import Vocabulary, direction, normal, slug, vocabulary
from .compose import sheets_of
from .cutouts import MARGIN, PAPERS, TOP, cutouts_of
from .keywords import keywords
from .quiz import quiz_of
from .shapes import LADDER, Block, Book, Cut, Cutouts, Look, Quiz, Sheet
from .sizes import lines_of_index, lines_of_table, page_of, step_for
from .tables import overview, tables_of
from .topics import block_of, printed

__all__ = [
    "LADDER", "MARGIN", "PAPERS", "TOP", "Block", "Book", "Cut", "Cutouts", "Look", "Quiz", "Sheet", "book", "changed_sheets",
    "cutouts_of", "lines_of_index", "lines_of_table", "page_of", "quiz_of", "step_for",
]  # fmt: skip

# Names that Windows keeps for devices, and that of a page of the book itself.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d|overview")
_LONGEST = 80  # bytes of a file's name; most systems allow 255, with folders and endings


def book(guide: Guide, lock: Lock, offered: Sequence[FactCards] = (), look: Look | None = None) -> Book:
    """The cheat sheets of a guide. The lock tells in which revision each topic last changed, `offered` what it is taken for."""
    words = vocabulary(guide.language, guide.words)
    own = guide.settings
    look = look or Look(own.paper or "a4", accent=own.accent)
    topics = printed(guide)
    slugs = _slugs(topics)
    sheets = sheets_of(_blocks(topics, slugs, guide, lock, offered, words), guide.title, look)
    numbers = {block.slug: sheet.number for sheet in sheets for block in sheet.blocks}
    places = [(topic, numbers[name]) for topic, name in zip(topics, slugs, strict=True)]
    told = {name: words.sheet(name) for name in words.data["sheet"] if "{" not in words.data["sheet"][name]}
    return Book(
        guide.title, guide.language, direction(guide.language), own.author, own.licence, told, sheets,
        keywords(places, words), overview(guide, words), look,
    )  # fmt: skip


def changed_sheets(made: Book, revision: int) -> tuple[tuple[int, str], ...]:
    """Number and name of the sheets that a revision changed: those to print again."""
    return tuple((sheet.number, sheet.name) for sheet in made.sheets if sheet.revision == revision)


def _blocks(
    topics: Sequence[Topic], slugs: Sequence[str], guide: Guide, lock: Lock, offered: Sequence[FactCards], words: Vocabulary
) -> list[Block]:
    revisions = _revisions(lock)
    rivals = _rivals(guide, offered)
    return [
        block_of(
            topic,
            name,
            guide.title,
            revisions.get(normal(topic.name), 0),
            words,
            tables_of(topic, rivals.get(topic.key, ()), words),
        )
        for topic, name in zip(topics, slugs, strict=True)
    ]


def _rivals(guide: Guide, offered: Sequence[FactCards]) -> Mapping[str, tuple[tuple[str, Text], ...]]:
    """For each topic those that it is taken for, as the cards' guards found them, with what the guide says that they are."""
    facts = {fact.id: fact for fact in guide.facts}
    names = {topic.key: topic.name for topic in guide.topics}
    out: dict[str, dict[str, Text]] = {}
    for cards in offered:
        fact = facts.get(cards.fact)
        for candidate in cards.candidates:
            if fact is None or candidate.rule != "define" or not candidate.apt:
                continue
            for quote in candidate.look_alikes:
                other = facts.get(quote.fact)
                text = getattr(other, "text", ())
                if other is not None and other.topic != fact.topic and plain(text):
                    out.setdefault(fact.topic, {}).setdefault(names[other.topic], first_sentence(text))
    return {topic: tuple(found.items()) for topic, found in out.items()}


def _slugs(topics: Sequence[Topic]) -> list[str]:
    """File names of the topics: equal ones are numbered, long ones cut, each with a hash of the whole."""
    taken: set[str] = set()
    out = []
    for topic in topics:
        whole = slug(topic.name)
        name = f"{whole}-sheet" if _RESERVED.fullmatch(whole) else whole
        if len(name.encode()) > _LONGEST:
            start = name.encode()[: _LONGEST - 9].decode(errors="ignore")
            name = f"{start}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        free = chain((name,), (f"{name}-{number}" for number in count(2)))
        out.append(next(one for one in free if one not in taken))
        taken.add(out[-1])
    return out


def _revisions(lock: Lock) -> dict[str, int]:
    """The highest revision of each topic's facts, those that have gone from it included; by the topic's plain name."""
    of: dict[str, int] = {}
    for fact in lock.facts:
        for name, revision in ((fact.topic, fact.revision), (fact.topic, fact.gone), *fact.left.items()):
            of[name] = max(of.get(name, 0), revision)
    return of
