"""Faults of cards that a program can see: one line for each, with the guide's line."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from deckpress.markup import fact_texts, plain
from deckpress.model import Guide, Note
from deckpress.notetypes import SHAPES
from deckpress.words import normal, tokens, vocabulary

FRONT, ANSWER, SET = 330, 26, 4  # characters of a front with all its gaps; words of an answer; items of a set
_AUTHORS = ("question", "scenario", "choice")


def text_of(field: str) -> str:
    """What is read of a field's HTML."""
    shown = re.sub(r"<(?:br|/p|/li|/blockquote|blockquote)[^>]*>", "\n", field)
    return html.unescape(re.sub(r"<[^>]+>", "", shown)).strip()


def sides(note: Note) -> Iterator[tuple[str, str]]:
    """Front and answer of each card of a note, as read."""
    fields = dict(zip(SHAPES[note.type].fields, map(text_of, note.fields), strict=True))
    match note.type:
        case "term":
            yield fields["Question"], fields["Answer"]
            if 1 in note.cards:
                yield f"{fields['ReverseQuestion']} {fields['Reverse']}", fields["ReverseAnswer"]
        case "cloze":
            for card in note.cards:
                yield _without(fields["Text"], card + 1), _hidden(fields["Text"], card + 1)
        case _:
            yield fields["Question"], fields["Answer"]


def _hidden(text: str, number: int) -> str:
    return "; ".join(re.findall(rf"\{{\{{c{number}::(.*?)(?:::[^}}]*)?\}}\}}", text, re.DOTALL))


def _without(text: str, number: int) -> str:
    shown = re.sub(rf"\{{\{{c{number}::.*?\}}\}}", "[...]", text, flags=re.DOTALL)
    return re.sub(r"\{\{c\d+::(.*?)(?:::[^}]*)?\}\}", r"\1", shown, flags=re.DOTALL)


def faults(guide: Guide, notes: Sequence[Note]) -> list[str]:
    """All of them."""
    lines = {fact.id: fact.span.line for fact in guide.facts}
    joints = vocabulary(guide.language, guide.words).listed("words", "or")
    # "UCC or common law — land?" names what there is to choose from: that gives no answer away.
    choices = {fact.id: fact.under for fact in guide.facts if joints & set(tokens(fact.under))}
    known = _known(guide)
    found = []
    asked: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        at = f"{lines[note.facts[0]]} {note.rule}"
        for front, answer in sides(note):
            found += [
                f"{at}: {fault}: {front} = {answer}"
                for fault in _of_card(note, front, answer, known, choices.get(note.facts[0], ""))
            ]
            if note.type != "choice":
                asked[normal(front)].add(normal(answer))
    found += [f"two answers: {front}" for front, answers in asked.items() if len(answers) > 1]
    return found


def _of_card(note: Note, front: str, answer: str, known: frozenset[str], choice: str) -> Iterator[str]:
    if not normal(front) or not answer:
        yield "empty"
    if (
        note.rule not in _AUTHORS
        and note.rule not in ("price", "compare", "define", "pair")
        and f" {normal(answer)} " in f" {normal(front.replace(choice, '') if choice else front)} "
    ):
        yield "leak"
    if note.rule not in _AUTHORS and (len(front) > FRONT or len(tokens(answer)) > ANSWER):
        yield "too long"
    if note.rule in ("label", "name", "list") and answer.count(",") >= SET and "(" not in answer:
        yield "a set as the answer"
    strange = [word for word in tokens(f"{front} {answer}") if word not in known and not word.isdigit()]
    if strange:
        yield f"foreign words {strange[:4]}"


def _known(guide: Guide) -> frozenset[str]:
    """All words of the guide and of the phrases of its language."""
    words = vocabulary(guide.language, guide.words)
    phrases = " ".join(re.sub(r"\{\w+\}", " ", str(phrase)) for phrase in words.data["phrases"].values())
    told = [" ".join((*fact_texts(fact), fact.under, *fact.heads, plain(getattr(fact, "corner", ())))) for fact in guide.facts]
    names = [
        " ".join((topic.title, topic.name, topic.expansion, topic.category, *(section.name for section in topic.sections)))
        for topic in guide.topics
    ]
    whole = " ".join((phrases, guide.title, guide.item, *told, *names))
    return frozenset((*tokens(whole), *tokens(re.sub(r"[/.-]", " ", whole))))
