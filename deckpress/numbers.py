"""Numbers with their units in a text, and when two of them are the same value."""

import re
from dataclasses import dataclass
from functools import cache

from .words import Vocabulary

_BASE = (
    r"[mµn]?s|min|[kcmµn]?m|[kmµ]?g|[mdµ]?[lL]|[KMGTP]i?B|[KMG]?bps|[kKMG]?Hz"
    r"|[kMh]?Pa|[kM]?[NJW]|[km]?[VA]|k?cal|mol|mmHg|cmH2O|mEq|IU|h|°[CF]?|[a-zà-ÿ]{3,}"
)
_UNIT = rf"(?:%|‰|(?:{_BASE})[²³]?)(?:[/·][a-zA-Zµ]+[²³]?)*"
_FIGURE = r"(?:\d{1,3}(?:[ ,.]\d{3})+|\d+)(?:[.,]\d+)?"
_YEAR = re.compile(r"1\d{3}|20\d\d")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its unit, where it stands, and a form in which equal values are equal."""

    text: str
    start: int
    end: int
    value: str


@cache
def _number(words: Vocabulary) -> re.Pattern[str]:
    """A number, or two with a dash or one of some words between them, with sign and unit."""
    ranges = "".join(rf"|\s{re.escape(word)}\s" for word in sorted(words.listed("words", "range")))
    sign = rf"(?P<sign>[<>≤≥~≈])\s?|(?P<below>{_below(words)})|[$€£]\s?"
    return re.compile(rf"(?<![\w.,/-])(?:{sign})?{_FIGURE}(?:(?:\s?[-–]\s?{ranges}){_FIGURE})?\+?(?:\s?(?P<unit>{_UNIT}))?(?![\w])")


@cache
def _below(words: Vocabulary) -> str:
    """What says that a number is an upper bound: "under ", "sub-"."""
    told = sorted(words.listed("words", "below"), key=len, reverse=True)
    return "|".join(re.escape(word) if word.endswith("-") else rf"{re.escape(word)}\s" for word in told)


_PART = rf"{_FIGURE}\+?(?:\s?{_UNIT}|\s[A-Za-z]{{1,5}})?"
_MEASURE = re.compile(rf"[<>≤≥~≈±]?\s?[$€£]?\s?{_PART}(?:(?:\s?[-–:/×]\s?|\s[a-zà-ÿ]{{1,3}}\s){_PART})*")


def without_figures(told: str) -> str:
    """A quantity with "…" for its figures, to show what is wanted: "… ms", "…:…"; "" for what is more, or has no unit or ratio."""
    shown = re.sub(_FIGURE, "…", told) if _MEASURE.fullmatch(told) else ""
    measured = re.sub(r"…\s[a-zà-ÿ]{1,3}\s…", "……", shown)  # "24 to 72" has no unit
    return shown if re.search(r"[A-Za-zµ%‰°$€£:]", measured) else ""


def numbers_in(told: str, words: Vocabulary, stop: frozenset[str] = frozenset()) -> list[Number]:
    """The numbers of a text that have a unit, a sign of currency or of comparison. `stop` are more words that are no unit."""
    found = []
    no_unit = stop | words.listed("words", "stop")
    for match in _number(words).finditer(told):
        text, unit = match[0], match["unit"] or ""
        if unit in no_unit or (len(unit) > 2 and unit.isalpha() and _YEAR.match(text)):
            text, unit = match[0][: match.start("unit") - match.start()].rstrip(), ""
        whole = text  # "5 years" and "5 developers" are not the same value
        apart = bool(unit) and match[0][match.start("unit") - match.start() - 1].isspace()
        if apart and len(unit) > 2 and unit.isalpha() and unit.islower():  # a word is no unit to recall: "62 hosts"
            text = match[0][: match.start("unit") - match.start()].rstrip()
        if unit or match["sign"] or text[0] in "$€£":
            exact = re.sub(r",(?!\d{3}(?!\d))", ".", whole)  # "3,5" is no 35; "2,500" is 2500
            value = re.sub(rf"[\s,]|[<≤~≈]|^(?:{_below(words)})", "", exact).lower()
            found.append(Number(text, match.start(), match.start() + len(text), value))
    return found
