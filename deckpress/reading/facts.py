"""The blocks of a section -> facts. A block's kind decides the function, the section how its words are taken."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..inline import cut, unstyled
from ..markup import plain
from ..model import Code, Definition, Point, Question, Text, Words
from ..words import Vocabulary, normal
from .asking import answered_below
from .blocks import Block, all_strong, source_lines
from .labels import split_label, split_pair
from .notebook import Notebook, Place
from .paragraphs import leave_out, read_paragraph
from .pictures import read_picture
from .points import add_point, of_lines, only_links, under, unfinished
from .questions import answered_by_a_key, is_open_question, read_question, section_of_questions
from .signs import BOX, COLONS, ENDS, RULED
from .tables import read_table
from .text import author_marks, counted

_ASKING = ("paragraph", "heading", "list")  # blocks that a question can begin with
_DRAWN = re.compile(r"[\u2190-\u2193\u2500-\u257f\u25b2\u25bc]{2}|^\s*[│├└┌▼↓↑]|[─━]{2}", re.MULTILINE)  # a tree or a diagram
_PROSE = 0.92  # share of letters and blanks in sentences
_BRIEF = 6  # words of a line of a list that lost its bullets
_FEW, _MOST = 4, 5  # lines of notes that need not all have a label; one in so many may have none
_HYPHEN = re.compile(r"\A[-*•]\s+(?:\d{1,2}[.)]\s+)?")
# What people write behind a fence that holds no code.
PLAIN_TEXT = frozenset({"", "text", "txt", "plain", "plaintext"})


def read_blocks(blocks: Sequence[Block], place: Place, book: Notebook, words: Vocabulary) -> None:
    """Reads the blocks below one heading, in order; what a question has claimed is passed over."""
    blocks = [block for block in blocks if not _claimed(block, book)]
    lists = any(block.kind == "list" for block in blocks)
    index = 0
    back: Place | None = None  # the place before a lead-in: it speaks of the one block below it
    while index < len(blocks):
        block = blocks[index]
        before, after = place, back
        items = block.kind != "list" or (block.blocks and block.blocks[0].kind == "item")
        chat = block.kind == "paragraph" and leave_out(block, book, words)
        taken = read_question(blocks, index, place, book, words) if block.kind in _ASKING and items and not chat else 0
        if taken:
            place = place.closed()
        elif chat or (block.kind == "paragraph" and (taken := read_picture(blocks, index, place, book))):
            pass
        elif block.kind == "paragraph":
            here = replace(place, kind="") if lists and _tells_no_step(block, place) else place
            told = read_paragraph(block, blocks[index + 1] if index + 1 < len(blocks) else None, here, book, words)
            place = place if told == here else told
        else:
            place = _other(block, place, book, words)
        back = before.closed() if _led_in(block, before, place) else back
        listed = _is_brief(block) and index + 1 < len(blocks) and _is_brief(blocks[index + 1])  # a list without its bullets
        if after is not None and back is after and block.kind not in ("html", "rule") and not listed:
            place, back = after, None
        index += taken or 1


def _tells_no_step(block: Block, place: Place) -> bool:
    """Whether a paragraph that stands beside a list of steps is none itself: what it does not lead to."""
    return place.kind == "step" and not block.told.rstrip().endswith(COLONS)


def _is_brief(block: Block) -> bool:
    """Whether a paragraph is a few words, and neither a sentence nor a lead-in."""
    told = block.told.strip()
    return block.kind == "paragraph" and len(told.split()) <= _BRIEF and not told.endswith((*ENDS, *COLONS)) and ":" not in told


def _led_in(block: Block, before: Place, after: Place) -> bool:
    """Whether a paragraph announced the next block, and not, in bold, all that follows."""
    changed = (before.label, before.section, before.kind) != (after.label, after.section, after.kind)
    return block.kind == "paragraph" and changed and not all_strong(block.text)


def _other(block: Block, place: Place, book: Notebook, words: Vocabulary) -> Place:
    """A block that is no paragraph; returns the place of what follows it."""
    match block.kind:
        case "list" if block.blocks and block.blocks[0].kind != "item":
            _definition_list(block, place, book, words)
        case "list":
            return _list(block, place, book, words)
        case "heading":
            book.structure(block, "heading of a question")
            return under(block.text, place, words)
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


def _list(block: Block, place: Place, book: Notebook, words: Vocabulary) -> Place:
    if book.claimed and all(_is_claimed_leaf(item, book) for item in block.blocks):  # options of a question
        book.verdict("structure", block.line, block.end, "part of a question")
        return place.closed()
    if _is_tracker(block) and book.claimed.isdisjoint(range(block.line, block.end + 1)):
        book.noise(block, "what is done and what is to do")
        book.report("F006", block.line, f"left out: a list of {len(block.blocks)} things to do")
        return place
    block, place = _without_counting(block, place)
    questions = (place.kind == "question" and section_of_questions(block)) or answered_by_a_key(block, book) or _asks(block, book)
    after, place = place.closed(), _of_items(block, place, book.topics[place.topic].title, words)
    if place.open_definition and (block.ordered or all(_is_name(item) for item in block.blocks)):
        place = place.closed()  # bare names, or one thing after the other: none of them says what the topic is
    restart = _restart(block)
    for index, item in enumerate(block.blocks):
        if restart and index == restart:
            before = block.blocks[index - 1].number
            book.report("F002", item.line, f"the list goes on with number {item.number} after number {before}")
        if not item.blocks or item.blocks[0].kind != "paragraph" or _claimed(item.blocks[0], book):
            read_blocks(item.blocks, place.closed(), book, words)
            book.verdict("structure", item.line, item.end, "list item")
        elif restart and index >= restart and all_strong(item.blocks[0].text) and len(item.blocks) == 1:
            unfinished(item.blocks[0], book)
        elif only_links(item.blocks[0].text):
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
    return after


def _without_counting(block: Block, place: Place) -> tuple[Block, Place]:
    """A list without the letters or numerals that count its items, where others stand below them: then it is an outline."""
    firsts = [item.blocks[0] if item.blocks and item.blocks[0].kind == "paragraph" else None for item in block.blocks]
    lengths = counted([first.told if first else "" for first in firsts])
    if not any(length and len(item.blocks) > 1 for length, item in zip(lengths, block.blocks, strict=True)):
        return block, place
    items = []
    for item, first, length in zip(block.blocks, firsts, lengths, strict=True):
        bare = (
            (replace(first, text=cut(first.text, length), told=first.told[length:]), *item.blocks[1:])
            if first and length
            else item.blocks
        )
        items.append(replace(item, blocks=bare))
    return replace(block, blocks=tuple(items)), place.closed()


def _is_claimed_leaf(item: Block, book: Notebook) -> bool:
    return len(item.blocks) == 1 and item.blocks[0].line in book.claimed


def _asks(block: Block, book: Notebook) -> bool:
    """Whether an item of a numbered list is a question that has been recognised already: then the others are too."""
    return block.ordered and any(item.blocks[0].line in book.claimed for item in block.blocks if item.blocks)


def _is_name(item: Block) -> bool:
    return not item.blocks or len(normal(item.blocks[0].told).split()) <= 3


def _is_tracker(block: Block) -> bool:
    """Boxes of which some are ticked: what the author has done and what is still to do."""
    boxes = [item.blocks[0].told[:3].lower() if item.blocks else "" for item in block.blocks]
    return len(boxes) > 1 and {"[ ]", "[x]"} == set(boxes)


def _unboxed(block: Block) -> Block:
    """A head without the box before it."""
    found = BOX.match(block.told)
    return replace(block, text=cut(block.text, found.end()), told=block.told[found.end() :]) if found else block


def _definition_list(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    """A term on one line, `: what it is` on the next."""
    term: Text = ()
    many = False
    for at, part in enumerate(block.blocks):
        if part.kind == "paragraph":
            term, many = (
                part.text,
                all(below.kind == "quote" for below in block.blocks[at + 1 : at + 3]) and at + 2 < len(block.blocks),
            )
            book.structure(part, "term")
        elif term and part.blocks and part.blocks[0].kind == "paragraph":
            body, key, marks = author_marks(part.blocks[0].text)
            own = words.section_kind(plain(term)) == "definition" or words.starts_with(plain(term), "what_is")
            span = book.span(part.line, part.blocks[0].end)
            named: Text = () if own else unstyled(term)
            if many:  # a term with several texts is announced by them, not defined
                add_point(part.blocks[0].text, part.line, part.blocks[0].end, replace(place.closed(), label=named), book, words)
                continue
            book.add(place, Definition(span=span, kind="definition", term=named, text=body, key=key, marks=marks))
            read_blocks(part.blocks[1:], place.closed(), book, words)
        else:
            read_blocks(part.blocks, place, book, words)


def _of_items(block: Block, place: Place, title: str, words: Vocabulary) -> Place:
    """The place of a list's items. `title` is the topic's: a numbered list below "How a …" tells steps, and one of orders."""
    heads = [item.blocks[0].text for item in block.blocks if item.blocks and item.blocks[0].kind == "paragraph"]
    if block.ordered and not place.kind and len(block.blocks) > 2:
        orders = sum(words.starts_with(plain(head), "orders") for head in heads)
        if words.starts_with(plain(place.label) or place.section or title, "begin_ordered") or 3 * orders >= 2 * len(block.blocks):
            place = replace(place, kind="step")
    alone = [item.blocks[0].text for item in block.blocks if len(item.blocks) == 1 and item.blocks[0].kind == "paragraph"]
    return of_lines(heads, alone, place, words, block.ordered)


def _restart(block: Block) -> int:
    """The index of an item that counts back to a number above 1, after an item with a list below it; 0 for none."""
    items = block.blocks
    for index in range(1, len(items)):
        back = 1 < items[index].number <= items[index - 1].number
        if block.ordered and back and len({item.number for item in items}) > 1:
            return index
    return 0


def _item(item: Block, place: Place, book: Notebook, words: Vocabulary, questions: bool) -> None:
    head, below = _unboxed(item.blocks[0]), item.blocks[1:]
    is_step = place.kind == "step" and bool(item.number) and not all_strong(head.text)
    if _is_asked(item, head, place, book, words, questions):
        return
    if is_step and below and head.told.rstrip().endswith(COLONS):  # "5. Configure the details:" is a step, too
        named = cut(head.text, 0, len(head.told.rstrip(" :：")))
        small = words.listed("words", "stop") | words.listed("words", "relation")
        if head.told.rstrip(" :：").split()[-1].lower() in small:  # "Use the menu to:" goes on below
            named = (*named, Words(" …"))
        add_point(named, head.line, head.end, place, book, words)
        read_blocks(below, replace(place.closed(), label=named, kind=""), book, words)
    elif below and not is_step and ((not split_label(head.text)[0] and _is_lead(head.text, words)) or not head.told.strip()):
        book.structure(head, "lead-in")
        inner = under(head.text, place, words)
        read_blocks(below, replace(inner, above=place.label) if inner.label != place.label else inner, book, words)
    elif not below and head.told.rstrip().endswith((*COLONS, " –", " =")):
        unfinished(head, book)
    elif (lines := source_lines(head.text))[1:] and not below and all(split_label(line)[0] for line in lines):
        for at, line in enumerate(lines, head.line):  # lines of their own, of which only the first has its bullet
            add_point(line, at, at, place, book, words)
    else:
        add_point(head.text, head.line, head.end, place, book, words)
        if below:
            label, text = split_label(head.text, place.sign)
            inner = replace(place.closed(), label=label or text, loose=not label)
            steps = place.kind == "step" and not below[0].ordered  # what is said of a step is no step
            read_blocks(below, replace(inner, kind="") if steps else inner, book, words)


def _is_asked(item: Block, head: Block, place: Place, book: Notebook, words: Vocabulary, questions: bool) -> bool:
    """Reads an item that is a question, with its answer or without; a phrase that asks, and its translation, is none."""
    below = item.blocks[1:]
    if place.kind == "pair" and split_pair(head.text)[0] and not below:
        return False
    if taken := read_question(item.blocks, 0, place, book, words):
        read_blocks(item.blocks[taken:], replace(place, label=()), book, words)
        return True
    opens = is_open_question(head, place)
    if opens and below and not questions and answered_below(head, below, book, place):
        book.verdict("fact", item.line, item.end, "question")
        return True
    if questions or opens:
        asked = Question(span=book.span(head.line, head.end), kind="question", question=unstyled(head.text), answer=())
        book.pending.append((item.number, asked, frozenset(range(item.line, item.end + 1)), place))
    return questions or opens


def _is_lead(text: Text, words: Vocabulary) -> bool:
    name = plain(text)
    return name.endswith(":") or all_strong(text) or bool(words.section_kind(name)) or len(normal(name).split()) <= 4


def _code(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    source = block.raw.rstrip("\n")
    if not source.strip():
        book.structure(block, "empty code block")
        return
    if block.info in PLAIN_TEXT and (notes := _notes(source, block.line + 1)):
        texts = [text for _, text in notes]
        here = of_lines(texts, texts, place, words) if len(texts) > _FEW else place
        for at, text in notes:
            add_point(text, at, at, here, book, words)
        book.structure(block, "fence")
        return
    text = (Code(source, block=True, language=(block.info or "").split(" ")[0].lower()),)
    book.add(place, Point(span=book.span(block.line, block.end), kind="code", label=place.label, text=text))


def _notes(source: str, start: int) -> list[tuple[int, Text]]:
    """Notes that were put into a code block for their looks, with their lines; none where it holds code or a drawing.

    All lines have a label, or most, each with a capital, or they are sentences: words, and hardly a sign. A line of hyphens, with a
    date in it perhaps, parts them and says nothing.
    """
    lines = [(at, line.strip()) for at, line in enumerate(source.split("\n"), start)]
    told = [(at, line) for at, line in lines if line and not RULED.match(line)]
    texts: list[tuple[int, Text]] = [(at, (Words(_HYPHEN.sub("", line)),)) for at, line in told]
    labels = [plain(split_label(text)[0]) for _, text in texts]
    named = [label for label in labels if label[:1].isupper()]
    most = len(texts) > _FEW and _MOST * len(named) >= (_MOST - 1) * len(texts)
    notes = all(labels) or most or _is_prose([line for _, line in told])
    return texts if texts and notes and _DRAWN.search(source) is None else []


def _is_prose(lines: Sequence[str]) -> bool:
    """Whether lines are sentences: each begins with a capital, a figure or a hyphen, and they hardly hold a sign."""
    begins = all(line[:1].isupper() or line[:1].isdigit() or line[:2] == "- " for line in lines)
    long = all(len(line.split()) > _FEW for line in lines)
    letters = sum(char.isalpha() or char.isspace() for line in lines for char in line)
    return begins and long and letters >= _PROSE * sum(map(len, lines))


def _raw_html(block: Block, book: Notebook) -> None:
    if re.fullmatch(r"\s*(?:<!--.*?-->\s*)+", block.raw, re.DOTALL):
        book.structure(block, "comment")
        return
    book.report("H001", block.line, "raw HTML is left out")
    book.unsure(block.line, block.end, "raw HTML")
