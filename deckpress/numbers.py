"""Numbers with their units in a text, and when two of them are the same value."""

import re
from dataclasses import dataclass
from functools import cache

_BASE = (
    r"[mµn]?s|min|[kcmµn]?m|[kmµ]?g|[mdµ]?[lL]|[KMGTP]i?B|[KMG]?bps|[kKMG]?Hz"
    r"|[kMh]?Pa|[kM]?[NJW]|[km]?[VA]|k?cal|mol|°[CF]?|[a-zà-ÿ]{3,}"
)
_UNIT = rf"(?:%|‰|(?:{_BASE})[²³]?)(?:[/·][a-zA-Zµ]+[²³]?)*"
_SIGN = r"(?P<sign>[<>≤≥~≈])\s?|(?P<below>sub-|under |below |less than )|[$€£]\s?"
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
def _number(ranges: frozenset[str]) -> re.Pattern[str]:
    """A number, or two with a dash or one of some words between them, with sign and unit."""
    words = "".join(rf"|\s{re.escape(word)}\s" for word in sorted(ranges))
    return re.compile(rf"(?<![\w.,/-])(?:{_SIGN})?{_FIGURE}(?:(?:\s?[-–]\s?{words}){_FIGURE})?(?:\s?(?P<unit>{_UNIT}))?(?![\w])")


def numbers_in(told: str, stop: frozenset[str] = frozenset(), ranges: frozenset[str] = frozenset()) -> list[Number]:
    """The numbers of a text that have a unit, a sign of currency or of comparison.

    `stop` are words that are no unit, `ranges` those between the ends of a range.
    """
    found = []
    for match in _number(ranges).finditer(told):
        text, unit = match[0], match["unit"] or ""
        if unit in stop or (len(unit) > 2 and unit.isalpha() and _YEAR.match(text)):
            text, unit = match[0][: match.start("unit") - match.start()].rstrip(), ""
        elif len(unit) > 2 and unit.isalpha() and unit.islower():  # a word is no unit to recall: "62 hosts"
            text = match[0][: match.start("unit") - match.start()].rstrip()
        if unit or match["sign"] or text[0] in "$€£":
            exact = re.sub(r",(?!\d{3}(?!\d))", ".", text)  # "3,5" is no 35; "2,500" is 2500
            value = re.sub(r"[\s,]|sub-|under|below|less than|[<≤~≈]", "", exact).lower()
            found.append(Number(text, match.start(), match.start() + len(text), value))
    return found
