"""What the rules and guards look things up in: the guide's words, counted once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, islice
from math import log

from ..markup import fact_texts, plain
from ..model import Definition, Fact, Gap, Guide, Inline, Point, Question, Row, Section, Text, Topic
from ..words import Vocabulary, exact, normal, stem, stems, tokens, vocabulary

# A word that three topics and three in ten use tells little of one of them; what is that common is counted, not listed.
COMMON, SHARE, FAINT = 3, 0.3, 0.3
_ABOUT = 8  # words of a question that is about the term that stands in it
_DATE = 5  # words of a date
_SHORT_NAME = 3  # letters of a name that has no plural: "EB", "O"
_LOOKED_AT = 200  # lines that share a word for it to be worth following


@dataclass(frozen=True, slots=True)
class Subject:
    """The guide with its word counts. `df` is the number of topics that use a stem, `users` the facts that use it."""

    guide: Guide
    words: Vocabulary
    stop: frozenset[str]
    determiners: frozenset[str]  # stop words that a name may begin with: "No Upfront", "All Upfront"
    generic: frozenset[str]
    plain: frozenset[str]  # stems that the language's list calls generic, whatever the guide is about
    vendor: frozenset[str]
    makers: frozenset[str]  # stems that begin the names of several topics: "Amazon Aurora", "Amazon Redshift"
    df: dict[str, int]
    lines: dict[str, frozenset[str]]  # fact id -> its stems
    users: dict[str, tuple[str, ...]]  # stem -> ids of the facts that use it
    facts: dict[str, Fact]
    topic_of: dict[str, str]  # fact id -> topic key
    section_of: dict[str, Section]  # fact id -> its section
    place_of: dict[str, int]  # fact id -> its place in the guide
    topics: dict[str, Topic]
    named: dict[str, str]  # every name of a topic -> its key; of two topics with one name the first
    labels: dict[str, int]  # label -> number of topics that use it: what several use is an attribute, not a term
    shared: frozenset[tuple[str, str]]  # topic and label of several of its facts: the label names none of them
    parents: frozenset[str]  # ids of the facts whose label the lines below them only repeat: of that label they say what it is
    above: dict[str, str]  # fact id -> the lead-in above the line whose label is its own lead-in
    leads: dict[tuple[str, str], int]  # topic and lead-in of facts with labels of their own -> the first column of those
    asked: frozenset[str]  # labels that the author's own questions ask about
    answers: frozenset[str]  # labels that answer one
    pictures: frozenset[str]  # sources of the pictures that can be shown
    offers: bool  # a topic is something that offers and is used and paid for: a service, a tool
    named_item: bool  # the author or the title says what one topic is called
    identifiable: bool  # "which topic is it?" can be asked: there are several, and the guide says of most what they are
    dates: dict[frozenset[str], int]  # words of dates -> the number of dates that have them all: "octubre 1934", "6 octubre 1934"
    cells: dict[tuple[str, str], frozenset[str]]  # name of a row and of a column -> what tables say there
    rows: dict[str, tuple[tuple[str, tuple[Inline | Gap, ...]], ...]] = field(
        default_factory=dict
    )  # first fact of a comparison -> it
    bullets: dict[str, Text] = field(default_factory=dict)  # fact id -> what a shared card shows of it, made once

    def stems(self, text: Text | str) -> list[str]:
        """Stems of a text without stop words."""
        return stems(text if isinstance(text, str) else plain(text), self.stop)

    def alike_dates(self, label: Text) -> int:
        """How many dates have all words of this one: the month of a day has another event, too."""
        return self.dates.get(_date_words(label, self.words), 0)

    def telling(self, text: Text | str, topic: Topic | None = None) -> set[str]:
        """Stems that are neither generic nor the vendor's nor, where a topic is given, of its own name."""
        own = self.own_words(topic) if topic else frozenset()
        return set(self.stems(text)) - self.generic - self.vendor - own

    def names(self, topic: Topic) -> tuple[str, ...]:
        """All names of a topic, the longest first."""
        return tuple(sorted({topic.name, topic.title, topic.expansion, *topic.aliases} - {""}, key=lambda name: (-len(name), name)))

    def own_words(self, topic: Topic) -> frozenset[str]:
        """Stems of its name that are not shared by most topics."""
        return frozenset(stem(word) for word in tokens(topic.name) if word not in self.stop) - self.vendor

    def is_short_name(self, word: str, topic: Topic) -> bool:
        """Whether a stem is a short form in the topic's name that no other topic's has: "API" tells "API Gateway"."""
        short = any(len(part) > 1 and part.isupper() and stem(part.casefold()) == word for part in topic.name.split())
        return short and not any(word in self.own_words(other) for other in self.topics.values() if other is not topic)

    def rare(self, text: Text | str) -> set[str]:
        """Stems that only one topic uses and that are not generic."""
        return {word for word in self.stems(text) if self.df.get(word, 0) <= 1 and word not in self.generic}

    def weight(self, word: str) -> float:
        """How much a stem tells: rare ones much, generic ones little."""
        full = log((len(self.topics) + 1) / max(1, self.df.get(word, 1)))
        return full * (FAINT if word in self.generic else 1.0)

    def cover(self, prompt: Text | str, found: Iterable[str]) -> float:
        """Share of the weight of a prompt's stems that some stems have."""
        wanted = {word: self.weight(word) for whole in self.stems(prompt) for word in _parted(whole)}
        there = {word for whole in found for word in _parted(whole)}
        return sum(weight for word, weight in wanted.items() if word in there) / (sum(wanted.values()) or 1.0)

    def best_sibling(self, fact: Fact, prompt: Text | str) -> tuple[float, str]:
        """The line of another topic that covers a prompt best: its share of the prompt's weight, and its fact's id.

        Looked for among the lines that share one of the prompt's rarer words: a word that hundreds of lines have leads nowhere.
        """
        wanted = {word: self.weight(word) for word in self.stems(prompt)}
        whole = sum(wanted.values())
        rarest = sorted(wanted, key=lambda word: (len(self.users.get(word, ())), word))
        lines: set[str] = set()
        for word in rarest:
            if len(lines) < _LOOKED_AT:
                lines.update(islice(self.users.get(word, ()), _LOOKED_AT))
        shares = {
            line: sum(weight for word, weight in wanted.items() if word in self.lines[line])
            for line in lines
            if self.topic_of[line] != fact.topic
        }
        if not shares or not whole:
            return 0.0, ""
        best = max(shares, key=lambda line: (shares[line], -self.place_of[line]))
        return shares[best] / whole, best

    def is_shared(self, topic: Topic, label: Text, fact: Fact | None = None) -> bool:
        """Whether several facts of a topic have this label: then it names none of them, but the one (`fact`) that lends it."""
        lends = fact is not None and fact.id in self.parents
        return not lends and (topic.key, exact(plain(label))) in self.shared

    def leads_in(self, topic: Topic, fact: Fact, label: Text) -> bool:
        """Whether a label is the lead-in above a fact and others that have labels of their own: then it names no one of them."""
        column = self.leads.get((topic.key, normal(plain(label))))
        return column is not None and fact.span.col >= column

    def names_topic(self, text: Text, topic: Topic) -> bool:
        """Whether one of a topic's names stands in a text."""
        told = f" {normal(plain(text))} "
        return any(f" {normal(name)} " in told for name in self.names(topic))

    def topic_named(self, text: Text) -> Topic | None:
        """The topic whose name is the whole of a text, the vendor's name aside."""
        told = normal(plain(text))
        bare = " ".join(word for word in told.split(" ") if word not in self.vendor)
        other = other_number(plain(text), self.words)
        key = self.named.get(told) or self.named.get(bare) or (self.named.get(normal(other)) if other else None)
        return self.topics[key] if key else None


