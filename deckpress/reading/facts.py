"""The blocks of a section -> facts. A block's kind decides the function, the section how its words are taken."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..markup import plain
from ..model import Break, Definition, Kind, Link, Picture, Point, Question, Styled, Text, Words
from ..words import Vocabulary, normal
from .blocks import Block, all_strong, source_lines
from .notebook import Notebook, Place, as_kind
from .pictures import read_picture
from .questions import answered_by_a_key, is_open_question, read_question, section_of_questions
from .tables import read_table
from .text import author_marks, heading_words, is_pair, raw, split_label, split_pair, unstyled, without_emoji

_ASKING = ("paragraph", "heading", "list")  # blocks that a question can begin with
# What people write behind a fence that holds no code.
PLAIN_TEXT = frozenset({"", "text", "txt", "plain", "plaintext"})


def read_blocks(blocks: Sequence[Block], place: Place, book: Notebook, words: Vocabulary) -> None:
    """Reads the blocks below one heading, in order; what a question has claimed is passed over."""
    blocks = [block for block in blocks if not _claimed(block, book)]
    index = 0
    while index < len(blocks):
        block = blocks[index]
        items = block.kind != "list" or (block.blocks and block.blocks[0].kind == "item")
        taken = read_question(blocks, index, place, book, words) if block.kind in _ASKING and items else 0
        if taken:
            place = place.closed()
        elif block.kind == "paragraph" and (taken := read_picture(blocks, index, place, book)):
            pass
        elif block.kind == "paragraph":
            place = _paragraph(block, blocks[index + 1] if index + 1 < len(blocks) else None, place, book, words)
        else:
            place = _other(block, place, book, words)
        index += taken or 1


def _other(block: Block, place: Place, book: Notebook, words: Vocabulary) -> Place:
    """A block that is no paragraph; returns the place of what follows it."""
    match block.kind:
        case "list" if block.blocks and block.blocks[0].kind != "item":
            _definition_list(block, place, book, words)
        case "list":
            return _list(block, place, book, words)
        case "heading":
            book.structure(block, "heading of a question")
            return _under(block.text, place, words)
        case "quote":
            read_blocks(block.blocks, place, book, words)
        case "table":
            read_table(block, place, book, words)
            return place.closed()
        case "code":
            _code(block, place, book, words)
        case "html":
            _raw_html(block, book)
        case _:
            book.structure(block, "rule")
    return place


def _claimed(block: Block, book: Notebook) -> bool:
    """Whether a block belongs to a question that was recognised before: then all of its lines have a verdict."""
    if not book.claimed or block.kind not in ("paragraph", "heading", "table"):
        return False
    lines = [line for line, _ in block.rows] if block.kind == "table" else range(block.line, block.end + 1)
    claimed = not book.claimed.isdisjoint(lines)
    if claimed:
        book.verdict("structure", block.line, block.end, "part of a question")
    return claimed


def _paragraph(block: Block, following: Block | None, place: Place, book: Notebook, words: Vocabulary) -> Place:
    text = block.text
    if _chats(plain(text), words):
        book.noise(block, "talk to the reader of a chat")
        book.report("F006", block.line, f"left out: {plain(text)[:60]}")
    elif _only_links(text):
        book.noise(block, "links or pictures without a text")
    elif all_strong(text) or _leads_in(text, following):
        book.structure(block, "lead-in")
        return _under(text, place, words)
    elif (
        (following is None or following.kind in ("html", "rule"))
        and plain(text).endswith((":", "："))
        and len(plain(text).split()) <= 7
    ):
        _unfinished(block, book)
    elif place.open_definition and not _apart(source_lines(text)):
        label, rest = split_label(text)
        of_label = words.label_kind(plain(label)) if label else ""
        if of_label not in ("", "definition", "comparison"):
            _points(block, place, book, words)
            return place
        named = of_label == "definition"
        body, key, marks = author_marks(rest if named else text)
        book.add(place, Definition(span=book.span(block.line, block.end), kind="definition", text=body, key=key, marks=marks))
        return place.closed()
    else:
        _points(block, place, book, words)
    return place


def _chats(told: str, words: Vocabulary) -> bool:
    """Whether a paragraph talks to the reader of a chat, offers something at its end, or is left over from a web page."""
    sentences = re.split(r"(?<=[.!?])\s+|[\U0001f300-\U0001faff]\s*", told)
    offers = any(words.starts_with(sentence, "offers") for sentence in sentences)
    return offers or words.starts_with(told, "chat") or normal(told) in words.listed("reading", "debris")


def _only_links(text: Text) -> bool:
    """Links and pictures with nothing but separators between them."""
    rest = [part for part in text if not isinstance(part, Link | Picture | Break)]
    return len(rest) < len(text) and not plain(rest).strip(" |·•-–—>»/,.:[]()")


def _points(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    """A paragraph: one statement, or one a line where the author broke each line on purpose."""
    lines = source_lines(block.text)
    if _apart(lines) or all(part.hard for part in block.text if isinstance(part, Break)):
        for offset, line in enumerate(lines):
            if plain(line):
                _point(line, block.line + offset, block.line + offset, place, book, words)
    else:
        _point(block.text, block.line, block.end, place, book, words)


def _apart(lines: Sequence[Text]) -> bool:
    return len(lines) > 1 and all(_stands_alone(line) for line in lines)


def _stands_alone(line: Text) -> bool:
    """A line that begins with a bold label is a statement of its own, though no blank line parts it from the next."""
    return bool(line) and isinstance(line[0], Styled) and line[0].style == "strong" and bool(split_label(line)[0])


def _leads_in(text: Text, following: Block | None) -> bool:
    told = plain(text)
    if following is None or not told.endswith((":", "：")):
        return False
    return following.kind in ("list", "table", "code", "quote") or (following.kind == "paragraph" and len(told.split()) <= 4)


def _under(text: Text, place: Place, words: Vocabulary) -> Place:
    """The place of what stands below a lead-in or a bold line: a section where its words are known, else a label."""
    name = heading_words(text)
    kind = words.section_kind(name)
    bold = all_strong(text)
    if kind:
        return replace(place, section=name, kind=kind, label=(), open_definition=kind == "definition", bold=bold)
    if bold and place.bold:
        return replace(place, section=name, kind="", label=(Words(name),))
    return replace(place, label=(Words(name),))


def _list(block: Block, place: Place, book: Notebook, words: Vocabulary) -> Place:
    questions = (place.kind == "question" and section_of_questions(block)) or answered_by_a_key(block, book)
    place = _of_list(block, place)
    if place.open_definition and all(len(normal(plain(item.blocks[0].text)).split()) <= 3 for item in block.blocks if item.blocks):
        place = place.closed()  # bare names: none of them says what the topic is
    restart = _restart(block)
    for index, item in enumerate(block.blocks):
        if restart and index == restart:
            before = block.blocks[index - 1].number
            book.report("F002", item.line, f"the list goes on with number {item.number} after number {before}")
        if not item.blocks or item.blocks[0].kind != "paragraph" or _claimed(item.blocks[0], book):
            read_blocks(item.blocks, place.closed(), book, words)
            book.verdict("structure", item.line, item.end, "list item")
        elif restart and index >= restart and all_strong(item.blocks[0].text) and len(item.blocks) == 1:
            _unfinished(item.blocks[0], book)
        elif _only_links(item.blocks[0].text):
            book.noise(item.blocks[0], "links without a text")
            read_blocks(item.blocks[1:], place, book, words)
        else:
            # What stands below the last item before the restart belongs to a list whose beginning is missing.
            orphans = [inner for inner in item.blocks[1:] if inner.kind == "list"] if restart == index + 1 else []
            kept = replace(item, blocks=tuple(b for b in item.blocks if b not in orphans)) if orphans else item
            _item(kept, place, book, words, questions)
            for orphan in orphans:
                told = plain(orphan.blocks[0].blocks[0].text) if orphan.blocks and orphan.blocks[0].blocks else ""
                book.report("F001", orphan.line, f"“{told}” hangs on nothing: its list has lost its beginning")
                book.unsure(orphan.line, orphan.end, "fragment")
        place = place.closed()
    return place


def _definition_list(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    """A term on one line, `: what it is` on the next."""
    term: Text = ()
    for part in block.blocks:
        if part.kind == "paragraph":
            term = part.text
            book.structure(part, "term")
        elif term and part.blocks and part.blocks[0].kind == "paragraph":
            body, key, marks = author_marks(part.blocks[0].text)
            own = words.section_kind(plain(term)) == "definition" or words.starts_with(plain(term), "what_is")
            span = book.span(part.line, part.blocks[0].end)
            named: Text = () if own else unstyled(term)
            book.add(place, Definition(span=span, kind="definition", term=named, text=body, key=key, marks=marks))
            read_blocks(part.blocks[1:], place.closed(), book, words)
        else:
            read_blocks(part.blocks, place, book, words)


def _of_list(block: Block, place: Place) -> Place:
    """Pairs of short names make a list of pairs, labels in most items a list of terms, where the section does not say better."""
    if place.kind not in ("", "pair"):
        return place
    heads = [item.blocks[0].text for item in block.blocks if item.blocks and item.blocks[0].kind == "paragraph"]
    if len(heads) >= 2 and all(is_pair(head) for head in heads):
        return replace(place, kind="pair", open_definition=False)
    if place.kind or place.label:
        return place
    leaves = [item.blocks[0].text for item in block.blocks if len(item.blocks) == 1 and item.blocks[0].kind == "paragraph"]
    labelled = sum(bool(split_label(leaf)[0]) for leaf in leaves)
    if labelled >= 2 and 3 * labelled >= 2 * len(block.blocks):
        return replace(place, kind="terms", open_definition=False)
    return place


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
    taken = read_question(item.blocks, 0, place, book, words)
    if taken:
        read_blocks(item.blocks[taken:], replace(place, label=()), book, words)
    elif questions or is_open_question(head, place):
        asked = Question(span=book.span(head.line, head.end), kind="question", question=unstyled(head.text), answer=())
        book.pending.append((item.number, asked, frozenset(range(item.line, item.end + 1)), place))
    elif below and (_is_lead(head.text, words) or not plain(head.text)):
        book.structure(head, "lead-in")
        read_blocks(below, _under(head.text, place, words), book, words)
    elif not below and plain(head.text).endswith((":", "：")):
        _unfinished(head, book)
    else:
        _point(head.text, head.line, head.end, place, book, words)
        if below:
            label, text = split_label(head.text)
            read_blocks(below, replace(place, label=label or text), book, words)


def _unfinished(block: Block, book: Notebook) -> None:
    """A label with nothing behind it and nothing below."""
    book.report("F003", block.line, f"“{plain(block.text)[:60]}” announces something, and nothing follows")
    book.unsure(block.line, block.end, "label without a text")


def _is_lead(text: Text, words: Vocabulary) -> bool:
    name = plain(text)
    return name.endswith(":") or all_strong(text) or bool(words.section_kind(name)) or len(normal(name).split()) <= 4


def _point(text: Text, line: int, end: int, place: Place, book: Notebook, words: Vocabulary) -> None:
    body, key, marks = author_marks(without_emoji(text))
    label, rest = split_pair(body) if place.kind == "pair" else split_label(body)
    span = book.span(line, end)
    of_label = words.label_kind(plain(label)) if label else ""
    if of_label == "definition" or (place.open_definition and not label):
        book.add(place, Definition(span=span, kind="definition", text=rest, key=key, marks=marks))
        return
    section = words.section_kind(plain(label)) if label and place.kind in ("", "terms") else ""
    if place.kind == "terms" and label and not section and not of_label:
        book.add(place, Definition(span=span, kind="definition", term=unstyled(label), text=rest, key=key, marks=marks))
        return
    if section and section not in ("definition", "code"):
        place = replace(place, section=heading_words(label), kind=section)
    kind = _kind(place.kind, of_label)
    label = label or place.label
    book.add(place, Point(span=span, kind=kind, label=unstyled(label), text=rest, key=key, marks=marks))


def _kind(section: str, of_label: str) -> Kind:
    kind = as_kind(section, "feature")
    if section not in ("", "question"):
        return kind
    return as_kind(of_label, kind) if of_label else kind


def _code(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    source = block.raw.rstrip("\n")
    if not source.strip():
        book.structure(block, "empty code block")
        return
    lines = [line.strip() for line in source.split("\n")]
    if block.info in PLAIN_TEXT and all(split_label((Words(line),))[0] for line in lines if line):
        for at, line in enumerate(lines, block.line + 1):  # notes that were put into a code block for their looks
            if line:
                _point((Words(line),), at, at, place, book, words)
        book.structure(block, "fence")
        return
    text = tuple(part for line in source.split("\n") for part in (Words(line), Break(True)))[:-1]
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
