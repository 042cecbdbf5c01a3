"""Markdown as people write it -> Markdown as CommonMark takes it, line for line: every place stays true.

A line is rewritten or emptied, never added or removed. What was emptied is returned with its reason, so that it gets a verdict.
"""

import re
from collections.abc import Callable, Sequence

from ..words import Vocabulary, normal
from .pages import links_to_pages
from .signs import ASKING

_FENCE = re.compile(r"^\s*(```+|~~~+)")
_HEADING = re.compile(r"^(#{2,6})(?=[^#\s])(.*?)\s*#*\s*$|^(#)(?=[^#\s])(.*?)\s*#+\s*$")
_RULED_HEADING = re.compile(r"^#{1,6}\s+([═─━—–=*_~#-])\1{2,}\s*$")
_BULLET = re.compile(r"^(\s*)(?:[•◦▪‣·○●■➢➤▸►–—]|--)\s+(?=\S)")
_DEEPER = re.compile(r"^--\s+(?=\S)")
_ITEM = re.compile(r"^(?:[-*+]|\d{1,2}[.)])\s+(?=\S)")
_TIGHT = re.compile(r"^(\s*)-(?=[^\W\d_])")
_HTML_HEADING = re.compile(r"^\s*<h([1-6])[^>]*>(.*?)</h\1>\s*$", re.IGNORECASE)
_HTML_ITEM = re.compile(r"^(\s*)<li[^>]*>\s*(.*?)\s*(?:</li>)?\s*$", re.IGNORECASE)
_HTML_PARAGRAPH = re.compile(r"^\s*<p[^>]*>\s*(\S.*?)\s*</p>\s*$", re.IGNORECASE)
_HTML_ONLY = re.compile(
    r"^\s*(?:</?(?:ul|ol|div|p|span|center|section|article|details|br|hr|li|a|font|blockquote)\b[^>]*>\s*)+$", re.IGNORECASE
)
_SUMMARY = re.compile(r"(?:<details[^>]*>)?\s*<summary[^>]*>\s*(.*?)\s*</summary>(.*)$", re.IGNORECASE)
_OPTION = re.compile(r"^(\s*)(\*\*)?[(\[]?([A-Ha-h])(?:[.)\]:]|\)\.)(\*\*)?\s+\S")
_OPENS_OPTION = frozenset("ABCDEFGHabcdefgh([*")
_ADMONITION = re.compile(r"^(\s*)(?:!!!|\?\?\?\+?)\s*(\w[\w-]*)\s*(?:\"(.*?)\")?\s*$")
_CALLOUT = re.compile(r"^(\s*>\s*)\[!(\w+)\][+-]?\s*(.*?)\s*$")
_EMOJI_LINE = re.compile(r"^\s*([\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u25aa-\u25ff]\ufe0f?)\s+\S")
_RAISED, _LOWERED = (
    str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"),
    str.maketrans("0123456789+-=()aeox", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓ"),
)
_SHIFTED = re.compile(r"<(sup|sub)>([^<>]{1,12})</\1>", re.IGNORECASE)
_TILDES = re.compile(r"(?<=[A-Za-z)\]])~(\d{1,3})~(?!~)")  # as Pandoc writes "H~2~O"
# `\(…\)` and `\[…\]` are formulas where something in them is mathematics; else they are escaped brackets.
_TEX = re.compile(r"\\\(((?:(?!\\[()]).)+?)\\\)|\\\[((?:(?!\\[\[\]]).)+?)\\\]")
_TEX_FENCE = re.compile(r"^(\s*(?:[-*]\s+)?)\\[\[\]]\s*$")
_INLINE_TAGS = (
    (re.compile(r"</?(?:b|strong)>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:i|em)>", re.IGNORECASE), "*"),
    (re.compile(r"</?code>", re.IGNORECASE), "`"),
    (re.compile(r"</?(?:u|span|font|kbd|mark|small|center)(?:\s[^>]*)?>", re.IGNORECASE), ""),
)


_CELL_MARK = re.compile(r"(\||<br\s*/?>)\s*[-•]\s+(?=[^\W\d_])", re.IGNORECASE)  # a bullet in a cell
_CELL_ITEMS = (
    (re.compile(r"\s*</li>\s*<li[^>]*>\s*", re.IGNORECASE), "; "),
    (re.compile(r"\s*</?(?:ul|ol|li)(?:\s[^>]*)?>\s*", re.IGNORECASE), " "),
)

FOLD, FOLD_END = "fold-out", "end of a fold-out"


def fold_outs(emptied: dict[int, str]) -> list[tuple[int, int]]:
    """First and last line of each fold-out, from the reasons of the lines that `normalise` emptied."""
    found: list[tuple[int, int]] = []
    start = 0
    for line in sorted(emptied):
        if emptied[line] == FOLD:
            start = line
        elif emptied[line] == FOLD_END and start:
            found.append((start, line))
            start = 0
    return found


def normalise(text: str, words: Vocabulary, front: int = 0) -> tuple[str, dict[int, str]]:
    """The text with the same number of lines, and the emptied lines (counted from 1) with their reasons.

    The first `front` lines are front matter, which CommonMark would take for a rule and a heading.
    """
    lines = text.split("\n")
    code = code_lines(lines) if "```" in text or "~~~" in text else set()
    emptied: dict[int, str] = dict.fromkeys(range(1, front + 1), "front matter")
    lines[:front] = [""] * front
    if "!!!" in text or "???" in text:
        _admonitions(lines, code, emptied, words)
    if "\n-- " in text:
        _deeper(lines, code)
    for number, line in enumerate(lines):
        if "\u200b" in line:
            line = lines[number] = line.replace("\u200b", "")  # noqa: PLW2901
        words_only = line[:1].isalnum() and not any(sign in line for sign in ("<", "\\", "[[", "~"))
        if line and not words_only and number not in code:
            lines[number] = _line(line, number + 1, emptied, words)
    if code or "\n    " in text or "\n\t" in text:
        _buttons(lines, code, emptied, words)
    _emoji_bullets(lines, code)
    _options(lines, code)
    return "\n".join(lines), emptied


def code_lines(lines: Sequence[str]) -> set[int]:
    """Lines inside fenced code, fences included."""
    inside: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            inside.add(number)
            if found and found[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif found:
            fence = found[1][:3]
            inside.add(number)
    return inside


def _line(line: str, number: int, emptied: dict[int, str], words: Vocabulary) -> str:
    if "<" in line:
        line = _html(line, number, emptied, words)
    if "\\" in line:
        line = _TEX_FENCE.sub(r"\1$$", _TEX.sub(_formula, line))
    if line.lstrip()[:1] == "|":
        line = _CELL_MARK.sub(r"\1 ", line)
    if "~" in line:
        line = _TILDES.sub(lambda found: found[1].translate(_LOWERED), line)
    if "[[" in line:
        line, told = links_to_pages(line), line
        if told.strip() and not line.strip():
            emptied[number] = "a page shown inside this one"
    start = line.lstrip()[:2]
    if start[:1].isalnum() or start in ("", "- ", "* ", "> ", "| "):  # words or a list item, as on most lines
        return line if start != "> " else _callout(line)
    if _RULED_HEADING.match(line):  # "# ════════"
        return "***"  # below a paragraph "---" would make a heading of it
    if found := _HEADING.match(line):
        return f"{found[1] or found[3]} {(found[2] or found[4] or '').strip()}"
    line = _BULLET.sub(r"\1- ", _callout(line))
    return _TIGHT.sub(r"\1- ", line)


def _deeper(lines: list[str], code: set[int]) -> None:
    """`-- …` right below `- …` is an item below it."""
    below = False
    for number, line in enumerate(lines):
        deeper = below and number not in code and _DEEPER.match(line)
        below = bool(deeper or _ITEM.match(line))
        if deeper:
            lines[number] = f"   - {line[2:].lstrip()}"


def _callout(line: str) -> str:
    """`> [!NOTE]` and what it may be called instead, as a label in bold."""
    found = _CALLOUT.match(line)
    return f"{found[1]}**{found[3] or found[2].capitalize()}**:" if found else line


# `<!-- #key -->` at the end of a line is the author's key, for who wants none to be seen.
_KEY_COMMENT = re.compile(r"(?<=\S)\s*<!--\s*(#[\w-]+)\s*-->\s*$")


def _html(line: str, number: int, emptied: dict[int, str], words: Vocabulary) -> str:
    if found := _SUMMARY.search(line):
        before = line[: found.start()]
        told = re.sub(r"<[^>]+>", "", found[1])
        if _reveals(told, words):
            emptied[number] = FOLD
            return f"{before}{words.data['reading']['answer'][0].capitalize()}: {found[2]}".rstrip()
        return f"{before}**{told}**{found[2]}"
    if _HTML_ONLY.match(line):
        emptied[number] = FOLD_END if "</details" in line.lower() else "HTML"
        return ""
    if line.lstrip()[:1] != "<" and "<li" in line.lower():
        for tag, sign in _CELL_ITEMS:  # the items of a list in a cell of a table
            line = tag.sub(sign, line)
    if found := _HTML_HEADING.match(line):
        return f"{'#' * int(found[1])} {found[2]}"
    if found := _HTML_ITEM.match(line):
        line = f"{found[1]}- {found[2]}"
    elif found := _HTML_PARAGRAPH.match(line):
        line = found[1]
    line = _SHIFTED.sub(_shifted, _KEY_COMMENT.sub(r" {\1}", line))
    for tag, mark in _INLINE_TAGS:
        line = tag.sub(mark, line)
    return line


def _formula(found: re.Match[str]) -> str:
    told = (found[1] or found[2]).strip()
    mark = "$" if found[1] else "$$"
    return f"{mark}{told}{mark}" if re.search(r"[\\^_=+/<>]", told) or len(told) <= 2 else found[0]


def _shifted(found: re.Match[str]) -> str:
    """Raised and lowered signs as characters of their own, so that 10 to the third does not become 103."""
    raised = found[1].lower() == "sup"
    told = found[2].translate(_RAISED if raised else _LOWERED)
    return told if not any(char in found[2] for char in told) else f"{'^' if raised else '_'}{found[2]}"


def _reveals(summary: str, words: Vocabulary) -> bool:
    """Whether a fold-out's title only says that an answer is below."""
    told = set(normal(summary).split())
    return not told or bool(told & words.listed("reading", "reveal"))


def _admonitions(lines: list[str], code: set[int], emptied: dict[int, str], words: Vocabulary) -> None:
    """`!!! tip "Title"` with an indented body becomes a quote that begins with its title; `??? success "Answer"` is folded open."""
    number = 0
    while number < len(lines):
        marked = "!!!" in lines[number] or "???" in lines[number]
        found = _ADMONITION.match(lines[number]) if marked and number not in code else None
        if not found:
            number += 1
            continue
        indent, title = found[1], found[3] if found[3] is not None else found[2].capitalize()
        asks = title.rstrip().endswith(ASKING)
        mark = "" if asks or _reveals(title, words) or found[2].lower() == "success" else f"{indent}> "
        lines[number] = f"{mark}**{title}**:" if mark else f"{indent}**{title}**" if asks else ""
        emptied.setdefault(number + 1, FOLD) if not mark else None
        number += 1
        while number < len(lines) and (not lines[number].strip() or lines[number].startswith(indent + "    ")):
            body = lines[number][len(indent) + 4 :]
            if not lines[number].strip():
                following = next((line for line in lines[number + 1 :] if line.strip()), "")
                if not following.startswith(indent + "    "):
                    break
            lines[number] = f"{mark or indent}{body}" if body.strip() else lines[number]
            number += 1


def _buttons(lines: list[str], code: set[int], emptied: dict[int, str], words: Vocabulary) -> None:
    """`bash` and `Copy code` above a code block are buttons of the web page that it was copied from."""
    buttons = words.listed("reading", "buttons")
    longest = max(map(len, buttons)) + 4
    for number, line in enumerate(lines):
        if len(line) > longest or number in code or not line.strip() or normal(line) not in buttons:
            continue
        following = next((at for at in range(number + 1, len(lines)) if lines[at].strip()), -1)
        if following in code or lines[following][:4].isspace():
            above = number - 1 if number and re.fullmatch(r"\s*[a-z+#]{1,12}\s*", lines[number - 1]) else number
            for at in range(above, number + 1):
                lines[at], emptied[at + 1] = "", "left over from a web page"


def _emoji_bullets(lines: list[str], code: set[int]) -> None:
    """Neighbouring lines that each begin with a picture character are a list."""
    marks = [
        _EMOJI_LINE.match(line) if line.lstrip()[:1] > "\u2000" and number not in code else None
        for number, line in enumerate(lines)
    ]
    for number, found in enumerate(marks):
        near = (marks[number - 1] if number else None) or (marks[number + 1] if number + 1 < len(marks) else None)
        if found and near:
            lines[number] = lines[number].replace(found[1], "-", 1)


def _options(lines: list[str], code: set[int]) -> None:
    """`A) …`, `B) …` below each other are a list, though CommonMark takes them for one paragraph."""
    run: list[tuple[int, re.Match[str]]] = []
    finish: Callable[[], None] = lambda: _as_bullets(lines, run)  # noqa: E731
    for number, line in enumerate(lines):
        found = _OPTION.match(line) if line.lstrip()[:1] in _OPENS_OPTION and number not in code else None
        if found and ord(found[3].upper()) - ord("A") == len(run):
            run.append((number, found))
        elif found or (line.strip() and run):
            finish()
            run = [(number, found)] if found and found[3] in "Aa" else []
    finish()


def _as_bullets(lines: list[str], run: list[tuple[int, re.Match[str]]]) -> None:
    if len(run) >= 2:
        for number, found in run:
            lines[number] = f"{found[1]}- {lines[number].lstrip()}".rstrip()