def other_number(name: str, words: Vocabulary) -> str:
    """The plural of a name, or its singular; "" for short forms, and where the language's file does not say how plurals end."""
    ending = words.data["words"]["plural"]
    if not ending or len(name) <= _SHORT_NAME or name.isupper():
        return ""
    return name.removesuffix(ending) if name.endswith(ending) else f"{name}{ending}"


def _parted(word: str) -> list[str]:
    """The parts of a word with hyphens: "OS-level" says "OS" too."""
    return [stem(part) for part in word.split("-") if part] if "-" in word else [word]


def subject(guide: Guide, pictures: frozenset[str] = frozenset()) -> Subject:
    """Counts a guide's words."""
    words = vocabulary(guide.language, guide.words)
    stop = words.listed("words", "stop")
    lines = {fact.id: frozenset(stems(" ".join(fact_texts(fact)), stop)) for fact in guide.facts}
    df: Counter[str] = Counter()
    for topic in guide.topics:
        df.update({word for fact in topic.facts for word in lines[fact.id]} | set(stems(topic.name, stop)))
    common = {word for word, count in df.items() if count >= max(COMMON, SHARE * len(guide.topics))}
    told = sum(any(isinstance(fact, Definition) for fact in topic.facts) for topic in guide.topics)
    # The title's word is what a topic is called where the guide says of some what they are: "Microbiology & infectious diseases"
    named_item = guide.item != words.data["words"]["item"] and (bool(guide.settings.item) or 4 * told >= len(guide.topics))
    users: dict[str, list[str]] = defaultdict(list)
    for id_, found in lines.items():
        for word in sorted(found):
            users[word].append(id_)
    return Subject(
        guide=guide, words=words, stop=stop, vendor=_vendor(guide), makers=_makers(guide), df=dict(df), lines=lines,
        determiners=words.listed("words", "negation") | words.listed("words", "determiner"),
        generic=frozenset({stem(word) for word in words.listed("words", "generic")} | common),
        users={word: tuple(ids) for word, ids in users.items()},
        facts={fact.id: fact for fact in guide.facts},
        topic_of={fact.id: fact.topic for fact in guide.facts},
        section_of={fact.id: section for topic in guide.topics for section in topic.sections for fact in section.facts},
        place_of={fact.id: at for at, fact in enumerate(guide.facts)},
        topics={topic.key: topic for topic in guide.topics}, named=_named(guide), labels=dict(_labels(guide)),
        shared=_shared(guide), parents=_parents(guide, words),
        dates=_within(guide, words), cells=_cells(guide),
        above=_above(guide),
        leads=_leads(guide),
        plain=frozenset(stem(word) for word in words.listed("words", "generic")),
        asked=_among(guide, _short([*(plain(q.question) for q in _questions(guide)), *guide.open_questions])),
        pictures=pictures, named_item=named_item, offers=normal(guide.item) in words.listed("words", "offering"),
        identifiable=len(guide.topics) >= (3 if named_item else 4) and (named_item or 4 * told >= 3 * len(guide.topics)),
        answers=_among(guide, [plain(q.answer) for q in _questions(guide)]),
    )  # fmt: skip


