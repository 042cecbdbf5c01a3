"""What the next import does, what a build changed, what the deck says of itself. Locks and plans in, strings out."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import SequenceMatcher

from ..lock import Change, Lock, Shipment, Unsure
from ..markup import DELETION, escaped, read_of
from ..model import Guide, Settings
from ..words import normal, vocabulary

_MARKED = re.compile(r"(\[-.*?-\]|\{\+.*?\+\})")
_ENDS = ("?", "？", "؟", ":", "：")  # of a question or a label that have their sign
_AROUND = 8  # words shown before and behind a change
_A_DAY = 10  # new cards a day that a learner can keep up with beside a job


@dataclass(frozen=True, slots=True)
class Plan:
    """What the next import does to a learner's collection."""

    path: str
    shipment: Shipment
    lock: Lock
    unsure: Sequence[Unsure]
    lines: Mapping[str, int] = field(default_factory=dict)  # fact id -> its line in the guide


def plan_json(plan: Plan) -> str:
    """One object: counts by status, each note with its old and new question, and what is unsure."""
    words = _words_by_id((plan.lock, plan.shipment.lock))
    document = {
        "guide": plan.path,
        "revision": plan.shipment.revision,
        "counts": {**plan.shipment.counts(), "unsure": len(plan.unsure)},
        "notes": [
            {
                "guid": c.guid,
                "key": c.key,
                "facts": list(c.facts),
                "status": c.status,
                "old": c.old,
                "new": c.new,
                "dropped": list(c.dropped),
            }
            for c in plan.shipment.changes
        ],
        "unsure": [
            {
                "old": u.old,
                "new": u.new,
                "score": round(u.score, 3),
                "old_text": words.get(u.old, ""),
                "new_text": words.get(u.new, ""),
            }
            for u in plan.unsure
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _words_by_id(locks: Sequence[Lock]) -> dict[str, str]:
    """What each fact says, as a reader has it: its label or question, then the rest."""
    return {fact.id: _said(fact.texts) for lock in locks for fact in lock.facts}


def _said(texts: Sequence[str]) -> str:
    head, *rest = texts or ("",)
    told = "; ".join(text for text in rest if text)
    return f"{head}{'' if head.endswith(_ENDS) else ':'} {told}" if head and told else head or told


def retired_text(lock: Lock) -> str:
    """The one search that finds the cards of retired facts in Anki's browser; "" where there are none."""
    gone = [f'"NoteKey:{note.id}"' for note in sorted(lock.notes, key=lambda note: note.id) if note.gone]
    for note in sorted(lock.notes, key=lambda note: note.id):
        dropped = [number for number, _ in note.gaps if number - 1 not in note.cards]
        gone += [f'("NoteKey:{note.id}" card:{number})' for number in dropped if not note.gone]
    if not gone:
        return ""
    return (
        "These cards are no longer in the guide. Paste the line below into the search box of Anki's browser,\n"
        f"then suspend or delete what it finds:\n\n{' OR '.join(gone)}\n"
    )


def changes_text(guide: Guide, lock: Lock, sheets: Sequence[tuple[int, str]]) -> str:
    """What the latest revision changed, and which sheets to print again; told from the lock alone, so that it stays."""
    latest = lock.revision
    lines = [f"{guide.title}: revision {latest}", ""]
    if latest <= 1:
        return "\n".join([*lines, "The first one: every card and every sheet is new.", ""])
    names = {normal(topic.name): topic.name for topic in guide.topics}
    named: dict[str, list[str]] = {"new": [], "changed": [], "moved": [], "retired": []}
    for fact in sorted(lock.facts, key=lambda fact: (fact.topic, fact.id)):
        told = f"  {names.get(fact.topic, fact.topic)}: {textwrap.shorten(_said(fact.texts), 140, placeholder=' …')}"
        if fact.gone == latest:
            named["retired"].append(told)
        elif fact.since == latest and not fact.gone:
            named["new"].append(told)
        elif fact.revision == latest and not fact.gone:
            named["moved" if latest in fact.left.values() else "changed"].append(told)
    for name, rows in named.items():
        lines += [f"{name}: {len(rows)}", *rows, ""] if rows else []
    again = ", ".join(f"{number} ({name})" for number, name in sheets)
    return "\n".join([*lines, f"Sheets to print again: {again or 'none'}", ""])


_SIGNS = {"updated_text": "~", "updated_question": "~", "moved": ">", "new": "+", "retired": "-"}


def plan_text(plan: Plan) -> str:
    """A line of counts, then what changes, in the order of the guide: each note that is not simply kept, with what it says now."""
    counts = {**plan.shipment.counts(), "unsure": len(plan.unsure)}
    told_counts = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count)
    lines = [f"{plan.path}: revision {plan.shipment.revision}: {told_counts or 'no cards'}"]
    changes = sorted(plan.shipment.changes, key=lambda change: (_line(plan, change), change.old, change.key))
    was, now = (_words_by_id(locks) for locks in ((plan.lock,), (plan.shipment.lock,)))
    for change in changes:
        lines += _change_lines(plan, change, was, now)
    words = {**was, **now}
    for unsure in plan.unsure:
        at = f" (line {plan.lines[unsure.new]})" if unsure.new in plan.lines else ""
        lines += [f"  ? is this the same fact?{at}", f"      old {unsure.old}: {words.get(unsure.old, '')}"]
        lines.append(f"      new {unsure.new}: {marked_words(words.get(unsure.old, ''), words.get(unsure.new, ''))}")
        lines.append(
            f"      settle it: python3 build.py accept {plan.path} {unsure.old}={unsure.new}  (the same) or {unsure.old}= (gone)"
        )
    return "\n".join(lines)


def _line(plan: Plan, change: Change) -> float:
    """The line of the guide that a note is made of; what has left stands at the end."""
    return min((plan.lines[fact] for fact in change.facts if fact in plan.lines), default=float("inf"))


def _change_lines(plan: Plan, change: Change, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """What a plan says of one note: its question, and below it the texts that changed where the question does not show them.

    The id is what `accept` takes: it takes apart what was joined, and joins a line that was rewritten from scratch.
    """
    if change.status != "kept":
        at = f" (line {_line(plan, change)})" if _line(plan, change) < float("inf") else ""
        old, new = (DELETION.sub(r"[\2]", read_of(field)) for field in (change.old, change.new))
        told = shortened(marked_words(old, new)) if old and new and old != new else new or old
        named = f" {change.facts[0]}" if change.facts else ""
        yield f"  {_SIGNS[change.status]} {change.status.replace('_', ' ')}{named}{at}: {told}"
        edited = [fact for fact in change.facts if fact in was and was[fact] != now.get(fact, was[fact])]
        if change.status == "moved" or (change.status == "updated_text" and old == new):
            yield from (f"      {shortened(marked_words(was[fact], now[fact]))}" for fact in edited)
        if change.status == "updated_text" and not edited:
            yield "      its own line is as it was; what it quotes or stands beside has changed"
    if change.dropped:
        cards = ", ".join(map(str, change.dropped))
        yield f"      its card {cards} has nothing to ask any more; the build names the search that finds it"


def marked_words(old: str, new: str) -> str:
    """The new text with what has gone as [-words-] and what has come as {+words+}."""
    before, after = old.split(), new.split()
    out: list[str] = []
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            out += after[c:d]
            continue
        out += [f"[-{' '.join(before[a:b])}-]"] if b > a else []
        out += ["{+" + " ".join(after[c:d]) + "+}"] if d > c else []
    return " ".join(out)


def shortened(marked: str) -> str:
    """A marked text without most of what is the same on both sides: a few words around each change are enough to find it."""
    parts = _MARKED.split(marked)
    out = []
    for at, part in enumerate(parts):
        words = part.split()
        if at % 2:
            out.append(part if len(words) <= 2 * _AROUND else " ".join([*words[: 2 * _AROUND - 1], f"…{part[-2:]}"]))
        elif len(words) > 2 * _AROUND:
            first, last = words[:_AROUND] if at else words[:2], words[-_AROUND:] if at < len(parts) - 1 else words[-1:]
            out.append(" ".join([*first, "…", *last]))
        else:
            out.append(" ".join(words))
    return " ".join(part for part in out if part)


def deck_text(guide: Guide, shipment: Shipment, started: int) -> str:
    """What the deck says of itself: title, author, licence, how many cards, and what a day takes until the exam."""
    words = vocabulary(guide.language, guide.words)
    cards = sum(len(note.cards) for note in shipment.notes)
    named = " · ".join(part for part in (guide.title, guide.settings.author, guide.settings.licence) if part)
    told = [named, words.phrase("load", notes=len(shipment.notes), cards=cards, days=-(-cards // _A_DAY))]
    if days := _days_left(guide.settings, started):
        told.append(words.phrase("load_exam", days=days, cards=-(-cards // days)))
    return "<br>".join(escaped(line) for line in (*told, words.phrase("keep")))


def _days_left(settings: Settings, started: int) -> int:
    """Days to learn in: as the guide says, or from the first build (in seconds) to the day of the exam; 0 where neither is told."""
    if settings.days or not re.fullmatch(r"\d{4}-\d\d-\d\d", settings.exam):
        return settings.days
    return max(0, (date.fromisoformat(settings.exam) - datetime.fromtimestamp(started, UTC).date()).days)
