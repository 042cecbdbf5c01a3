"""The numbers of a cloze's deletions: to Anki they are identities, and a card's history hangs on its number."""

import re
from collections.abc import Iterator

from ..inline import raw
from ..likeness import likeness
from ..markup import DELETION, plain, read_of
from ..model import Candidate, Gap, Inline
from ..words import normal

SAME_GAP = 0.5  # likeness of two hidden texts from which they are one
_CELL = re.compile(r"<br>((?:[^<>{}]|</?\w+>)+?[:?？](?:</\w+>)?) \{\{c(\d+)::")
_Place = tuple[tuple[str, ...], tuple[str, ...]]
_NOWHERE: _Place = ((), ())


def numbered(
    candidate: Candidate, known: tuple[tuple[int, str], ...], shipped: str
) -> tuple[tuple[int, ...], tuple[tuple[int, str], ...]]:
    """Numbers for the deletions of a cloze, in their order, and all that the note ever had: a number stays with what it hides.

    A cell of a row goes on below the head of its column, whatever it says now; `shipped` is the text as it was, with its deletions.
    """
    texts = _hidden(candidate)
    if not texts:
        return (), known
    numbers = _going_on(candidate, dict(known), shipped)
    if known and not numbers:  # all that it hid is gone: the first card goes on, of what the same fact says now
        numbers[0] = min(number for number, _ in known)
    following = max([number for number, _ in known], default=0) + 1
    for at in range(len(texts)):
        if at not in numbers:
            numbers[at], following = following, following + 1
    gaps = {**dict(known), **{numbers[at]: text for at, text in enumerate(texts)}}
    return tuple(numbers[at] for at in range(len(texts))), tuple(sorted(gaps.items()))


def _going_on(candidate: Candidate, free: dict[int, str], shipped: str) -> dict[int, int]:
    """Numbers of the deletions, by their places, that hide what they hid before: the same, much the same, or in the same place.

    "12 to 16 hours" is the number that "10 to 14 hours" was: the words beside it say which one is meant.
    """
    texts, heads, places = _hidden(candidate), list(_heads(candidate)), list(_places(candidate))
    was = {int(found[1]): _words_beside(shipped[: found.start()], shipped[found.end() :]) for found in DELETION.finditer(shipped)}
    alone = len(texts) == len(free) == 1
    columns = {normal(read_of(head)): int(number) for head, number in _CELL.findall(shipped)}
    numbers: dict[int, int] = {}

    def same(at: int) -> int:
        return next((number for number, was in free.items() if normal(was) == normal(texts[at])), 0)

    def in_column(at: int) -> int:
        number = columns.get(heads[at], 0)
        return number if number in free else 0

    def take(at: int, number: int) -> None:
        if number and at not in numbers and number in free:
            numbers[at] = number
            del free[number]

    for at in range(len(texts)):
        take(at, same(at))
    near = [(likeness(was, texts[at]), number, at) for number, was in free.items() for at in range(len(texts)) if at not in numbers]
    for score, number, at in sorted(near, key=lambda pair: (-pair[0], pair[1], pair[2])):  # the best first, not the first good one
        if alone or score >= SAME_GAP:
            take(at, number)
    for at in range(len(texts)):
        take(at, in_column(at))
    for at, place in enumerate(places):
        there = [number for number in free if _beside(place, was.get(number, _NOWHERE))]
        take(at, there[0] if len(there) == 1 else 0)
    return numbers


def _heads(candidate: Candidate) -> Iterator[str]:
    """What stands before each deletion of a cloze on its line, where that is the head of a cell."""
    before = ""
    for part in candidate.prompt:
        if isinstance(part, Gap):
            line = before.rpartition("\n")[2]
            yield normal(line) if "\n" in before and line.endswith((": ", "? ", "？ ")) else ""
            before += "…"
        else:
            before += raw((part,))


def _places(candidate: Candidate) -> Iterator[_Place]:
    """The words beside each deletion of a cloze."""
    parts = candidate.prompt
    for at, part in enumerate(parts):
        if isinstance(part, Gap):
            before, behind = (" ".join(_shown(other) for other in others) for others in (parts[:at], parts[at + 1 :]))
            yield _words_beside(before, behind)


def _shown(part: Inline | Gap) -> str:
    return plain(part.text) if isinstance(part, Gap) else plain((part,))


def _words_beside(before: str, behind: str) -> _Place:
    """The two words before a deletion and the two behind it, of what is read of a field's HTML."""
    here, there = (normal(read_of(DELETION.sub(r"\2", text))).split(" ") for text in (before, behind))
    return tuple(here[-2:]), tuple(there[:2])


def _beside(one: _Place, other: _Place) -> bool:
    """Whether two deletions stand before or behind the same words."""
    return any(left == right and any(left) for left, right in zip(one, other, strict=True))


def kept_gaps(candidate: Candidate, known: tuple[tuple[int, str], ...]) -> int:
    """How many deletions of a cloze hide what the note hid, word for word."""
    was = {normal(text) for _, text in known}
    return sum(normal(text) in was for text in _hidden(candidate))


def keeps_a_number(candidate: Candidate, known: tuple[tuple[int, str], ...], shipped: str) -> bool:
    """Whether a cloze hides something that the note hid already: a number that goes on is a card that goes on."""
    return bool(_going_on(candidate, dict(known), shipped))


def _hidden(candidate: Candidate) -> list[str]:
    return [plain(part.text) for part in candidate.prompt if isinstance(part, Gap)]
