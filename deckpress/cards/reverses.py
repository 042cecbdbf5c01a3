"""Whether what a topic is can be asked the other way round: its name must not show, and no other topic be meant as well."""

import re

from ..inline import sentences
from ..markup import plain
from ..model import Definition, Fact, Question, Text, Topic
from ..words import stem, tokens
from .answers import definition_of
from .parts import in_other_form
from .subject import Subject

_TELLS = 2  # words that a definition says besides its heading's
_LOOKED_UP, _LINES = 4, 200  # rarest words of a definition by which others are found, and lines of each
_NEARLY = 0.6  # share of a definition's words in another topic's, from which both could be meant


def against_reverse(first: Text, topic: Topic, subject: Subject, wanted: bool) -> str:
    """Why it cannot; `wanted`: the author asks for both ways."""
    if spells_out(first, topic.name, subject):
        return "its text spells the name out"
    if asks_itself(topic.name, subject):
        return "its heading is a question"
    if subject.words.starts_with(plain(first), "among", "words"):
        return "it only says among what it is"
    if in_other_form(topic.name, first, subject):
        return "its text has its name in another form"
    if not wanted and (why := _told_elsewhere(first, topic, subject)):
        return why
    return "" if subject.identifiable else "the topics are chapters: nobody could tell which"


def _told_elsewhere(first: Text, topic: Topic, subject: Subject) -> str:
    """Which other definition, or which of the topic's questions, says what this one does."""
    if other := _defined_alike(first, topic, subject):
        return f"what {other} is says nearly the same"
    scenario = next((other for other in topic.facts if _asks_the_same(other, first, topic, subject)), None)
    return f"the question of line {scenario.span.line} asks the same" if scenario else ""


def _defined_alike(first: Text, topic: Topic, subject: Subject) -> str:
    """The name of another topic whose definition has most words of this one, each counted once."""
    told = subject.telling(first, topic)
    if len(told) <= _TELLS:
        return ""
    rare = sorted(told, key=lambda word: (len(subject.users.get(word, ())), word))[:_LOOKED_UP]
    lines = {line for word in rare for line in subject.users.get(word, ())[:_LINES] if subject.topic_of[line] != topic.key}
    for line in sorted(lines, key=lambda one: subject.place_of[one]):
        other, found = subject.topics[subject.topic_of[line]], subject.facts[line]
        if isinstance(found, Definition) and definition_of(other) is found:
            theirs = set(subject.stems(sentences(found.text)[0]))
            if len(told & theirs) >= _NEARLY * len(told):
                return other.name
    return ""


def _asks_the_same(fact: Fact, text: Text, topic: Topic, subject: Subject) -> bool:
    """Whether a situation of the author, answered by the topic, has most of its words in the definition."""
    if not isinstance(fact, Question) or subject.topic_named(fact.answer) is not topic:
        return False
    words = set(subject.stems(fact.question)) - subject.vendor
    return len(words) > 2 and len(words & set(subject.stems(text))) > 0.8 * len(words)


def asks_itself(name: str, subject: Subject) -> bool:
    """Whether a heading asks already, "What is a cloud?", or is in a script in which the guide's language has no phrase for it."""
    latin = re.match(r"[A-Za-z]", subject.words.phrase("what_is", topic="").strip("¿ "))
    letters = [char for char in name if char.isalpha()]
    foreign = bool(latin) and sum(char > "\u036f" for char in letters) > len(letters) // 2
    return foreign or name.rstrip().endswith(("?", "？"))


def spells_out(text: Text, name: str, subject: Subject) -> bool:
    """Whether words side by side begin as the letters of a name do: "Web application firewall", "AWS WAF"."""
    letters = "".join(word[0] for word in tokens(plain(text)))
    short = [word.lower() for word in name.split() if word.isupper() and word.isalpha() and len(word) > 2]
    great = "".join(word[0] for word in plain(text).split() if word[:1].isupper()).lower()
    counted = [found[1].lower() for word in name.split() if (found := re.fullmatch(r"([A-Z]{2,})\d", word))]  # "EC2"
    counted += [
        found[1].lower() * int(found[2]) for word in name.split() if (found := re.fullmatch(r"([A-Z])([2-4])", word))
    ]  # "S3"
    return any(word in letters for word in short if stem(word) not in subject.vendor) or any(word in great for word in counted)
