"""Markdown text -> a tree of blocks with true places. The one door to markdown-it.

Block-level HTML is recognised (so that comments stay invisible), inline HTML is not: what a guide writes between angle
brackets is text, and text is escaped. Inline trees are made here, once.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from ..inline import raw
from ..markup import plain
from ..model import Break, Code, Formula, Inline, Link, Picture, Styled, Text, Words

BlockKind = Literal["heading", "paragraph", "list", "item", "quote", "table", "code", "html", "rule"]

_STYLES: dict[str, Literal["em", "strong", "strike"]] = {"em_open": "em", "strong_open": "strong", "s_open": "strike"}
_KINDS: dict[str, BlockKind] = {
    "heading_open": "heading", "paragraph_open": "paragraph", "bullet_list_open": "list", "ordered_list_open": "list",
    "list_item_open": "item", "blockquote_open": "quote", "table_open": "table", "dl_open": "list", "dt_open": "paragraph",
    "dd_open": "quote", "math_block": "paragraph", "fence": "code", "code_block": "code", "html_block": "html", "hr": "rule",
}  # fmt: skip
# Words without any sign that Markdown reads, and bold ones parted from their neighbours by blanks or common signs.
_PLAIN = r"(?:[^*_`\[\]<&\\~$\n]++|&(?=\s)|<(?=[\s\d=])|~(?!~))"
_BOLD = rf"(?:(?:(?<= )|(?<!.))\*\*(?!\s)|(?<=\()\*\*(?=\w)){_PLAIN}++(?<!\s)\*\*(?=[ :.,;)]|\Z)"
SIMPLE = re.compile(rf"(?:{_PLAIN}++|{_BOLD})*\Z", re.DOTALL)
_MARK = re.compile(r"==([^=\s](?:[^=]*[^=\s])?)==")
_BR = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKER = re.compile(r"[\s>]*(?:[-*+•]|\d+[.)]|#+|\|)?\s*")


@dataclass(slots=True)  # not frozen: a guide has thousands of them, and a frozen one costs four times as much to make
class Block:
    """A block with its first and last line (counted from 1); never changed once it is made."""

    kind: BlockKind
    line: int
    end: int
    text: Text = ()
    told: str = ""  # its text as plain words, every blank where it stands
    raw: str = ""  # source of code and HTML
    info: str = ""  # language of fenced code
    level: int = 0  # of a heading
    ordered: bool = False
    number: int = 0  # of an item in a numbered list, as it is written
    blocks: tuple["Block", ...] = ()
    rows: tuple[tuple[int, tuple[Text, ...]], ...] = ()  # of a table: line and cells, the header first


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("html_inline")
    # Most lines hold no markup but bold words: their inline trees are made here, the others' by markdown-it, line by line.
    parser.use(deflist_plugin).use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    return parser.disable(["inline", "text_join"])


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a guide, outermost first."""
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    for token in tokens:
        if token.type == "inline":
            token.children = None if SIMPLE.match(token.content) else []
            if token.children is not None:
                parser.inline.parse(token.content, parser, env, token.children)
    blocks, _ = _blocks(tokens, 0, text.split("\n"), 1)
    return blocks


def column(line: str) -> int:
    """Where the words of a source line begin, after its indentation and its marker."""
    found = _MARKER.match(line)
    return (found.end() if found and found.end() < len(line) else 0) + 1


def _blocks(tokens: list[Token], start: int, lines: list[str], line: int) -> tuple[tuple[Block, ...], int]:
    found: list[Block] = []
    index = start
    while index < len(tokens) and tokens[index].nesting >= 0:
        token = tokens[index]
        kind = _KINDS.get(token.type)
        first, last = _lines(token, lines, line)
        line = first
        if kind is None:
            index += 1
        elif kind in ("code", "html", "rule"):
            found.append(Block(kind, first, last, raw=token.content, info=token.info.strip().lower()))
            index += 1
        elif token.type == "math_block":
            found.append(Block(kind, first, last, text=(Formula(token.content.strip(), block=True),), told="$"))
            index += 1
        elif kind in ("heading", "paragraph"):
            level = int(token.tag[1]) if kind == "heading" else 0
            text = inline(tokens[index + 1])
            found.append(Block(kind, first, last, text=text, told=raw(text), level=level))
            index += 3
        elif kind == "table":
            rows, index = _table(tokens, index + 1)
            found.append(Block("table", first, last, rows=rows))
        else:
            inner, index = _blocks(tokens, index + 1, lines, first)
            number = int(token.info) if kind == "item" and token.info.isdigit() else 0
            last = max([last if kind != "item" else first, *(block.end for block in inner)])
            found.append(Block(kind, first, last, ordered=token.type == "ordered_list_open", number=number, blocks=inner))
            index += 1
    return tuple(found), index


