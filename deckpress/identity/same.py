"""How alike an old and a new fact must be to be taken for one.

Measured on hand-made revisions of several guides (typos, rewordings, look-alikes, facts that took another's place). What a fact
names is worth more than how many words it shares: who reworded a line kept its names, who replaced it did not.
"""

from collections import Counter

from ..likeness import likeness
from ..words import exact, normal
from .heads import (
    BRACKETS,
    NUMBER,
    Known,
    Piece,
    apart,
    is_topic,
    numbers_in,
    one_inside,
    other_head,
    other_row,
    other_term,
    parts_of,
    tells_amounts,
)
from .names import OTHER_LABEL, UNIT, bare, names_differ, names_in, numbers_changed
from .signs import Context, denies, exchanged, longer_label, loses_its_numbers, say_other_things, strange, tells_enough

# Likeness from which two texts are taken for one: anywhere; in one topic; in one section of it, or with one label or answer.
ANYWHERE, IN_TOPIC, IN_SECTION, ALONE, PART_NAMED, NAMED_OTHERWISE, NAMED = 0.55, 0.45, 0.40, 0.38, 0.33, 0.45, 0.25
# More is needed where one asks and the other tells, where labels or numbers have changed, where one says no.
OTHER_FORM, OTHER_HEAD, DENIED, OTHER_NUMBER = 0.7, 0.8, 0.75, 0.7
UNEVEN = 0.15  # more is needed where one text is more than twice as long as the other
BUT_NUMBERS = 0.6  # likeness, numbers aside, of two texts under one label from which the numbers were only corrected
TOGETHER = 0.35  # likeness of two texts under one label from which it makes them one
COUNTED = 0.3  # likeness of two texts under one label, of which only one has numbers, below which the label alone does not do
FIGURES = 3  # numbers that no two facts of a topic share by chance
# Likeness of two texts whose labels are one inside the other, below which that alone does not make them one; and of longer labels.
PART_TOLD, MORE_TOLD = 0.2, 0.3


def needed(one: Piece, other: Piece, guide: Context) -> float:
    """The likeness that this pair needs to be taken for one fact; above 1 where it can only be another."""
    if wanted := _surely_one(one, other, guide.words):
        return wanted
    if wanted := _unlike(one, other, guide):
        return wanted
    differ = names_differ(one, other, guide.common, guide.words)
    if one.asks and differ and denies(one, guide) != denies(other, guide):
        differ = OTHER_LABEL
    named = one.topic == other.topic and normal(one.head) not in guide.words.generic
    if named and _same_and_single(one, other, guide.heads, one.name, other.name):
        return _of_one_head(one, other, differ, guide)
    if differ or one.topic != other.topic:
        return differ or (IN_TOPIC if _same_answer(one, other) else ANYWHERE)
    return _in_topic(one, other, guide) if one.asks else _of_two_labels(one, other, guide, named)


def _surely_one(one: Piece, other: Piece, words: Known) -> float:
    """The likeness that two facts need with the same figures, or of which one asks what the other one's label names; else 0."""
    if one.asks != other.asks:
        return IN_TOPIC if _asks_for(one, other, words) else 0.0
    plain_lines = not one.asks and max(len(one.texts), len(other.texts)) < 3  # a row or a question is more than its numbers
    return NAMED if one.topic == other.topic and plain_lines and same_figures(one, other) else 0.0


def _asks_for(one: Piece, other: Piece, words: Known) -> bool:
    """Whether one asks what the other one's label names: "What is duck typing?" is "Duck typing: …", asked."""
    asked, told = (one, other) if one.asks else (other, one)
    here, there = parts_of(asked.head, words), parts_of(told.head, words)
    return bool(there) and there <= here and len(here - there) <= 1


def same_figures(one: Piece, other: Piece) -> bool:
    """Whether both tell the same three numbers or more: who puts another fact in a place has other numbers."""
    here, there = (numbers_in(" ".join(piece.texts)) for piece in (one, other))
    return here == there and len(here) >= FIGURES


def _of_one_head(one: Piece, other: Piece, differ: float, guide: Context) -> float:
    """The likeness that two facts need whose label or question no other fact of their topic has."""
    if differ >= OTHER_LABEL and len(one.texts) < 3:
        return differ
    here, there = (NUMBER.sub("", UNIT.sub("", piece.body)).strip() for piece in (one, other))
    if numbers_changed(one, other) and here != there and likeness(here, there) < BUT_NUMBERS:
        return OTHER_NUMBER
    counts = tells_amounts(one.body) != tells_amounts(other.body)  # only one of them is about numbers
    unlike = not _hold_together(one, other, guide) or (counts and likeness(one.body, other.body) < COUNTED)
    return NAMED_OTHERWISE if (differ and len(one.texts) < 3) or unlike else NAMED


