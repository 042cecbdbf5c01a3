"""The blocks of a section -> facts. A block's kind decides the function, the section how its words are taken."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..markup import plain
from ..model import Break, Definition, Kind, Link, Picture, Point, Row, Text, Words
from ..words import Vocabulary, normal
from .blocks import Block, all_strong, source_lines
from .notebook import Notebook, Place, as_kind
from .questions import is_open_question, read_question, section_of_questions
from .text import author_marks, heading_words, raw, split_label, unstyled


def read_blocks(blocks: Sequence[Block], place: Place, book: Notebook, words: Vocabulary) -> None:
    """Reads the blocks below one heading, in order."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if block.kind == "paragraph":
            taken = read_question(block, following, place, book, words)
            if taken:
                place = replace(place, open_definition=False)
                index += taken
                continue
            place = _paragraph(block, following, place, book, words)
        elif block.kind == "list":
            _list(block, place, book, words)
            place = replace(place, open_definition=False)
        elif block.kind == "quote":
            read_blocks(block.blocks, place, book, words)
        elif block.kind == "table":
            _table(block, place, book)
        elif block.kind == "code":
            _code(block, place, book)
        elif block.kind == "html":
            _raw_html(block, book)
        else:
            book.structure(block, "rule" if block.kind == "rule" else "front matter")
        index += 1


def _paragraph(block: Block, following: Block | None, place: Place, book: Notebook, words: Vocabulary) -> Place:
    text = block.text
    if words.starts_with(plain(text), "chat") and (not book.topics[place.topic].facts or plain(text).endswith("?")):
        book.noise(block, "talk to the reader of a chat")
    elif all(isinstance(part, Link | Picture | Break) or not plain([part]).strip(" |·•-") for part in text):
        book.noise(block, "links or pictures without a text")
    elif all_strong(text) or _leads_in(text, following):
        book.structure(block, "lead-in")
        return _under(text, place, words)
    elif place.open_definition:
        body, key, marks = author_marks(text)
        book.add(place, Definition(span=book.span(block.line, block.end), kind="definition", text=body, key=key, marks=marks))
        return replace(place, open_definition=False)
    else:
        _points(block, place, book, words)
    return place


