"""What was understood, as the JSON of cli.md, as text and as a table. Guide and cards in, strings out."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..diagnostics import Diagnostic
from ..markup import plain, read_of
from ..model import Candidate, Definition, Fact, FactCards, Guide, MultipleChoice, Note, Point, Question, Row, Topic
from ..notetypes import SHAPES


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the reports look at."""

    guide: Guide
    offered: Sequence[FactCards]
    notes: Sequence[Note]
    diagnostics: Sequence[Diagnostic]


def told(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as JSON has it."""
    return {
        "path": diagnostic.span.path, "line": diagnostic.span.line, "col": diagnostic.span.col,
        "severity": str(diagnostic.severity), "code": diagnostic.code, "message": diagnostic.message, "hint": diagnostic.hint,
    }  # fmt: skip


def as_json(report: Report) -> str:
    """One object; its keys are stable and always there."""
    guide = report.guide
    topics = {topic.key: topic for topic in guide.topics}
    cards = {offered.fact: offered for offered in report.offered}
    notes = notes_by_fact(report.notes)
    counts = Counter(str(verdict.verdict) for verdict in guide.verdicts)
    document = {
        "guide": {"path": guide.path, "slug": guide.slug, "title": guide.title},
        "topics": [
            {"name": topic.title, "aliases": list(topic.aliases), "line": topic.span.line, "facts": len(topic.facts)}
            for topic in guide.topics
        ],
        "facts": [_fact(fact, topics[fact.topic], cards.get(fact.id), notes.get(fact.id, [])) for fact in guide.facts],
        "lines": {name: counts.get(name, 0) for name in ("fact", "structure", "noise", "unsure")},
        "verdicts": [{"line": v.line, "verdict": v.verdict, "reason": v.reason} for v in guide.verdicts],
        "diagnostics": [told(found) for found in report.diagnostics],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def notes_by_fact(notes: Sequence[Note]) -> dict[str, list[Note]]:
    """The notes of each fact; a merged one stands with each of its facts."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        for fact in note.facts:
            found.setdefault(fact, []).append(note)
    return found


def rules_of(note: Note, fact: str) -> list[str]:
    """The rules of a note's cards that ask a fact: what a thing is, asked the other way round, asks which thing it is."""
    both = note.rule == "define" and 1 in note.cards and note.facts[0] == fact
    return [note.rule, "identify"] if both else [note.rule]


def words_of(fact: Fact) -> dict[str, object]:
    """Label, text, question, answer, options and explanation; what a fact does not have is empty."""
    empty: dict[str, object] = {"label": "", "text": "", "question": "", "answer": "", "options": [], "explanation": ""}
    match fact:
        case Definition(term=label, text=text) | Point(label=label, text=text):
            return empty | {"label": plain(label), "text": plain(text)}
        case Row(label=label, cells=cells):
            return empty | {"label": plain(label), "text": "; ".join(f"{plain(head)}: {plain(cell)}" for head, cell in cells)}
        case Question(question=question, answer=answer, explanation=why):
            return empty | {"question": plain(question), "answer": plain(answer), "explanation": plain(why)}
        case MultipleChoice(question=question, options=options, explanation=why):
            shown = [{"key": o.key, "text": plain(o.text), "correct": o.correct, "reason": plain(o.reason)} for o in options]
            right = "; ".join(plain(o.text) for o in options if o.correct)
            return empty | {"question": plain(question), "answer": right, "options": shown, "explanation": plain(why)}


def _fact(fact: Fact, topic: Topic, cards: FactCards | None, notes: Sequence[Note]) -> dict[str, object]:
    return {
        "id": fact.id, "topic": topic.title, "section": fact.section, "kind": fact.kind, **words_of(fact),
        "line": fact.span.line, "end_line": fact.span.last, "also": list(fact.also),
        "notes": [{"guid": note.guid, "type": note.type, "rule": rule} for note in notes for rule in rules_of(note, fact.id)],
        "extra_of": cards.extra_of if cards else "", "no_card": (cards.no_card if cards and not notes else ""),
    }  # fmt: skip


def as_text(report: Report) -> str:
    """The guide as it was understood, topic by topic, for an author to look over."""
    guide = report.guide
    lines = [f"{guide.title}  ({guide.path})", ""]
    for topic in guide.topics:
        lines.append(f"{topic.title}  — line {topic.span.line}, {len(topic.facts)} facts")
        for section in topic.sections:
            if section.name:
                lines.append(f"  {section.name}")
            for fact in section.facts:
                words = words_of(fact)
                head, body = words["question"] or words["label"], words["answer"] or words["text"]
                shown = f"{head}: {body}" if head else str(body)
                lines.append(f"  {fact.span.line:5}  {fact.kind:15} {shown}")
        lines.append("")
    for verdict, title in (("noise", "Left out"), ("unsure", "Not understood, or without its other half")):
        reasons: dict[str, list[int]] = {}
        for found in guide.verdicts:
            if found.verdict == verdict:
                reasons.setdefault(found.reason, []).append(found.line)
        if reasons:
            lines += [
                title,
                *(f"  {reason}: {'lines' if len(at) > 1 else 'line'} {ranges(at)}" for reason, at in reasons.items()),
                "",
            ]
    return "\n".join([*lines, _counts(guide)])


def ranges(numbers: Sequence[int]) -> str:
    """Numbers in order as people write them: `3-5, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _counts(guide: Guide) -> str:
    """What the guide holds, in one line: topics, facts by kind, pictures, formulas; and its lines by verdict."""
    kinds = Counter(fact.kind.replace("_", " ") for fact in guide.facts)
    told = [
        f"{len(guide.topics)} topics",
        f"{len(guide.facts)} facts: " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()),
    ]
    for name, count in (("pictures", len(guide.pictures)), ("formulas", guide.formulas)):
        told += [f"{count} {name}"] if count else []
    counts = Counter(str(verdict.verdict) for verdict in guide.verdicts)
    lines = ", ".join(f"{counts.get(name, 0)} {name}" for name in ("fact", "structure", "noise", "unsure"))
    return f"{'; '.join(told)}\nlines: {lines}"


def as_tsv(report: Report) -> str:
    """A row a fact: line, topic, section, kind, label or question, text or answer."""
    topics = {topic.key: topic.title for topic in report.guide.topics}
    rows = ["line\ttopic\tsection\tkind\tlabel\ttext"]
    for fact in report.guide.facts:
        words = words_of(fact)
        cells = (
            fact.span.line,
            topics[fact.topic],
            fact.section,
            fact.kind,
            words["question"] or words["label"],
            words["answer"] or words["text"],
        )
        rows.append("\t".join(str(cell).replace("\t", " ") for cell in cells))
    return "\n".join(rows)


def explain(report: Report, line: int) -> str:
    """What became of a line: its verdict, its fact, the cards that were weighed, and what is wrong with it."""
    guide = report.guide
    verdict = next((v for v in guide.verdicts if v.line == line), None)
    if verdict is None:
        end = max((v.line for v in guide.verdicts), default=0)
        return f"{guide.path}:{line}: {'a blank line' if line < end else f'beyond the last line that says something, {end}'}"
    out = [f"{guide.path}:{line}: {verdict.verdict} ({verdict.reason})"]
    notes = notes_by_fact(report.notes)
    topics = {topic.key: topic for topic in guide.topics}
    cards = {offered.fact: offered for offered in report.offered}
    for fact in guide.facts:
        if not (fact.span.line <= line <= fact.span.last or line in fact.also):
            continue
        again = f", told first in line {fact.span.line}" if line in fact.also else ""
        out.append(
            f"  fact {fact.id}: {fact.kind} of “{topics[fact.topic].name}”"
            + (f", section “{fact.section}”" if fact.section else "")
            + again
        )
        for name, value in words_of(fact).items():
            told = "; ".join(map(_shown, value)) if isinstance(value, list | tuple) else str(value)
            out += [f"    {name}: {told}"] if told else []
        for note in notes.get(fact.id, []):
            out.append(f"  ships as {note.type} note {note.guid or '(new)'} by the rule “{note.rule}”")
            out += _sides(note)
        out += dict.fromkeys(_weighed(cards[fact.id].candidates))
        if notes.get(fact.id) and cards[fact.id].no_card and not cards[fact.id].extra_of:
            out.append(f"  it goes on because it has shipped; a new line would make no card: {cards[fact.id].no_card}")
        if not notes.get(fact.id):
            out.append(f"  no card: {cards[fact.id].no_card or 'the card that its section shares has no room for it'}")
        by = next((other for other in guide.facts if other.id == cards[fact.id].extra_of), None)
        out += [f"  it stands on the card of line {by.span.line}, on its back at least"] if by and not notes.get(fact.id) else []
    out += [f"  {found.severity}: {found.message} [{found.code}]" for found in report.diagnostics if found.span.line == line]
    return "\n".join(out)


def _sides(note: Note) -> list[str]:
    """What a note's cards ask and answer; the second one where the note has it."""
    told = dict(zip(SHAPES[note.type].fields, map(read_of, note.fields), strict=True))
    answer = told.get("Answer", "")
    lines = [f"    {read_of(note.fields[0])}" + (f" → {answer}" if answer else "")]
    if note.type == "term" and 1 in note.cards:
        lines.append(f"    {told['ReverseQuestion']} “{told['Reverse']}” → {told['ReverseAnswer']}")
    return lines


def _shown(value: object) -> str:
    """An option with the sign that it is right, a cell with its head."""
    if isinstance(value, dict):
        mark = "✓ " if value.get("correct") else ""
        return mark + ". ".join(str(value[name]) for name in ("key", "text", "head", "cell") if value.get(name))
    return ": ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def cardless(report: Report) -> str:
    """The lines that make no card and stand on no other's back, each with the reason, and what an author can do about it."""
    carded = notes_by_fact(report.notes)
    reasons = {cards.fact: cards.no_card for cards in report.offered if not cards.extra_of}
    without = [fact for fact in report.guide.facts if fact.id in reasons and not carded.get(fact.id)]
    if not without:
        return ""
    lines = [f"  line {fact.span.line}: {reasons[fact.id] or 'its section asks it together with others'}" for fact in without]
    return "\n".join([f"{len(without)} lines stand on the sheets only ({{card}} behind one asks it in any case):", *lines])


def _weighed(candidates: Sequence[Candidate]) -> list[str]:
    """Each card that was thought of, in rank order, with the guard that refused it; not what is offered for history's sake."""
    lines = []
    for one in candidates:
        if one.apt:
            told = f"refused, {one.refused}" if one.refused else "fits"
            lines.append(f"  rule “{one.rule}”: {told}" + (" (in addition)" if one.beside and not one.refused else ""))
        if one.apt and not one.refused and one.reverse and one.one_way:
            lines.append(f"  the other way round: refused, {one.one_way}")
    return lines
