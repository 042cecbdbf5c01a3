"""The notes of a build: shipped ones as they were or rendered anew, and new ones for the facts that no shipped note covers."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from ..lock import NO_UID, Lock, LockNote, Stamp, shown, with_values
from ..markup import chapter_of, fact_texts, fits_beside, pictures_of, place_words, plain, shared_by, texts_of
from ..model import Candidate, Fact, FactCards, Gap, Guide, Row, Topic
from ..rendering import render
from ..words import normal
from .gaps import keeps_a_number, kept_gaps, numbered
from .inputs import beside_words, fact_words_exact, letters
from .stamps import rebased, stamped
from .sticky import FEWEST, as_shipped, hidden_again, hidden_whole, masks_of

# Note ids are milliseconds to Anki: ten plausible years from 2012, in steps that leave room for the cards of a note.
_FIRST, _STEP, _STEPS = 1_325_376_000_000, 64, 4_930_000_000
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Context:
    """What all notes of a build are made with. `homeless` are facts that a shared card may take in: new or changed, and on none."""

    guide: Guide
    topics: dict[str, Topic]
    facts: dict[str, Fact]
    lock: Lock
    now: int
    refresh: bool
    homeless: set[str]
    edited: frozenset[str]  # facts whose words have changed since they were last built
    media: Mapping[str, str] = field(default_factory=dict)  # names of pictures in the package, by their sources
    read_before: Mapping[str, str] = field(default_factory=dict)  # letters of the facts, where another version wrote the lock
    headings: Set[str] = frozenset()  # normal words of all headings

    def again(self, note: LockNote, offered: Mapping[str, FactCards]) -> tuple[LockNote | None, Candidate | None]:
        """The shipped note as it goes out this time, and what it asks today; None when its facts have left or are not wanted."""
        living = self._living(note)
        if not living:
            return None, None
        candidate = self._same_slot(note, living, offered)
        if candidate is not None and candidate.parts:
            candidate = self._with_members(candidate, living)
        elif candidate is not None:
            self.homeless.difference_update(candidate.facts)
        if candidate is not None and candidate.reverse and "both" not in self.facts[candidate.facts[0]].marks:
            # as many sides as it had
            candidate = replace(candidate, one_way="" if 1 in note.cards else "it has shipped with one side")
        members = candidate.facts if candidate is not None else tuple(living)
        told = (*note.quotes, *note.look_alikes, *note.rivals)
        topic = candidate.topic if candidate else self.facts[members[0]].topic
        inputs = self._inputs(members, topic, told, candidate.around if candidate else (), bool(note.chapter))
        shipped = note.shipped
        if inputs == shipped.inputs and not note.merged and set(members) == set(note.facts) and not self.refresh:
            return note, candidate
        if set(members) == set(note.facts) and self._reads_otherwise(
            note, (*members, *told, *(candidate.around if candidate else ()))
        ):
            return rebased(note, inputs), candidate
        if candidate is None:
            return (None if inputs != shipped.inputs else note), None
        made = as_shipped(candidate, None if self.refresh else note)
        if made.type == "choice" and len(made.options) < FEWEST + 1 and made.rivals:
            return None, None
        return stamped(self._render(made, note), note, self.edited, self.now), candidate

    def _reads_otherwise(self, note: LockNote, told: Sequence[str]) -> bool:
        """Whether the lines of a note say what they said, letter by letter, below a heading that is still there.

        Then another version has read them otherwise, parted a label or given them to a topic: no reason to touch a learner's note.
        """
        if self.refresh or note.merged or not {note.topic, normal(note.chapter)} <= self.headings:
            return False
        return all(fact is not None and self._is_known(fact) for fact in map(self.facts.get, told))

    def _is_known(self, fact: Fact) -> bool:
        """Whether a line has the letters that it had, and no pictures, links or marks, which the lock does not tell."""
        bare = not pictures_of(fact) and not fact.marks and not any(beside_words(texts_of(fact)))
        said = {letters(fact_texts(fact))}
        if isinstance(fact, Row):  # a row of two columns may have been a label and its text
            said |= {
                letters([plain(cell) for _, cell in fact.cells]),
                letters([plain(fact.label), *(plain(cell) for _, cell in fact.cells)]),
            }
        return bare and self.read_before.get(fact.id) in said

    def find_homes(self, notes: Sequence[LockNote], offered: Mapping[str, FactCards], changed: frozenset[str]) -> None:
        """Finds the facts without a home: what changed and no note holds, and what was moved away from its shared note."""
        held: set[str] = set()
        left: set[str] = set()
        for note in notes:
            living = [] if note.gone else self._living(note)
            candidate = self._same_slot(note, living, offered)
            away = set(living) - {fact for fact, _ in candidate.parts} if candidate is not None and candidate.parts else set()
            held |= set(living) - away
            left |= away
        self.homeless.update(fact for fact in self.facts if fact in (changed | left) - held)

    def _living(self, note: LockNote) -> list[str]:
        return [fact for fact in note.facts if fact in self.facts and "no-card" not in self.facts[fact].marks]

    def _with_members(self, candidate: Candidate, living: Sequence[str]) -> Candidate:
        """A shared card with the facts that it had, and with new ones of its section while they fit."""
        told = dict(candidate.parts)
        members = [fact for fact in living if fact in told]
        for fact, text in candidate.parts:
            free = fact in self.homeless and fact not in members and "no-card" not in self.facts[fact].marks
            if free and fits_beside([told[member] for member in members], text, candidate.room):
                members.append(fact)
        self.homeless.difference_update(members)
        return shared_by(candidate, members) if members else candidate

    def _same_slot(self, note: LockNote, living: Sequence[str], offered: Mapping[str, FactCards]) -> Candidate | None:
        """What the note would be made of today: of its own rule if that still fits, else of any that fills its slot.

        A shared note stays with the section where most of its facts are, and stays shared where no rule joins them any more.
        """
        offers = [
            candidate
            for fact in living
            for candidate in (offered[fact].candidates if fact in offered else ())
            if (candidate.type, candidate.slot) == (note.type, note.slot) and candidate.fillable
        ]
        fitting = [mine for candidate in offers if (mine := self._of_its_own(candidate, living))]
        own = [candidate for candidate in fitting if candidate.rule == note.rule] or fitting[:1]
        alone = len(living) > 1 and all(len(candidate.facts) == 1 for candidate in own)
        if note.type == "cloze" and (alone or not any(keeps_a_number(candidate, note.gaps, note.fields[0]) for candidate in own)):
            every = [one for fact in living if fact in offered for one in offered[fact].candidates]
            bare = [one for one in every if one.slot == "cloze" and one.opening and not one.parts]
            again = hidden_again(bare, note.gaps) or (None if own else hidden_whole(bare))
            own = [again] if again else own
        elif note.type == "cloze" and len(note.gaps) > 1 and len(living) == 1:  # a list of four that has three left
            bare = [one for one in offers if one.opening and not one.parts]
            again = hidden_again(bare, note.gaps)
            fewer = again and kept_gaps(again, note.gaps) > max((kept_gaps(one, note.gaps) for one in own), default=0)
            own = [again] if again and fewer else own

        def fit(candidate: Candidate) -> tuple[int, bool, bool, bool]:
            told = sum(fact in living for fact, _ in candidate.parts)
            return told, normal(self.topics[candidate.topic].name) == note.topic, candidate.apt, not candidate.refused

        best = max(own, key=fit, default=None)
        if best is None or best.parts or len(living) < 2 or best.rule != "identify":
            return best
        told = {c.facts[0]: tuple(part for part in c.prompt if not isinstance(part, Gap)) for c in own if c.rule == best.rule}
        return shared_by(replace(best, parts=tuple(told.items())), tuple(told))

    def _of_its_own(self, candidate: Candidate, living: Sequence[str]) -> Candidate | None:
        """The candidate without the facts that have a card of their own elsewhere: it may tell them, but does not ask them."""
        others = {fact for fact in candidate.facts if fact not in living and fact not in self.homeless}
        if candidate.parts or not others:
            return candidate
        own = tuple(fact for fact in candidate.facts if fact not in others)
        if candidate.facts[0] in others:
            return None
        return replace(candidate, facts=own, around=(*candidate.around, *(fact for fact in candidate.facts if fact in others)))

    def fresh(
        self, offered: Sequence[FactCards], covered: set[str], old: dict[str, LockNote]
    ) -> Iterator[tuple[LockNote, Candidate]]:
        """New notes for the facts that no shipped note covers: the first card that fits, and those that stand beside it."""
        taken, named = {note.note_id for note in old.values()}, set(old)
        for cards in offered:
            if cards.fact in covered:
                continue
            fit = [candidate for candidate in cards.candidates if candidate.apt and not candidate.refused]
            first = next((one for one in (_uncovered(c, covered) for c in fit if not c.beside) if one), None)
            beside = [candidate for candidate in fit if candidate.beside and self._enough(candidate)]
            for candidate in [*([first] if first else []), *(beside if first else beside[:1])]:
                covered.update(candidate.facts)
                yield self._new(candidate, named, taken), candidate

    def _enough(self, candidate: Candidate) -> bool:
        return not candidate.rivals or len(as_shipped(candidate, None).options) > FEWEST

    def _new(self, candidate: Candidate, named: set[str], taken: set[int]) -> LockNote:
        key = f"{candidate.group}:{candidate.slot}"
        while key in named:  # the name of a note with other facts
            key += "+"
        named.add(key)
        guid = self._guid(key)
        number = note_id(guid, taken)
        taken.add(number)
        empty = LockNote(
            id=key, guid=guid, type=candidate.type, slot=candidate.slot, rule=candidate.rule, facts=(), topic="", inputs="",
            tags=(), cards=(), note_id=number, card_id=number, time=0,
        )  # fmt: skip
        return self._render(as_shipped(candidate, None), empty)

    def _render(self, candidate: Candidate, was: LockNote) -> LockNote:
        """The note of a candidate under the identity of `was`."""
        numbers, gaps = numbered(candidate, was.gaps, was.fields[0] if was.fields else "")
        quotes = tuple(dict.fromkeys(quote.fact for quote in candidate.extra if quote.fact not in candidate.facts))
        look_alikes = tuple(quote.fact for quote in candidate.look_alikes)
        rivals = tuple(rival.fact for rival in candidate.rivals)
        fields, tags, cards = render(candidate, was.id, self.guide, self.topics[candidate.topic], self.facts, numbers, self.media)
        told = (*quotes, *look_alikes, *rivals)
        chapter = chapter_of(self.topics[candidate.topic])
        return with_values(
            was, rule=candidate.rule, facts=candidate.facts, topic=normal(self.topics[candidate.topic].name),
            inputs=self._inputs(candidate.facts, candidate.topic, told, candidate.around, bool(chapter)),
            fields=fields, tags=tags, cards=cards,
            stamps=dict.fromkeys((*candidate.facts, *told), Stamp()),
            time=self.now, shown=shown(fields, tags),
            quotes=quotes, look_alikes=look_alikes, rivals=rivals, chapter=chapter, masks=masks_of(candidate), gaps=gaps, gone=0,
        )  # fmt: skip

    def _inputs(self, facts: Sequence[str], topic: str, told: Sequence[str], around: Sequence[str], below: bool) -> str:
        """Hash of the words that a note is made of: never place, kind, file name, template or version.

        The chapter's name is one of them where it was rendered `below` one: notes that were shipped without stay as they are.
        """
        words = [self.topics[topic].name if topic in self.topics else ""]
        words += [chapter_of(self.topics[topic])] if below and topic in self.topics else []
        for id_ in (*facts, *told, *around):
            fact = self.facts.get(id_)
            shown = "".join(self.media.get(picture.source, "") for picture in pictures_of(fact)) if fact else ""
            place = place_words(fact, self.topics[fact.topic], self.guide) if fact and fact.topic in self.topics else ""
            words.append(f"{fact_words_exact(fact)}{fact.marks}{shown}{place}" if fact else "")
        return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]

    def _guid(self, key: str) -> str:
        if self.lock.header.uid == NO_UID:
            return ""
        digest = hashlib.sha256(f"{self.lock.header.uid}\x1f{self.lock.header.guide}\x1f{key}".encode()).digest()
        number, out = int.from_bytes(digest[:8], "big"), ""
        while number:
            number, rest = divmod(number, 62)
            out += _ALPHABET[rest]
        return out or "0"


def _uncovered(candidate: Candidate, covered: set[str]) -> Candidate | None:
    """The candidate with those facts that stand on no card yet; None where too few are left of it."""
    if covered.isdisjoint(candidate.facts):
        return candidate
    members = tuple(fact for fact in candidate.facts if fact not in covered)
    if not candidate.parts or len(members) < 2:
        return None
    return replace(shared_by(candidate, members), group=members[0])


def note_id(guid: str, taken: set[int]) -> int:
    """A plausible time in milliseconds that no other note has, 0 without a GUID."""
    if not guid:
        return 0
    step = int.from_bytes(hashlib.sha256(guid.encode()).digest()[:8], "big") % _STEPS
    while _FIRST + step * _STEP in taken:
        step = (step + 1) % _STEPS
    return _FIRST + step * _STEP