def _makers(guide: Guide) -> frozenset[str]:
    """Stems of words that begin three names or more."""
    leading = Counter(name[0] for topic in guide.topics if len(name := tokens(topic.name)) > 1)
    return frozenset(stem(word) for word, count in leading.items() if count >= COMMON)


def _vendor(guide: Guide) -> frozenset[str]:
    """Words of at least half of the names, or that begin a quarter of them: "AWS", "Lecture"."""
    names = [tokens(topic.name) for topic in guide.topics]
    counts = Counter(word for name in names for word in set(name))
    leading = Counter(name[0] for name in names if len(name) > 1)
    often = {word for word, count in counts.items() if 2 * count >= len(names)}
    often |= {word for word, count in leading.items() if count >= 3 and 4 * count >= len(names)}
    return frozenset({*often, *map(stem, often)}) if len(names) >= 4 else frozenset()


def _labels(guide: Guide) -> Counter[str]:
    labels: Counter[str] = Counter()
    for topic in guide.topics:
        labels.update({normal(plain(name)) for fact in topic.facts if (name := name_of(fact))})
    return labels


def name_of(fact: Fact) -> Text:
    """The label or term of a fact."""
    return fact.term if isinstance(fact, Definition) else fact.label if isinstance(fact, Point) else ()


def _shared(guide: Guide) -> frozenset[tuple[str, str]]:
    """Topic and label of several facts, unless each stands below a lead-in of its own: "Captain" of one voyage and another."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in guide.facts:
        if name := fact.label if isinstance(fact, Row) else name_of(fact):
            told[fact.topic, exact(plain(name))].append(normal(fact.under))
    return frozenset(pair for pair, leads in told.items() if len(leads) > 1 and (not all(leads) or len(set(leads)) < len(leads)))


def _parents(guide: Guide, words: Vocabulary) -> frozenset[str]:
    """The facts that say of a label what it is, though others of their topic have it, too.

    One that has the label of its own and lends it to the lines below; else the first of the lines below a name that begins as
    definitions do: "**AWS CodeBuild**", and "A fully managed build service that …" below it.
    """
    own: dict[tuple[str, str], list[str]] = defaultdict(list)
    first: dict[tuple[str, str], Point] = {}
    for fact in guide.facts:
        if not (name := name_of(fact)):
            continue
        if isinstance(fact, Point) and fact.lent:
            first.setdefault((fact.topic, exact(plain(name))), fact)
        else:
            own[fact.topic, exact(plain(name))].append(fact.id)
    told = {place: fact.id for place, fact in first.items() if place not in own and _says_what(fact, words)}
    return frozenset({ids[0] for ids in own.values() if len(ids) == 1} | set(told.values()))


def _says_what(fact: Point, words: Vocabulary) -> bool:
    """Whether a line begins as a definition of the name above it: with "a", or with what it does: "Converts text into speech"."""
    begins = tokens(plain(fact.text))[:1]
    name = plain(fact.label).split()
    proper = len(name) > 1 and not fact.loose and all(word[:1].isupper() for word in name)
    defines = not words.listed("reading", "indefinite").isdisjoint(begins)
    return defines or (proper and not (words.listed("words", "verb") - words.listed("words", "being")).isdisjoint(begins))


def _cells(guide: Guide) -> dict[tuple[str, str], frozenset[str]]:
    """What the tables of a guide say at a row and a column: two of them may not agree."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in (one for one in guide.facts if isinstance(one, Row)):
        for head, cell in fact.cells:
            found[normal(plain(fact.label)), normal(plain(head))].add(normal(plain(cell)))
    return {place: frozenset(cells) for place, cells in found.items()}


