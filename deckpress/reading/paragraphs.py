"""Paragraphs -> what the topic is, statements, lead-ins of what stands below, or noise with its reason."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ..inline import cut, is_short_form, raw, trimmed, unstyled
from ..markup import plain
from ..model import Break, Definition, Inline, Question, Text, Words
from ..words import Vocabulary, normal, tokens
from .blocks import Block, all_strong, source_lines
from .labels import common_sign, glued, is_equation, is_time, split_label
from .lazy import ROOM, begins_anew, in_lines
from .notebook import Notebook, Place
from .points import add_point, is_strong_label, of_lines, only_links, under, unfinished
from .signs import ASKING, COLONS, ENDS, RULED
from .text import author_marks

_CAPTION = 8  # words of a line above a list that names what is in it
_MOST = 5  # of so many lines, one may be without a label
_DATED = 3  # lines with a date, at least, that make a paragraph a list of dates

_SENTENCE_END = re.compile(r"[.!?。！？][\"”’)]*\s+(?=\S)")


def read_paragraph(block: Block, following: Block | None, place: Place, book: Notebook, words: Vocabulary) -> Place:
    """Reads a paragraph that is no question; returns the place of what follows it."""
    text = block.text
    if only_links(text) or RULED.match(block.told.strip()):
        book.noise(block, "links, pictures or a rule without a text")
        return place
    if place.kind == "question" and all_strong(text) and plain(text).endswith(ASKING):
        asked = Question(span=book.span(block.line, block.end), kind="question", question=unstyled(text), answer=())
        book.pending.append((0, asked, frozenset(range(block.line, block.end + 1)), place))
        return place
    if all_strong(text) or _leads_in(text, following, place) or _is_caption(block, following, place, words):
        return _lead_in(block, place, book, words)
    if _announces_nothing(text, following):
        unfinished(block, book)
        return place
    return _told(block, place, book, words)


def _told(block: Block, place: Place, book: Notebook, words: Vocabulary) -> Place:
    """A paragraph that tells something: of the line in bold above it, of what the topic is, or by itself."""
    text = block.text
    lines = source_lines(text)
    if len(lines) > 1 and _heads(lines):
        return _below_its_name(block, lines, place, book, words)
    if place.open_definition and not _apart(lines, words):
        return _definition(block, lines, place, book, words)
    beside = place.strong and len(lines) == 1 and is_strong_label(text, place.sign)  # a statement that stands beside the lead-in
    here = replace(place, label=()) if beside else place
    _points(block, lines, here, book, words)
    return replace(here, label=split_label(text, place.sign)[0]) if beside else place


def leave_out(block: Block, book: Notebook, words: Vocabulary) -> bool:
    """Whether a paragraph is talk to a reader, or about the notes themselves: then it is left out, and that is said."""
    told = plain(block.text)
    label = plain(split_label(block.text)[0]) if ":" in told[:20] else told.split(" ")[0]
    to_do = normal(label) in words.listed("reading", "todo") and (":" in told[:20] or label.isupper())
    if not to_do and not _chats(told, words):
        return False
    book.noise(block, "about the notes themselves" if to_do else "talk to the reader of a chat")
    book.report("F006", block.line, f"left out: {told[:60]}")
    return True


def _lead_in(block: Block, place: Place, book: Notebook, words: Vocabulary) -> Place:
    """A lead-in gives what is below it a label. Sentences before it are statements of their own."""
    at = max((at for at, part in enumerate(block.text) if isinstance(part, Break)), default=0)
    if at and in_lines(block) and not all_strong(block.text) and (_is_hard(block.text[at]) or _begins_a_sentence(block, at, book)):
        before = block.text[:at]  # the lines above are no part of the lead-in
        told = _told(replace(block, end=block.end - 1, text=before, told=raw(before)), place, book, words)
        book.verdict("structure", block.end, block.end, "lead-in")
        return under(trimmed(block.text[at + 1 :]), told, words)
    ends = [found.end() for found in _SENTENCE_END.finditer(block.told) if not is_short_form(block.told[: found.start()])]
    if ends and not all_strong(block.text):
        before, last = cut(block.text, 0, ends[-1]), cut(block.text, ends[-1])
        add_point(before, block.line, block.end, place, book, words)
        return under(last, place.closed(), words)
    book.structure(block, "lead-in")
    return under(block.text, place, words)


def _begins_a_sentence(block: Block, at: int, book: Notebook) -> bool:
    """Whether the last line of a paragraph, behind the break at a place of its text, is bold, or has a capital and had room."""
    if is_strong_label(block.text[at + 1 :]) or all_strong(block.text[at + 1 :]):
        return True
    return plain(block.text[at + 1 :])[:1].isupper() and begins_anew(book.lines, block.end, _room(block, book))


def _room(block: Block, book: Notebook) -> int:
    """How wide a paragraph may be: outside a quote a longer line may be wrapped, before a name or a German noun."""
    return book.width if book.lines[block.line - 1].startswith(">") else ROOM


def _is_hard(part: Inline) -> bool:
    return isinstance(part, Break) and part.hard


def _definition(block: Block, lines: Sequence[Text], place: Place, book: Notebook, words: Vocabulary) -> Place:
    """What the topic is; where the author broke each line on purpose, its first line, and statements below."""
    text = block.text
    label, rest = split_label(text)
    of_label = words.label_kind(plain(label)) if label else ""
    if of_label not in ("", "definition", "comparison") or (label and is_time(plain(label), words)):
        _points(block, lines, place, book, words)
        return place
    if label and is_equation(text):
        body, key, marks = author_marks(rest)
        fact = Definition(span=book.span(block.line, block.end), kind="definition", term=label, text=body, key=key, marks=marks)
        book.add(place, fact)
        return place.closed()
    told, end, more = rest if of_label == "definition" else text, block.end, lines[1:]
    apart = _line_by_line(block, lines, book)
    if more and (apart or (_broken(text) and plain(lines[0]).endswith((".", "!", "。")))):
        told, end = lines[0], block.line
    else:
        more = []
    body, key, marks = author_marks(told)
    book.add(place, Definition(span=book.span(block.line, end), kind="definition", text=body, key=key, marks=marks))
    for at, line in enumerate(more, block.line + 1):
        add_point(line, at, at, place.closed(), book, words)
    return place.closed()


def _points(block: Block, lines: Sequence[Text], place: Place, book: Notebook, words: Vocabulary) -> None:
    """One statement, or one a line where the author broke each line on purpose or gave each a label."""
    told = [(at, line) for at, line in enumerate(lines, block.line) if plain(line)]
    leads = len(told) > 2 and (all_strong(told[0][1]) or plain(told[0][1]).endswith((*COLONS, *ASKING)))
    if leads and _apart([line for _, line in told[1:]], words):
        book.verdict("structure", block.line, block.line, "lead-in")
        place, told = under(told[0][1], place, words), told[1:]
    elif not _apart(lines, words) and not _broken(block.text) and not _line_by_line(block, lines, book):
        add_point(block.text, block.line, block.end, place, book, words)
        return
    texts = [line for _, line in told]
    here = of_lines(texts, texts, place, words) if len(texts) > 2 else replace(place, sign=common_sign(texts))
    for number, (at, line) in enumerate(told, 1):
        if number < len(told) and plain(line).endswith(COLONS) and not split_label(line)[0]:
            book.verdict("structure", at, at, "lead-in")
            here = replace(under(line, place, words), sign=here.sign)
        else:
            add_point(line, at, at, here, book, words)


def _chats(told: str, words: Vocabulary) -> bool:
    """Whether a paragraph talks to the reader of a chat, offers something at its end, or is left over from a web page."""
    sentences = re.split(r"(?<=[.!?])\s+|[\U0001f300-\U0001faff]\s*", told)
    offers = any(words.starts_with(sentence, "offers") for sentence in sentences)
    return offers or words.starts_with(told, "chat") or normal(told) in words.listed("reading", "debris")


def _line_by_line(block: Block, lines: Sequence[Text], book: Notebook) -> bool:
    """Whether each line is a statement without a full stop: it begins with a capital, and the line above it had room."""
    told = [plain(line) for line in lines]
    if len(told) < 2 or not in_lines(block) or not all(one[-1:].isalnum() for one in told[:-1]):
        return False
    below = enumerate(told[1:], block.line + 1)
    return all(one[:1].isupper() and begins_anew(book.lines, at, _room(block, book)) for at, one in below)


def _broken(text: Text) -> bool:
    breaks = [part for part in text if isinstance(part, Break)]
    return bool(breaks) and all(part.hard for part in breaks)


def _apart(lines: Sequence[Text], words: Vocabulary) -> bool:
    """Whether each line stands for itself: all begin with a bold label, or all are parted into label and text.

    A line among them that ends in a colon leads to those below it; between dates a sentence of its own may stand.
    """
    inner = [line for at, line in enumerate(lines) if not (0 < at < len(lines) - 1 and plain(line).endswith(COLONS))]
    lines = inner if len(inner) > 2 else lines
    if len(lines) < 2:
        return False
    if all(is_strong_label(line) for line in lines) or glued(lines):
        return True
    sign = common_sign(lines)
    named = [line for line in lines if plain(split_label(line, sign)[0])[:1].isupper()]
    if len(lines) > _DATED + 1 and _MOST * len(named) >= (_MOST - 1) * len(lines):  # "Conurbation: …", "Drought: …", each on a line
        return True
    others = [line for line in lines if not split_label(line, sign)[0]]
    return not others or _between_dates(lines, others, sign, words)


def _between_dates(lines: Sequence[Text], others: Sequence[Text], sign: str, words: Vocabulary) -> bool:
    """Whether most lines begin with a date, and the others are sentences: not what a line before them goes on with."""
    dated = [line for line in lines if (label := split_label(line, sign)[0]) and is_time(plain(label), words)]
    sentences = all(not plain(line)[:1].islower() and plain(line).endswith(ENDS) for line in others)
    return sentences and len(dated) >= _DATED and 3 * len(dated) >= 2 * len(lines)


def _is_caption(block: Block, following: Block | None, place: Place, words: Vocabulary) -> bool:
    """A short phrase right above a list or a table that is no sentence: "Clinical approach (health of individuals)"."""
    told = block.told.strip()
    if following is None or following.kind not in ("list", "table") or place.open_definition or told[-1:] in (*ENDS, *COLONS):
        return False
    named = told[:1].isupper() or told[:1].isdigit()
    sentence = not words.listed("words", "verb").isdisjoint(word for word in told.split() if word.islower())
    label = tokens(plain(split_label(block.text)[0]))[-1:]
    label = [] if label and label[0] in words.listed("words", "example") else label
    return named and not sentence and not label and len(told.split()) <= _CAPTION and "\n" not in told


def _leads_in(text: Text, following: Block | None, place: Place) -> bool:
    """A line that announces what stands below it: it ends in a colon, or it is a word or two over a list."""
    told = plain(text)
    if following is None:
        return False
    words = len(told.split())
    if (
        following.kind == "list"
        and words <= 4
        and (told.isupper() or (words <= 3 and told[-1:].isalpha() and not place.open_definition))
    ):
        return True
    if not told.endswith(COLONS):
        return False
    return following.kind in ("list", "table", "code", "quote") or (following.kind == "paragraph" and len(told.split()) <= 4)


def _below_its_name(block: Block, lines: Sequence[Text], place: Place, book: Notebook, words: Vocabulary) -> Place:
    """A text right below a bold line that names it."""
    told = tuple(part for line in lines[1:] for part in (Words(" "), *line))[1:]
    add_point(told, block.line, block.end, under(lines[0], place.closed(), words), book, words)
    return place.closed()


def _heads(lines: Sequence[Text]) -> bool:
    """Whether the first of some lines is a short name in bold, and none of the others begins in bold or lists anything."""
    first, others = lines[0], lines[1:]
    short = all_strong(first) and len(plain(first).split()) <= _CAPTION and not plain(first).endswith((*ENDS, *COLONS))
    return short and not any(is_strong_label(line) or all_strong(line) or split_label(line)[0] for line in others)


def _announces_nothing(text: Text, following: Block | None) -> bool:
    told = plain(text)
    ends = told.endswith((*COLONS, " –", " -", " ="))
    return (following is None or following.kind in ("html", "rule")) and ends and len(told.split()) <= 7
