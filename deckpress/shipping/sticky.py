"""What a note keeps once it has shipped: the numbers of its gaps, its hidden words, what it quotes, its wrong options.

Their words follow the guide; which they are does not, unless the author asks for it (`--refresh`).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..inline import between, cut, raw
from ..likeness import likeness
from ..lock import LockNote
from ..markup import plain, shared_by
from ..model import Candidate, Gap, Inline, Mask, Option, Quote, Rival, Text
from ..words import normal, stem

REWORDED = 0.4  # likeness of a whole statement that was hidden and what it says now
WHOLE = 0.6  # length of a gap, beside that of its statement, from which nearly all of it was hidden
SHORT = 6  # words of a statement that is not cut
LOOK_ALIKES, RIVALS, FEWEST = 2, 3, 2  # shown at most; wrong options at most and at least


def hidden_again(statements: Sequence[Candidate], known: tuple[tuple[int, str], ...]) -> Candidate | None:
    """A cloze of statements that no rule would make one of any more: what it hid is hidden again where it still stands.

    A statement that was hidden as a whole and has been worded anew is hidden as a whole; things that were hidden together are found
    in another order.
    """
    parts: list[tuple[str, tuple[Inline | Gap, ...]]] = []
    for one in statements:
        text = (*one.opening, *(part for part in one.prompt if not isinstance(part, Gap)))
        told, lead = raw(text), len(raw(one.opening))
        spans = sorted(span for _, gap in known if (span := _place(gap, told)))
        spans = [span for at, span in enumerate(spans) if all(span[0] >= end for _, end in spans[:at])]
        if not spans and any(len(gap) >= WHOLE * len(told[lead:]) and likeness(gap, told[lead:]) >= REWORDED for _, gap in known):
            spans = [(lead, len(told))]
        if not spans:
            spans = [span for _, gap in known[:1] if (span := _in_another_order(gap, told))]
        parts.append((one.facts[0], tuple(_gapped(text, spans))))
    if not any(isinstance(part, Gap) for _, pieces in parts for part in pieces):
        return None
    return _joined(statements[0], parts)


def hidden_whole(statements: Sequence[Candidate]) -> Candidate | None:
    """The last resort: of statements that lost every word that was hidden, the end of the first is asked for."""
    if not statements:
        return None
    parts = [(one.facts[0], one.prompt) for one in statements]
    first = tuple(part for part in statements[0].prompt if not isinstance(part, Gap))
    at = _end_of(raw(first))
    parts[0] = (parts[0][0], (*statements[0].opening, *between(first, 0, at), Gap(cut(first, at))))
    return _joined(statements[0], parts)


def _end_of(told: str) -> int:
    """Where the end of a statement begins: behind the comma or the word that is next to its middle; 0 in a short one."""
    words = [found.start() for found in re.finditer(r"(?<=\s)\S", told)]
    if len(words) < SHORT:
        return 0
    middle = len(told) / 2
    joints = [at for at in words if told[:at].rstrip()[-1:] in ",;:–—" and len(told) / 4 <= at <= 3 * len(told) / 4]
    return min(joints or words, key=lambda at: abs(at - middle))


def _in_another_order(gap: str, told: str) -> tuple[int, int] | None:
    """Where all words of three letters and more of a gap stand side by side, with hardly anything between them."""
    wanted = {stem(word) for word in normal(gap).split(" ") if len(word) > 2}
    found = [(stem(word[0].lower()), word.start(), word.end()) for word in re.finditer(r"[\w’'-]+", told)]
    for size in range(len(wanted), len(normal(gap).split(" ")) + 2):
        for at in range(len(found) - size + 1):
            here = found[at : at + size]
            if len(wanted) > 1 and wanted <= {word for word, _, _ in here}:
                return here[0][1], here[-1][2]
    return None


def _joined(first: Candidate, parts: Sequence[tuple[str, tuple[Inline | Gap, ...]]]) -> Candidate:
    """A cloze of some statements, one below the other."""
    made = replace(first, parts=tuple(parts), opening=(), joint="\n", fillable=True)
    return replace(shared_by(made, [fact for fact, _ in parts]), parts=())


def _place(gap: str, told: str) -> tuple[int, int] | None:
    """Where a text that was hidden stands as whole words, or in another number or case: "EC2 instances", "an EC2 instance"."""
    words = r"\s+".join(map(re.escape, gap.split()))
    found = re.search(rf"(?<!\w){words}(?!\w)", told) if words else None
    inflected = r"\s+".join(re.escape(stem(word)) + r"\w{0,3}" for word in gap.lower().split())
    found = found or (re.search(rf"(?<!\w){inflected}(?!\w)", told, re.IGNORECASE) if words else None)
    return found.span() if found else None


def _gapped(text: Text, spans: Sequence[tuple[int, int]]) -> Iterator[Inline | Gap]:
    at = 0
    for start, end in spans:
        yield from between(text, at, start)
        yield Gap(cut(text, start, end))
        at = end
    yield from between(text, at, len(raw(text)))


def as_shipped(candidate: Candidate, was: LockNote | None) -> Candidate:
    """The candidate with what the note quotes, hides and offers as it was; the best of each where it is new (`was` is None)."""
    extra, look_alikes, rivals = candidate.extra, candidate.look_alikes[:LOOK_ALIKES], _safe(candidate.rivals)
    if was is not None:
        look_alikes = _kept(candidate.look_alikes, was.look_alikes)
        rivals = tuple(rival for rival in candidate.rivals if rival.fact in was.rivals)
        candidate = _hidden_as(candidate, was.masks)
    options = _options(candidate, rivals) if candidate.rivals else _mixed(candidate)
    if candidate.rivals:  # what the answer is stands beside its option
        extra = extra[1:]
    return replace(candidate, extra=extra, look_alikes=look_alikes, rivals=rivals, options=options)


def _kept(offered: Sequence[Quote], shipped: Sequence[str]) -> tuple[Quote, ...]:
    return tuple(quote for quote in offered if quote.fact in shipped)


def _safe(rivals: Sequence[Rival]) -> tuple[Rival, ...]:
    return tuple(rival for rival in rivals if not rival.refused)[:RIVALS]


def _options(candidate: Candidate, rivals: Sequence[Rival]) -> tuple[Option, ...]:
    """The right option among the wrong ones, in an order that only their words decide."""
    right = Option("", candidate.answer, correct=True, reason=candidate.extra[0].text if candidate.extra else ())
    options = [right, *(Option("", rival.text, correct=False, reason=rival.reason) for rival in rivals)]
    asked = plain(part for part in candidate.prompt if not isinstance(part, Gap))
    return tuple(sorted(options, key=lambda option: scattered(asked, plain(option.text))))


def _mixed(candidate: Candidate) -> tuple[Option, ...]:
    """The author's options in an order that tells nothing, unless they must keep theirs: a card without scripts is fair too."""
    if candidate.fixed:
        return candidate.options
    asked = plain(part for part in candidate.prompt if not isinstance(part, Gap))
    return tuple(sorted(candidate.options, key=lambda option: scattered(asked, plain(option.text))))


def scattered(*words: str) -> str:
    """A place in an order that tells nothing: a hash of words, never of an id."""
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


def masks_of(candidate: Candidate) -> dict[str, bool]:
    """The words of the topic's name that the candidate quotes, and whether they are hidden."""
    parts = (*candidate.prompt, *candidate.reverse)
    return {_word(part): part.hidden for part in parts if isinstance(part, Mask)}


def _word(mask: Mask) -> str:
    return " ".join(stem(word) for word in normal(mask.text).split(" "))


def _hidden_as(candidate: Candidate, masks: dict[str, bool]) -> Candidate:
    def again(part: Inline | Gap) -> Inline | Gap:
        return Mask(part.text, masks.get(_word(part), part.hidden)) if isinstance(part, Mask) else part

    reverse: Text = tuple(part for part in map(again, candidate.reverse) if not isinstance(part, Gap))
    return replace(candidate, prompt=tuple(map(again, candidate.prompt)), reverse=reverse)