def _lines(token: Token, lines: list[str], before: int) -> tuple[int, int]:
    if not token.map:
        return before, before
    first, last = token.map[0] + 1, token.map[1]
    while last > first and not lines[last - 1].strip():  # the map of a last item runs over the blank lines after it
        last -= 1
    return first, max(first, last)


def _table(tokens: list[Token], index: int) -> tuple[tuple[tuple[int, tuple[Text, ...]], ...], int]:
    rows: list[tuple[int, tuple[Text, ...]]] = []
    cells: list[Text] = []
    line = 0
    while tokens[index].type != "table_close":
        token = tokens[index]
        if token.type == "tr_open":
            cells, line = [], (token.map or [0])[0] + 1
        elif token.type == "inline":
            cells.append(inline(token))
        elif token.type == "tr_close":
            rows.append((line, tuple(cells)))
        index += 1
    return tuple(rows), index + 1


def inline(token: Token) -> Text:
    """The inline tree of a block's text."""
    if "==" in token.content:
        return _marked(_inline(token))
    return _inline(token)


def _inline(token: Token) -> Text:
    if token.children is None:
        return _simple(token.content)
    stack: list[tuple[Token | None, list[Inline]]] = [(None, [])]
    children = token.children
    for at, child in enumerate(children):
        if child.type in _STYLES or child.type == "link_open":
            stack.append((child, []))
        elif child.nesting < 0 and len(stack) > 1:
            opened, parts = stack.pop()
            assert opened is not None
            stack[-1][1].append(_close(opened, tuple(parts)))
        else:
            stack[-1][1].extend(_leaf(child, children[at + 1].content if at + 1 < len(children) else ""))
    return tuple(_joined(stack[0][1]))


def _leaf(child: Token, after: str) -> list[Inline]:
    """What has nothing inside. `after` is the text behind it."""
    match child.type:
        case "code_inline":
            return [Code(child.content)]
        case "math_inline" if after[:1].isalnum():  # `$HOME/$USER` is no formula
            return [Words(f"${child.content}$")]
        case "math_inline" | "math_inline_double":
            return [Formula(child.content.strip(), block=child.type.endswith("double"))]
        case "image":
            return [Picture(str(child.attrs.get("src", "")), child.content)]
        case "softbreak" | "hardbreak":
            return [Break(child.type == "hardbreak")]
    return _words(child.content) if child.content else []


def _simple(content: str) -> Text:
    """Plain words with bold ones among them."""
    if "**" not in content:
        return (Words(content),) if content else ()
    pieces = content.split("**")
    return tuple(Styled("strong", (Words(piece),)) if at % 2 else Words(piece) for at, piece in enumerate(pieces) if piece)


def _close(opened: Token, parts: Text) -> Inline:
    if opened.type == "link_open":
        return Link(str(opened.attrs.get("href", "")), parts)
    return Styled(_STYLES[opened.type], parts)


def _words(text: str) -> list[Inline]:
    out: list[Inline] = []
    for index, piece in enumerate(_BR.split(_COMMENT.sub("", text))):
        if index:
            out.append(Break(True))
        if piece:
            out.append(Words(piece))
    return out


def _marked(text: Text) -> Text:
    """The text with what stands between `==` and `==` as marked; a comparison (`a == b`) has blanks inside and is none."""
    out: list[Inline] = []
    for part in text:
        if isinstance(part, Words):
            pieces = _MARK.split(part.text)
            out += [Styled("mark", (Words(piece),)) if at % 2 else Words(piece) for at, piece in enumerate(pieces) if piece]
        elif isinstance(part, Styled | Link):
            out.append(replace(part, parts=_marked(part.parts)))
        else:
            out.append(part)
    return tuple(out)


def _joined(parts: list[Inline]) -> list[Inline]:
    out: list[Inline] = []
    for part in parts:
        if isinstance(part, Words) and out and isinstance(out[-1], Words):
            out[-1] = Words(out[-1].text + part.text)
        else:
            out.append(part)
    return out


def source_lines(text: Text) -> list[Text]:
    """The text of a block, split where its source lines end."""
    if Break not in map(type, text):
        return [text]
    out: list[list[Inline]] = [[]]
    for part in text:
        if isinstance(part, Break):
            out.append([])
        else:
            out[-1].append(part)
    return [tuple(line) for line in out]


def all_strong(text: Text) -> bool:
    """Whether nothing but bold words (and a colon behind them) stands in the text."""
    if not text or not isinstance(text[0], Styled) or text[0].style != "strong":
        return False
    rest = [part for part in text[1:] if not isinstance(part, Styled) or part.style != "strong"]
    return not rest or not plain(rest).strip(" :.")