def _of_two_labels(one: Piece, other: Piece, guide: Context, named: bool) -> float:
    """The likeness that two lines of one topic need whose labels are not the same."""
    if apart(one.head, other.head, guide.words):
        return ANYWHERE  # what was said below a label is the label now, or the other way round
    if named and one_inside(one.head, other.head):
        enough = MORE_TOLD if longer_label(one, other, guide) else PART_TOLD
        return PART_NAMED if likeness(one.body, other.body) >= enough else ANYWHERE
    return _in_topic(one, other, guide)


def _unlike(one: Piece, other: Piece, guide: Context) -> float:
    """The likeness that two facts need of which one asks, or whose labels, terms or rows are not the same, 0 where they may be."""
    if one.asks != other.asks:
        return OTHER_FORM
    if not _agree(one, other, guide):
        return 2.0
    if one.asks:  # other figures are another task, unless its answer stays
        here, there = numbers_in(one.head), numbers_in(other.head)
        return 1.0 if here - there and there - here and exact(one.body) != exact(other.body) else 0.0
    if one.head and other.head and max(len(one.texts), len(other.texts)) < 3 and strange(one, other, guide.words):
        return 1.0
    leads = guide.heads[1][other.topic, other.name] > 1  # to several lines
    if (other_term(one, other, guide.words, guide.used) and not leads) or (other_row(one, other) and len(one.texts) >= 3):
        return 1.0  # a term or a row is what its head names, however alike the rest is
    return OTHER_HEAD if other_head(one, other, guide.words) else 0.0


def _in_topic(one: Piece, other: Piece, guide: Context) -> float:
    """The likeness that two facts of one topic need."""
    if (
        one.asks
        and not is_topic(one)
        and _same_and_single(one, other, guide.bodies, bare(one.body, guide.common), bare(other.body, guide.common))
    ):
        return NAMED
    if denies(one, guide) != denies(other, guide):
        return DENIED
    if not one.asks and normal(BRACKETS.sub("", one.body)) == normal(BRACKETS.sub("", other.body)) != "":
        return NAMED  # what brackets explain came or went
    if not one.asks and (numbers_changed(one, other) or loses_its_numbers(one, other)):
        return OTHER_NUMBER
    sizes = sorted(len(" ".join(piece.texts)) for piece in (one, other))
    answered = one.asks and one_inside(one.body, other.body)
    more = UNEVEN if 2 * sizes[0] < sizes[1] and not answered else 0.0
    place = (one.topic, one.section)
    if one.section != other.section:
        return IN_TOPIC + more
    return more + (ALONE if guide.places[0][place] == guide.places[1][place] == 1 else IN_SECTION)


def _hold_together(one: Piece, other: Piece, guide: Context) -> bool:
    """Whether two lines under one label have much in common, or a word that hardly another line of the guide has.

    Who puts another fact under a label writes of the same things: "cholesterol: … animal membranes", "… hardly in plant membranes".
    """
    if likeness(one.body, other.body) >= TOGETHER or one_inside(one.body, other.body) or len(one.texts) > 2:
        return not say_other_things(one, other)
    return tells_enough(one, other, guide)


def _same_and_single(
    one: Piece, other: Piece, counts: tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]], here: str, there: str
) -> bool:
    """Whether label or answer is the same, and no other fact of the topic that is still open has it."""
    left, right = (one.topic, normal(here)), (other.topic, normal(there))
    return bool(left[1]) and left == right and counts[0][left] == 1 and counts[1][right] == 1


def _agree(one: Piece, other: Piece, guide: Context) -> bool:
    """Another answer is another fact, however alike the questions are; another label too, unless the texts are alike."""
    if one.asks:
        new, was = f" {normal(one.body)} ", f" {normal(other.body)} "
        names, before = (names_in(piece.body, guide.words.capital_nouns) for piece in (one, other))
        enough = 0.45 if len(names) > 1 and names == before else 0.6
        if new in was or was in new:
            return True
        return likeness(one.body, other.body) >= enough and not (
            exchanged(one.head, other.head, guide) and exchanged(one.body, other.body, guide)
        )
    return not other_head(one, other, guide.words) or likeness(one.body, other.body) >= 0.6


def _same_answer(one: Piece, other: Piece) -> bool:
    """Whether both ask for the same, and it is no topic: of those many questions have the same answer."""
    if not one.asks or is_topic(one) or is_topic(other):
        return False
    return normal(one.body) == normal(other.body) or one_inside(one.body, other.body)
