"""What the rules and guards look things up in: the guide's words, counted once."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log

from ..markup import fact_texts, plain
from ..model import Fact, Guide, Point, Text, Topic, Words
from ..words import Vocabulary, normal, stem, stems, tokens, vocabulary

_LIST = re.compile(r"\s*(?:,\s*(?:and|or)\s+|,|;|\s+and\s+|\s+or\s+)\s*")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The guide with its word counts. `df` is the number of topics that use a stem, `users` the facts that use it."""

    guide: Guide
    words: Vocabulary
    stop: frozenset[str]
    generic: frozenset[str]
    vendor: frozenset[str]
    df: dict[str, int]
    users: dict[str, tuple[str, ...]]  # stem -> ids of the facts that use it
    topic_of: dict[str, str]  # fact id -> topic key
    place_of: dict[str, int]  # fact id -> its place in the guide
    topics: dict[str, Topic]
    named: dict[str, str]  # every name of a topic -> its key; of two topics with one name the first
    labels: dict[str, int]  # label -> number of topics that use it: what several use is an attribute, not a term

    def stems(self, text: Text | str) -> list[str]:
        """Stems of a text without stop words."""
        return stems(text if isinstance(text, str) else plain(text), self.stop)

    def names(self, topic: Topic) -> tuple[str, ...]:
        """All names of a topic, the longest first."""
        return tuple(sorted({topic.name, topic.title, *topic.aliases}, key=lambda name: (-len(name), name)))

    def own_words(self, topic: Topic) -> frozenset[str]:
        """Stems of its name that are not shared by most topics."""
        return frozenset(stem(word) for word in tokens(topic.name) if word not in self.vendor and word not in self.stop)

    def rare(self, text: Text | str) -> set[str]:
        """Stems that only one topic uses and that are not generic."""
        return {word for word in self.stems(text) if self.df.get(word, 0) <= 1 and word not in self.generic}

    def weight(self, word: str) -> float:
        """How much a stem tells: rare ones much, generic ones little."""
        full = log((len(self.topics) + 1) / max(1, self.df.get(word, 1)))
        return full * (0.3 if word in self.generic else 1.0)

    def best_sibling(self, fact: Fact, prompt: Text | str) -> tuple[float, str]:
        """The line of another topic that covers a prompt best: its share of the prompt's weight, and the topic's key."""
        wanted = {word: self.weight(word) for word in self.stems(prompt)}
        whole = sum(wanted.values())
        shares: dict[str, float] = defaultdict(float)
        for word, weight in wanted.items():
            for line in self.users.get(word, ()):
                if self.topic_of[line] != fact.topic:
                    shares[line] += weight
        if not shares or not whole:
            return 0.0, ""
        best = max(shares, key=lambda line: (shares[line], -self.place_of[line]))
        return shares[best] / whole, self.topic_of[best]

    def names_topic(self, text: Text, topic: Topic) -> bool:
        """Whether one of a topic's names stands in a text."""
        told = f" {normal(plain(text))} "
        return any(f" {normal(name)} " in told for name in self.names(topic))

    def topic_named(self, text: Text) -> Topic | None:
        """The topic whose name is the whole of a text."""
        key = self.named.get(normal(plain(text)))
        return self.topics[key] if key else None


def subject(guide: Guide) -> Subject:
    """Counts a guide's words."""
    words = vocabulary(guide.language, guide.words)
    stop = words.listed("words", "stop")
    lines = {fact.id: frozenset(stems(" ".join(fact_texts(fact)), stop)) for fact in guide.facts}
    df: Counter[str] = Counter()
    for topic in guide.topics:
        df.update({word for fact in topic.facts for word in lines[fact.id]} | set(stems(topic.name, stop)))
    names = Counter(word for topic in guide.topics for word in set(tokens(topic.name)))
    many = len(guide.topics) >= 4
    vendor = frozenset(word for word, count in names.items() if many and (2 * count >= len(guide.topics) or _leads(word, guide)))
    generic = frozenset(stem(word) for word in words.listed("words", "generic"))
    labels = Counter(
        label for topic in guide.topics for label in {normal(plain(f.label)) for f in topic.facts if isinstance(f, Point)}
    )
    users: dict[str, list[str]] = defaultdict(list)
    for id_, found in lines.items():
        for word in found:
            users[word].append(id_)
    return Subject(
        guide=guide, words=words, stop=stop, generic=generic, vendor=vendor, df=dict(df),
        users={word: tuple(ids) for word, ids in users.items()},
        topic_of={fact.id: fact.topic for fact in guide.facts},
        place_of={fact.id: at for at, fact in enumerate(guide.facts)},
        topics={topic.key: topic for topic in guide.topics}, named=_named(guide), labels=dict(labels),
    )  # fmt: skip


def _named(guide: Guide) -> dict[str, str]:
    found: dict[str, str] = {}
    for topic in guide.topics:
        for name in (topic.name, topic.title, *topic.aliases):
            found.setdefault(normal(name), topic.key)
    return found


def _leads(word: str, guide: Guide) -> bool:
    """Whether the word begins at least three names and a quarter of all."""
    count = sum(tokens(topic.name)[:1] == [word] and len(tokens(topic.name)) > 1 for topic in guide.topics)
    return count >= 3 and 4 * count >= len(guide.topics)


def items_of(text: Text | str, stop: frozenset[str] = frozenset()) -> list[str]:
    """The items of a list that stands in a line. Brackets stay whole; what begins with a stop word belongs to the item before."""
    told = text if isinstance(text, str) else plain(text)
    hidden = _BRACKETS.sub(
        lambda found: re.sub(r"[,;]| (?=and |or )", lambda sign: chr(ord(sign[0]) + 0xE000), found[0]), told.rstrip(".")
    )
    items: list[str] = []
    at, before = 0, ""
    for found in [*_LIST.finditer(hidden), None]:
        end = found.start() if found else len(hidden)
        first = tokens(hidden[at:end])[:1]
        if items and first and first[0] in stop:
            items[-1] += before + hidden[at:end]
        elif hidden[at:end].strip():
            items.append(hidden[at:end])
        before = found[0] if found else ""
        at = found.end() if found else end
    shown = ("".join(chr(ord(sign) - 0xE000) if 0xE000 <= ord(sign) < 0xE100 else sign for sign in item) for item in items)
    return [item.strip() for item in shown]


def common_list(items: list[str], subject: Subject) -> bool:
    """Two of three items are told of three topics or more: the list says nothing about one of them."""
    often = [item for item in items if subject.stems(item) and all(subject.df.get(word, 0) >= 3 for word in subject.stems(item))]
    return len(items) >= 2 and 3 * len(often) >= 2 * len(items)


def said(words: str) -> Text:
    """Words as a text."""
    return (Words(words),) if words else ()
