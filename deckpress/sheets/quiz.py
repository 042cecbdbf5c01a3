"""All questions of a guide as an exam: grouped by topic or shuffled, with a key that has explanations and sheet numbers."""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import groupby

from ..markup import plain
from ..model import Guide, MultipleChoice, Question, Topic
from ..words import vocabulary
from .shapes import Asked, Item, Look, Quiz
from .topics import asked_of, choice_of


def quiz_of(guide: Guide, sheets: Mapping[str, int], look: Look, seed: str = "") -> Quiz | None:
    """The quiz; None where the guide asks nothing. `sheets` are the sheets' numbers by topic; with a `seed` it is shuffled."""
    asked = [(topic, one) for topic in guide.topics for one in _asked(topic)]
    if not asked:
        return None
    if seed:  # an order that the words and the seed give, the same on every machine
        asked.sort(key=lambda pair: hashlib.sha256(f"{seed}\x1f{plain(pair[1].question)}".encode()).digest())
    items = [Item(number, one, topic.name, sheets.get(topic.key, 0)) for number, (topic, one) in enumerate(asked, 1)]
    by_topic = groupby(items, key=lambda item: "" if seed else item.topic)
    groups = tuple((name, tuple(group)) for name, group in by_topic)
    words = vocabulary(guide.language, guide.words)
    told = {name: words.sheet(name) for name in words.data["sheet"]}
    return Quiz(guide.title, groups, told, look)


def _asked(topic: Topic) -> Iterator[Asked]:
    for fact in topic.facts:
        if isinstance(fact, MultipleChoice):
            yield choice_of(fact)
        elif isinstance(fact, Question):
            yield asked_of(fact)