def _points(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    """A paragraph: one statement, or one a line where the author broke each line on purpose."""
    if all(part.hard for part in block.text if isinstance(part, Break)):
        for offset, line in enumerate(source_lines(block.text)):
            if plain(line):
                _point(line, block.line + offset, block.line + offset, place, book, words)
    else:
        _point(block.text, block.line, block.end, place, book, words)


def _leads_in(text: Text, following: Block | None) -> bool:
    return following is not None and following.kind in ("list", "table", "code", "quote") and plain(text).endswith(":")


def _under(text: Text, place: Place, words: Vocabulary) -> Place:
    """The place of what stands below a lead-in or a bold line: a section where its words are known, else a label."""
    name = heading_words(text)
    kind = words.section_kind(name)
    if kind:
        return replace(place, section=name, kind=kind, label=(), open_definition=kind == "definition")
    return replace(place, label=(Words(name),))


def _list(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    questions = place.kind == "question" and section_of_questions(block)
    restart = _restart(block)
    for index, item in enumerate(block.blocks):
        if restart and index == restart:
            before = block.blocks[index - 1].number
            book.report("F002", item.line, f"the list goes on with number {item.number} after number {before}")
        if not item.blocks or item.blocks[0].kind != "paragraph":
            read_blocks(item.blocks, place, book, words)
            book.verdict("structure", item.line, item.end, "list item")
        elif restart and index >= restart and all_strong(item.blocks[0].text) and len(item.blocks) == 1:
            book.report("F003", item.line, f"“{plain(item.blocks[0].text)}” names something and says nothing about it")
            book.unsure(item.line, item.end, "label without a text")
        else:
            # What stands below the last item before the restart belongs to a list whose beginning is missing.
            orphans = [inner for inner in item.blocks[1:] if inner.kind == "list"] if restart == index + 1 else []
            _item(replace(item, blocks=tuple(b for b in item.blocks if b not in orphans)), place, book, words, questions)
            for orphan in orphans:
                book.report(
                    "F001",
                    orphan.line,
                    f"“{plain(orphan.blocks[0].blocks[0].text)}” hangs on nothing: its list has lost its beginning",
                )
                book.unsure(orphan.line, orphan.end, "fragment")


def _restart(block: Block) -> int:
    """The index of an item that counts back to a number above 1, after an item with a list below it; 0 for none."""
    items = block.blocks
    for index in range(1, len(items)):
        back = 1 < items[index].number <= items[index - 1].number
        if block.ordered and back and len({item.number for item in items}) > 1:
            return index
    return 0


def _item(item: Block, place: Place, book: Notebook, words: Vocabulary, questions: bool) -> None:
    head, below = item.blocks[0], item.blocks[1:]
    taken = read_question(head, below[0] if below else None, place, book, words)
    if taken:
        read_blocks(item.blocks[taken:], replace(place, label=()), book, words)
    elif questions or is_open_question(head, place):
        book.report("Q001", head.line, f"no answer to “{plain(head.text)}”; no card is made")
        book.unsure(item.line, item.end, "question without an answer")
    elif below and (_is_lead(head.text, words) or not plain(head.text)):
        book.structure(head, "lead-in")
        read_blocks(below, _under(head.text, place, words), book, words)
    else:
        _point(head.text, head.line, head.end, place, book, words)
        if below:
            label, text = split_label(head.text)
            read_blocks(below, replace(place, label=label or text), book, words)


def _is_lead(text: Text, words: Vocabulary) -> bool:
    name = plain(text)
    return name.endswith(":") or all_strong(text) or bool(words.section_kind(name)) or len(normal(name).split()) <= 4


def _point(text: Text, line: int, end: int, place: Place, book: Notebook, words: Vocabulary) -> None:
    body, key, marks = author_marks(text)
    label, rest = split_label(body)
    span = book.span(line, end)
    of_label = words.labels.get(normal(plain(label)), "") if label else ""
    if of_label == "definition" or (place.open_definition and not label):
        book.add(place, Definition(span=span, kind="definition", text=rest, key=key, marks=marks))
        return
    section = words.section_kind(plain(label)) if label and not place.section else ""
    if section and section != "definition":
        place = replace(place, section=heading_words(label), kind=section)
        if place.kind != "question":
            label = ()
    kind = _kind(place.kind, of_label, label, words)
    if place.label and not label:
        label = place.label
    elif place.label and label:
        label = (*place.label, Words(" — "), *label)
    book.add(place, Point(span=span, kind=kind, label=unstyled(label), text=rest, key=key, marks=marks))


def _kind(section: str, of_label: str, label: Text, words: Vocabulary) -> Kind:
    kind = as_kind(section, "feature")
    if section not in ("", "question"):
        return kind
    if of_label:
        return as_kind(of_label, kind)
    if label and words.labels.get(normal(plain(label)).split(" ")[0]) == "comparison":
        return "comparison"
    return kind


def _table(block: Block, place: Place, book: Notebook) -> None:
    header, *body = block.rows
    book.verdict("structure", header[0], header[0] + 1, "table header")
    for line, cells in body:
        span = book.span(line)
        filled = [cell for cell in cells if plain(cell)]
        if len(filled) < 2:
            book.verdict("unsure", line, line, "table row with one cell")
        elif len(header[1]) == 2:
            kind = as_kind(place.kind, "definition")
            if kind == "definition":
                book.add(place, Definition(span=span, kind="definition", term=unstyled(cells[0]), text=cells[1]))
            else:
                book.add(place, Point(span=span, kind=kind, label=unstyled(cells[0]), text=cells[1]))
        else:
            pairs = tuple((head, cell) for head, cell in zip(header[1][1:], cells[1:], strict=False) if plain(cell))
            book.add(place, Row(span=span, kind=as_kind(place.kind, "comparison"), label=unstyled(cells[0]), cells=pairs))
    book.verdict("structure", block.line, block.end, "table")


def _code(block: Block, place: Place, book: Notebook) -> None:
    if not block.raw.strip():
        book.structure(block, "empty code block")
        return
    text = tuple(part for line in block.raw.rstrip("\n").split("\n") for part in (Words(line), Break(True)))[:-1]
    book.add(place, Point(span=book.span(block.line, block.end), kind="code", label=place.label, text=text))


def _raw_html(block: Block, book: Notebook) -> None:
    if re.fullmatch(r"\s*(?:<!--.*?-->\s*)+", block.raw, re.DOTALL):
        book.structure(block, "comment")
        return
    book.report("H001", block.line, "raw HTML is left out")
    book.unsure(block.line, block.end, "raw HTML")


def is_empty(text: Text) -> bool:
    """Whether nothing can be read in it."""
    return not raw(text).strip()
