"""Labels before a text: `Term: text`, `Term - text`, `Term = text`, `Term → text`; pairs of names; labels that are times."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from ..inline import cut, length, raw, unstyled
from ..markup import plain
from ..model import Styled, Text, Words
from ..words import CAPITALS, Vocabulary, tokens
from .signs import ARROW, BRACKETS
from .text import spoken

# A colon that ends a label is followed by a blank; "10:30" and "http://" have none.
_COLON = re.compile(r"\s*(?:::?(?=\s|$)|：)\s*")
_WEAK = re.compile(rf"\s+(?:{ARROW}|[–—]|-{{1,2}}|=)\s+")
_GLUED = re.compile(r"(?<=[^\s:])::(?=[^\s:])")  # `Largo::very slow`
_YEAR = re.compile(r"1\d{3}|20\d\d|(?:\d{1,4}[年月日])+")
_NUMBER = re.compile(r"\d{1,4}(?:st|nd|rd|th|s|º|er)?")
_ARROWS = re.compile(r"[>→➜➔⇒⟶➡]")
_CHAIN = re.compile(rf"\s{ARROW}\s")
_SYMBOL = re.compile(r"(?:(?<=\s)|\A)[A-Z][A-Z0-9]{1,3}(?=\W*\Z|\s+[a-z])")  # "MR" before a sign, "MC" behind it and words
_MIXED = re.compile(r"\s*\w*[A-Z]\w*(?=\W|\Z)")  # "MC", "nRT"
_INITIAL = re.compile(r"(?:(\w+)\.?\s+)?(?<!\w)[^\W\d_]\.(?=\s+[^\W\d_])")
_DATED = re.compile(rf"(?:[{CAPITALS}][\w'’.-]*[\s,&]+|et al\.?,?\s+){{0,6}}(?:1\d{{3}}|20\d\d)[a-z]?")


@lru_cache(maxsize=1 << 12)  # a list is looked at as a whole before its items are read
def split_label(text: Text, sign: str = "") -> tuple[Text, Text]:
    """Label and text; no label where the words do not look like one. `sign` is what parts the items of the whole list."""
    words = spoken(text)
    if bracket := _bold_bracket(text):
        return bracket
    bold = length(text[0]) if text and isinstance(text[0], Styled) and text[0].style == "strong" else 0
    for found in _signs(words, bold, sign):
        label, rest = words[: found.start()], words[found.end() :]
        if not rest.strip() or label.count("(") != label.count(")"):
            continue
        if _ARROWS.search(found[0]) and sign == "" and _CHAIN.search(rest):  # "A → B → C": none of them is a label
            continue
        known = bold >= found.start() - 1 > 0
        if _is_label(label, rest, found[0], known, sign != "" and _kind_of_sign(found[0]) == sign):
            return unstyled(cut(text, 0, found.start())), cut(text, found.end())
    return (), text


def _signs(words: str, bold: int, sign: str) -> list[re.Match[str]]:
    """What may part label and text of a line that begins with so many letters in bold, the likeliest first."""
    behind = (_COLON.match(words, bold) or _WEAK.match(words, bold)) if 0 < bold < len(words) else None
    if behind:  # "**T4 → T3**: …" is one name
        return [behind]
    colon = _COLON.search(words)
    signs = sorted((found for found in (colon, _WEAK.search(words)) if found), key=lambda found: found.start())
    if sign == "::" and not signs and (glued := _GLUED.search(words)):
        return [glued]
    if not signs or _kind_of_sign(signs[0][0]) not in ("→", "="):
        return signs
    if own := next((found for found in _WEAK.finditer(words) if _kind_of_sign(found[0]) == sign), None):
        return [own, *signs]  # "Dependency X → Y - rows that agree": what parts the other lines of the list comes before an arrow
    sides = (words[: signs[0].start()], words[signs[0].end() : colon.start()]) if colon else ()
    chain = bool(sides) and all(len(tokens(side)) == 1 for side in sides)
    return [colon, *signs] if colon and chain else signs  # "a → ä: fahren, er fährt"


def _is_label(label: str, rest: str, sign: str, known: bool, listed: bool) -> bool:
    """Behind a colon or in bold a label may be longer; where all of a list is parted in the same way it may be any phrase."""
    short = _INITIAL.sub(_initial, BRACKETS.sub("", label))
    count = len(tokens(short))
    equals = sign.strip() == "="
    found = _SYMBOL.search(short) if equals and count > 1 and _MIXED.match(rest) else None
    if found and not "".join(word[0] for word in tokens(short)).startswith(found[0].lower()):
        return False  # "A monopolist sets MR = MC" is a sentence, "Net present value NPV = …" none
    if listed:
        return 0 < count <= 12 and not re.search(r"[.!;](\s|$)", short)
    colon = sign.strip() in (":", "::", "：")
    commas = equals or (colon and count <= 4)
    if not count or len(label) > 60 or re.search(r"[.!?;](\s|$)" if commas else r"[.!?;,](\s|$)", short):
        return False
    return count <= (7 if colon or known else 6 if equals else 3) or (colon and count <= 10 and len(tokens(rest)) <= 4)


def _initial(found: re.Match[str]) -> str:
    """Initials without their full stops, "E. coli", "Franklin D. Roosevelt"; behind a small word they end a sentence."""
    return found[0] if found[1] and found[1][0].islower() else found[0].replace(".", "")


def _kind_of_sign(sign: str) -> str:
    sign = sign.strip()
    return "→" if _ARROWS.search(sign) else "=" if "=" in sign else "::" if "::" in sign else sign[:1].replace("—", "–")


def common_sign(texts: Sequence[Text]) -> str:
    """What parts label and text in two of three of them at least, a dash in five of six; "" where they do not agree."""
    if len(texts) < 2:
        return ""
    signs = [_kind_of_sign(found[0]) if (found := _sign(text)) else "" for text in texts]
    best = Counter(signs).most_common(1)[0][0]
    count = sum(sign == best or (sign in ("→", "=") and best in _kinds(text)) for sign, text in zip(signs, texts, strict=True))
    enough = len(texts) if best == ":" else len(texts) - len(texts) // 6 if best in ("-", "–") else max(2, 2 * len(texts) / 3)
    return best if count >= enough else ""


def _kinds(text: Text) -> set[str]:
    """All signs of a line that may part label and text."""
    return {_kind_of_sign(found[0]) for found in _WEAK.finditer(spoken(text))}


@lru_cache(maxsize=1 << 12)
def _sign(text: Text) -> re.Match[str] | None:
    told = spoken(text)
    return _WEAK.search(told) or _COLON.search(told) or _GLUED.search(told)


def _bold_bracket(text: Text) -> tuple[Text, Text] | None:
    """`**Term** (what it is)`: label and text."""
    if len(text) != 2 or not isinstance(text[0], Styled) or text[0].style != "strong" or not isinstance(text[1], Words):
        return None
    found = re.fullmatch(r"\s*\(((?:[^()]|\([^()]*\))+)\)\s*\.?", text[1].text)
    told = found and len(tokens(found[1])) > 1 and not _DATED.fullmatch(found[1])  # "(Higgins, 1987)" says not what it is
    return (text[0].parts, (Words(found[1]),)) if found and told else None


def split_pair(text: Text) -> tuple[Text, Text]:
    """Both sides of `la casa = the house`, with any separator."""
    found = _sign(text)
    return (unstyled(cut(text, 0, found.start())), cut(text, found.end())) if found else ((), text)


def is_pair(text: Text) -> bool:
    """Two short names with an equals sign or an arrow between them, or in two scripts, and no sentence on either side."""
    label, rest = split_pair(text)
    found = _sign(text)
    if found is None or not label:
        return False
    sides = (plain(label), plain(rest))
    if _is_latin(sides[0]) != _is_latin(sides[1]):
        return len(tokens(sides[0])) <= 3 and len(tokens(sides[1])) <= 12
    return _kind_of_sign(found[0]) in "=→" and all(0 < len(tokens(side)) <= 3 for side in sides)


def _is_latin(words: str) -> bool:
    letters = [char for char in words if char.isalpha()]
    return not letters or "LATIN" in unicodedata.name(letters[0], "")


def is_equation(text: Text) -> bool:
    """Whether an equals sign parts label and text."""
    found = _sign(text)
    return found is not None and found[0].strip() == "="


def chooses(texts: Sequence[Text]) -> bool:
    """Whether the items lead from a situation to a choice: more words before the arrow than behind it, in two of three."""
    sides = [split_pair(text) for text in texts]
    longer = sum(len(tokens(plain(left))) > len(tokens(plain(right))) <= 4 for left, right in sides if left)
    return 3 * longer >= 2 * len(texts)


def is_time(label: str, words: Vocabulary) -> bool:
    """Whether a label names a day, a month, a year or a time between two of them, and nothing else."""
    months, small = _time_words(words)
    told = tokens(re.sub(r"[-–—/]", " ", BRACKETS.sub("", label)))
    named = [word for word in told if word in months or _YEAR.fullmatch(word)]
    eras = [word for word in told if word in words.listed("reading", "eras")]
    known = {*months, *small, *eras}
    timely = all(word in known or _NUMBER.fullmatch(word) or _YEAR.fullmatch(word) for word in told)
    return timely and (bool(named) or (bool(eras) and any(word[:1].isdigit() for word in told)))


@cache
def _time_words(words: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    """Names of months, and the words that may stand beside a number in a date."""
    return words.listed("reading", "months"), words.listed("reading", "around_dates")


def glued(texts: Sequence[Text]) -> bool:
    """Whether `::` parts label and text in all of them, blanks or not."""
    return all("::" in raw(text) for text in texts)