def _questions(guide: Guide) -> list[Question]:
    return [fact for fact in guide.facts if isinstance(fact, Question)]


def _leads(guide: Guide) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for fact in guide.facts:
        if fact.under:
            place = (fact.topic, normal(fact.under))
            found[place] = min(fact.span.col, found.get(place, fact.span.col))
    return found


def _date_words(label: Text, words: Vocabulary) -> frozenset[str]:
    """The words of a date that say when it was."""
    return frozenset(tokens(plain(label))) - words.listed("reading", "around_dates") - words.listed("words", "stop")


def _within(guide: Guide, words: Vocabulary) -> dict[frozenset[str], int]:
    """For all words that a date may be given by, the number of labels with figures that have them."""
    labels = [fact.label for fact in guide.facts if isinstance(fact, Point) and any(char.isdigit() for char in plain(fact.label))]
    short = [date for label in labels if len(date := _date_words(label, words)) <= _DATE]
    return Counter(frozenset(part) for date in short for size in range(1, len(date) + 1) for part in combinations(date, size))


def _above(guide: Guide) -> dict[str, str]:
    """What stands above the lead-in of a fact: "Test" below "Diabetes insipidus" leads to more than one line."""
    last: dict[tuple[str, str], Fact] = {}
    found: dict[str, str] = {}
    for fact in guide.facts:
        parent = last.get((fact.topic, normal(fact.under))) if fact.under else None
        if parent is not None and parent.under and parent.span.col < fact.span.col:
            found[fact.id] = " · ".join(filter(None, (found.get(parent.id, ""), parent.under)))
        if isinstance(fact, Point) and fact.label:
            last[fact.topic, normal(plain(fact.label))] = fact
    return found


def _short(questions: Iterable[str]) -> list[str]:
    """Questions that can only be about what they name: a longer one names much in passing."""
    return [question for question in questions if len(tokens(question)) <= _ABOUT]


def _among(guide: Guide, texts: Iterable[str]) -> frozenset[str]:
    """Labels of points that stand in one of some texts."""
    labels = {normal(plain(fact.label)) for fact in guide.facts if isinstance(fact, Point)} - {""}
    longest = max((label.count(" ") + 1 for label in labels), default=0)
    told: set[str] = set()
    for text in texts:
        words = normal(text).split(" ")
        told.update(" ".join(words[at : at + size]) for size in range(1, longest + 1) for at in range(len(words) - size + 1))
    language = vocabulary(guide.language, guide.words)
    return frozenset(label for label in labels if label in told or other_number(label, language) in told)


def _named(guide: Guide) -> dict[str, str]:
    found: dict[str, str] = {}
    for topic in guide.topics:
        for name in filter(None, (topic.name, topic.title, *topic.aliases, topic.expansion)):
            found.setdefault(normal(name), topic.key)
    return found
