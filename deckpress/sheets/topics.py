"""A topic -> its block on a sheet: what it is, when to pick it, its parts in columns, what it is not, questions."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from ..markup import phrase, plain
from ..model import Definition, Fact, Guide, MultipleChoice, Point, Question, Text, Topic
from ..words import Vocabulary, normal
from .parts import halves, parts_of, two_columns
from .shapes import Asked, Block, Columns, Part, Table
from .sizes import WIDTHS, lines_of_block, lines_of_columns

ASKING = ("?", "？", "؟")


def block_of(topic: Topic, slug: str, title: str, revision: int, words: Vocabulary, found: Sequence[Table]) -> Block:
    """The block of a topic. `found` are its tables."""
    what, rest = _what(topic)
    pick, quiz = questions_of(topic)
    wanted = [fact for fact in topic.facts if isinstance(fact, Point) and fact.kind == "when_to_use" and not fact.label]
    pick_title = words.sheet("pick_it_when") if pick or not wanted else wanted[0].section or words.sheet("pick_it_when")
    pick += tuple((*fact.text, *fact.pictures) for fact in wanted)
    parts = [part for section in topic.sections for part in parts_of(section, rest, words)]
    glossary = is_glossary(topic)
    left, right = (tuple(parts), ()) if glossary else two_columns(parts)
    alone = not right and not glossary
    left, right = halves(left) if alone else (left, right)
    columns: Columns = "even" if alone else _columns(left, right)
    titles = {part.title for part in parts}  # a heading that stands above its lines already is not said again above its table
    tables = tuple(replace(table, title="") if table.title in titles else table for table in found)
    lines = lines_of_block(what, pick, left, right, tables, quiz, glossary, columns)
    block = Block(
        slug=slug, name=topic.name, kicker=topic.category or title, expansion=topic.expansion, what=what, pick=pick,
        left=left, right=right, tables=tables, quiz=quiz, revision=revision, glossary=glossary, mark="", lines=lines,
        columns=columns, pick_title=pick_title,
    )  # fmt: skip
    return replace(block, mark=mark_of(block))


def mark_of(block: Block) -> str:
    """Four letters of a hash of all that a block shows: they tell one print from another."""
    shown = replace(block, revision=0, lines=0.0, columns="wide", mark="")
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:4]


def _columns(left: Sequence[Part], right: Sequence[Part]) -> Columns:
    """The widths at which the columns end most evenly; the widest left one where it makes no difference."""
    return min(WIDTHS, key=lambda columns: round(lines_of_columns(left, right, columns))) if right else "wide"


def is_glossary(topic: Topic) -> bool:
    """Whether nearly all that a topic says are terms with their meanings, or words with their translations, and many of them."""
    told = [fact for fact in topic.facts if (isinstance(fact, Definition) and fact.term) or fact.kind == "pair"]
    return len(told) >= 16 and len(told) >= 0.8 * len(topic.facts)


def printed(guide: Guide) -> list[Topic]:
    """The topics that have a sheet: not those that only hold questions, for which there is the quiz."""
    return [topic for topic in guide.topics if topic.facts and not is_quiz(topic)]


def is_quiz(topic: Topic) -> bool:
    """Whether a topic holds nothing but questions."""
    return bool(topic.facts) and all(isinstance(fact, Question | MultipleChoice) for fact in topic.facts)


def _what(topic: Topic) -> tuple[Text, list[Fact]]:
    """The definition that stands under the name, and the facts that are told below."""
    facts = list(topic.facts)
    first = next((fact for fact in facts if isinstance(fact, Definition) and not fact.term), None)
    return ((*first.text, *first.pictures), [fact for fact in facts if fact is not first]) if first else ((), facts)


def questions_of(topic: Topic) -> tuple[tuple[Text, ...], tuple[Asked, ...]]:
    """Situations that this topic answers, which are its reasons to be chosen; and the questions to check oneself with."""
    names = {normal(name) for name in (topic.name, topic.title, *topic.aliases)}
    pick: list[Text] = []
    quiz: list[Asked] = []
    for fact in topic.facts:
        if isinstance(fact, Question):
            situation = not plain(fact.question).endswith(ASKING)
            if situation and normal(plain(fact.answer)) in names:
                pick.append((*phrase(fact.question), *fact.pictures))
            else:
                quiz.append(asked_of(fact))
        elif isinstance(fact, MultipleChoice):
            quiz.append(choice_of(fact))
    return tuple(pick), tuple(quiz)


def asked_of(fact: Question) -> Asked:
    """A question with its answer; a picture belongs to what is asked."""
    return Asked((*fact.question, *fact.pictures), fact.answer, why=fact.explanation)


def choice_of(fact: MultipleChoice) -> Asked:
    """A multiple choice question with its options, and why each is right or wrong where the guide says so."""
    options = tuple((option.key, option.text) for option in fact.options)
    right = tuple(option.key for option in fact.options if option.correct)
    reasons = tuple((option.key, option.reason) for option in fact.options if plain(option.reason))
    return Asked((*fact.question, *fact.pictures), (), options, right, fact.explanation, reasons)
