"""The words of a language, from its data file; and how two texts are told to say the same.

`vocabulary(code)` gives a language's words; one that has no file of its own reads with the English section words.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import resources
from string import Formatter
from typing import Any

# Signs that stand above, below or beside the letters of a script: they are parts of its words, which `re` does not know.
SIGNS = "".join(char for char in map(chr, range(0x300, 0x1200)) if unicodedata.category(char).startswith("M"))
LETTERS = rf"[^\W_]+(?:[{SIGNS}]+[^\W_]*)*"
_TOKEN = re.compile(rf"{LETTERS}(?:[.'’+#-]+{LETTERS})*[+#]*|[<>≤≥=~]+(?=\s*\d)")
# Scripts that tell the language by themselves; their words are not parted by blanks.
_KANA, _HAN, _LATIN = re.compile(r"[\u3040-\u30ff]"), re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]")
# Capitals of the alphabets that have them, for patterns: `re` has no class for them.
CAPITALS = "".join(char for char in map(chr, range(0x530)) if char.isupper())
_MARKS = re.compile(r"[↑↓+−±<>]|(?<![\w)\]])(?<!\d )[-–](?=\d)")  # a hyphen before a number is a minus
_SUFFIX = re.compile(r"(?:['’]s|ally|ies|ing|ed|es|e|s|ly|(?<=t)ions?)\Z")


@dataclass(frozen=True, slots=True, eq=False)  # one object a language and extension: what is made of it is kept by object
class Vocabulary:
    """One language's data file, with the words that a user adds to it, looked up by meaning."""

    language: str
    data: dict[str, Any]
    sections: dict[str, str]  # normal words of a section heading -> kind
    labels: dict[str, str]  # normal words of a label -> kind
    filler: frozenset[str]

    def listed(self, part: str, name: str) -> frozenset[str]:
        """A word list of the file, in lower case."""
        return _listed(self, part, name)

    def phrase(self, name: str, **values: str | int) -> str:
        """A phrase of the cards, filled in."""
        return str(self.data["phrases"][name]).format(**values)

    def sheet(self, name: str, **values: str | int) -> str:
        """A word of the sheets, filled in."""
        return str(self.data["sheet"].get(name, name)).format(**values)

    def section_kind(self, heading: str, of: frozenset[str] = frozenset()) -> str:
        """The kind that a section heading names, "" for none. `of` are words of the topic, which do not count."""
        return _section_kind(self, heading, of)

    def label_kind(self, label: str) -> str:
        """The kind that a label in front of a text gives it; "Exam tip" is one of tips, "Difference from X" one of differences."""
        words = normal(label).split(" ")
        if kind := self.labels.get(" ".join(words)):
            return kind
        first, last = self.labels.get(words[0], ""), self.labels.get(words[-1], "") or self.labels.get(stem(words[-1]), "")
        return first if first == "comparison" else last if last == "note" and len(words) <= 3 else ""

    def starts_with(self, text: str, name: str, part: str = "reading") -> bool:
        """Whether the text begins with one of the phrases of that name."""
        found = " ".join(_tokens(text[:200])) + " "
        return found.startswith(_beginnings(self, name, part))

    def says(self, heading: str, name: str) -> bool:
        """Whether one of the phrases of that name stands in a heading, a hyphen read as a blank."""
        return _says(self, heading, name)


@lru_cache(maxsize=1 << 14)
def _section_kind(words: Vocabulary, heading: str, of: frozenset[str]) -> str:
    told = [word for word in tokens(heading.replace("-", " ")) if word not in of]
    for left_out in (frozenset[str](), words.filler):
        if kind := words.sections.get(" ".join(word for word in told if word not in left_out)):
            return kind
    joints = [at for at, word in enumerate(told) if at and word in words.listed("reading", "joints")]
    if joints and (kind := words.sections.get(" ".join(told[: joints[0]]))):
        return kind
    before, parted, _ = heading.partition(":")
    if parted and heading.rstrip()[-1:] != ":" and (kind := words.section_kind(before, of)):
        return kind
    if " ".join(told).startswith(_beginnings(words, "begin_steps")):
        return "step"
    return _begun(words, told) or _joined(words, heading, of)


@cache
def joints(words: Vocabulary) -> re.Pattern[str]:
    """What joins the names of several things in a heading: "and", a comma, "&", "+", "/"."""
    joining = "|".join(map(re.escape, sorted(words.listed("reading", "and"))))
    return re.compile(rf"\s*(?:[&+/,]|\b(?:{joining})\b)\s*", re.IGNORECASE)


def _joined(words: Vocabulary, heading: str, of: frozenset[str]) -> str:
    """The kind of "Mnemonics & exam traps": of its first part, where each part is known."""
    parts = joints(words).split(heading)
    kinds = [words.section_kind(part, of) for part in parts if part.strip()] if 2 <= len(parts) <= 3 else []
    return kinds[0] if len(kinds) > 1 and all(kinds) else ""


def _begun(words: Vocabulary, told: list[str]) -> str:
    """The kind of a known phrase of two words or more that a heading goes on from: "When to use which"."""
    for count in (4, 3, 2):
        phrase = " ".join(told[:count])
        if count < len(told) <= count + 2 and phrase in words.sections and phrase not in words.listed("reading", "what_is"):
            return words.sections[phrase]
    return ""


@cache
def _listed(words: Vocabulary, part: str, name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in words.data[part][name])


@cache
def _beginnings(words: Vocabulary, name: str, part: str = "reading") -> tuple[str, ...]:
    return tuple(" ".join(tokens(phrase)) + " " for phrase in words.data[part][name])


@lru_cache(maxsize=1 << 14)
def _says(words: Vocabulary, heading: str, name: str) -> bool:
    told = f" {normal(heading.replace('-', ' '))} "
    return any(f" {phrase}" in told for phrase in _beginnings(words, name, "words"))


@cache
def marker(words: Vocabulary, name: str, before: str) -> re.Pattern[str]:
    """A pattern for a marker such as `Answer:` or `A:` of the reading words, behind what `before` matches."""
    listed = sorted(words.listed("reading", name), key=len, reverse=True)
    choices = "|".join(re.escape(word) for word in listed if len(word) > 1 or not word.isascii())
    letters = "".join(re.escape(word.upper()) for word in listed if len(word) == 1 and word.isascii())
    short = rf"|(?-i:[{letters}])\s*[:：]" if letters else ""
    return re.compile(rf"{before}(?:(?:{choices})\s*(?:[:：]|[-–—→](?=\s)){short})\s*", re.IGNORECASE)


@cache
def vocabulary(language: str, own: str = "") -> Vocabulary:
    """The words of a language such as "en" or "de-AT" on top of the English ones, and a user's `own` on top of both.

    `own` is TOML with the tables of a language file; it has been looked at by `problems`.
    """
    name = language.split("-", maxsplit=1)[0].lower()
    data = _file("en.toml")
    if name != "en" and name in known_languages():
        data = _merged(data, _file(f"{name}.toml"))
    if own:
        data = _merged(data, tomllib.loads(own))
    return Vocabulary(
        language=name,
        data=data,
        sections=_by_words(data["reading"]["sections"]),
        labels=_by_words(data["reading"]["labels"]),
        filler=frozenset(data["reading"]["filler"]),
    )


def detected(text: str) -> str:
    """The language whose own stop words a text uses most; English where none stands out.

    What several languages share does not count. A guide in English about another language has many words of both: a guide in that
    language has hardly any that are only English.
    """
    kana, han, latin = (len(script.findall(text[:5_000])) for script in (_KANA, _HAN, _LATIN))
    if 2 * (kana + han) > latin:  # else it is a guide in another language about this one
        if kana > 10:
            return "ja"
        if han > 20:
            return "zh"
    stop = {name: {word.lower() for word in _file(f"{name}.toml")["words"]["stop"]} for name in known_languages()}
    shared = Counter(word for words in stop.values() for word in words)
    found = Counter(tokens(text[:20_000]))
    own, every = (
        {name: sum(found[word] for word in words if shared[word] == 1 or not alone) for name, words in stop.items()}
        for alone in (True, False)
    )
    best = max(own, key=lambda name: (own[name], every[name], name == "en"))
    return "en" if 2 * own["en"] >= own[best] or every[best] <= every["en"] else best


@cache
def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("deckpress") / "languages" / name).read_text("utf-8"))


def _merged(base: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Word lists are joined (guides mix languages), everything else is replaced."""
    out = dict(base)
    for name, value in more.items():
        there = base.get(name)
        if isinstance(value, dict) and isinstance(there, dict):
            out[name] = _merged(there, value)
        elif isinstance(value, list) and isinstance(there, list):
            out[name] = [*there, *value]
        else:
            out[name] = value
    return out


@cache
def small_words(code: str) -> frozenset[str]:
    """The stop words and negations of a language's own file, without the English ones that every language is merged with."""
    own = _file(f"{code}.toml").get("words", {})
    return frozenset(word.lower() for name in ("stop", "negation") for word in own.get(name, ()))


@cache
def in_any_language(part: str, name: str) -> frozenset[str]:
    """The words of that name in all language files: for texts that are looked at before their language is known."""
    return frozenset(word for code in known_languages() for word in _file(f"{code}.toml").get(part, {}).get(name, ()))


@cache
def known_languages() -> tuple[str, ...]:
    """The codes of the languages that have a data file."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in (resources.files("deckpress") / "languages").iterdir()))


def problems(own: str) -> list[tuple[int, str]]:
    """What is wrong with a user's own words, each with its line: no TOML, or names that a language file does not have."""
    try:
        told = tomllib.loads(own)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        return [(int(found[1]) if found else 1, f"cannot be read: {error}")]
    return [(_line_of(name, own), message) for name, message in _strangers(told, _file("en.toml"), "")]


def _strangers(told: dict[str, Any], known: dict[str, Any], inside: str) -> Iterator[tuple[str, str]]:
    for name, value in told.items():
        near = get_close_matches(name, known, 1)
        meant = f"; did you mean “{near[0]}”?" if near else f"; known are {', '.join(sorted(known)[:30])}"
        if name not in known:
            if inside != "item_plurals":
                yield name, f"there is no “{name}” in {f'[{inside}]' if inside else 'a language file'}{meant}"
        elif isinstance(known[name], dict):
            if isinstance(value, dict):
                yield from _strangers(value, known[name], f"{inside}.{name}".strip("."))
            else:
                yield name, f"“{name}” is a table: write [{inside}.{name}]".replace("[.", "[")
        elif isinstance(known[name], list) and not (isinstance(value, list) and all(isinstance(word, str) for word in value)):
            yield name, f"“{name}” takes a list of words in quotes"
        elif isinstance(known[name], str) and not isinstance(value, str):
            yield name, f"“{name}” takes words in quotes"
        elif isinstance(value, str) and isinstance(known[name], str) and (wrong := _blanks_wrong(value, known[name])):
            yield name, f"“{name}” {wrong}"


def _blanks_wrong(phrase: str, known: str) -> str:
    """What is wrong with the blanks of a phrase, such as {topic}; "" where they can be filled in."""
    allowed = {blank for _, blank, _, _ in Formatter().parse(known) if blank}
    try:
        blanks = {blank for _, blank, _, _ in Formatter().parse(phrase) if blank is not None}
    except ValueError:
        return "has a brace without its other half"
    named = ", ".join(f"{{{blank}}}" for blank in sorted(allowed))
    strange = sorted(blanks - allowed)
    return f"has no blank {{{strange[0]}}}" + (f"; it has {named}" if named else "") if strange else ""


def _line_of(name: str, text: str) -> int:
    return next((number for number, line in enumerate(text.split("\n"), 1) if re.search(rf"\b{re.escape(name)}\b", line)), 1)


def _by_words(table: dict[str, list[str]]) -> dict[str, str]:
    return {" ".join(tokens(phrase.replace("-", " "))): kind for kind, phrases in table.items() for phrase in phrases}


def tokens(text: str) -> list[str]:
    """Words, numbers and the signs before numbers, in lower case and one normal form."""
    return list(_tokens(text))


@lru_cache(maxsize=1 << 16)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(unicodedata.normalize("NFKC", text).casefold()))


def normal(text: str) -> str:
    """What two texts share that say the same to a reader: case, punctuation and blanks do not count."""
    found = " ".join(tokens(text))
    return found or "".join(unicodedata.normalize("NFKC", text).split())


def exact(text: str) -> str:
    """The same with the arrows and signs that a table of laboratory values lives on: "TSH ↑" is not "TSH ↓"."""
    return normal(text) + "".join(mark.replace("-", "−").replace("–", "−") for mark in _MARKS.findall(text))


def without_accents(text: str) -> str:
    """A text in plain letters: "collège" is "college"."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A light suffix cut: enough to see "scaling" in "scales", the same for every language."""
    return _SUFFIX.sub("", word) if len(word) > 4 or (len(word) == 4 and (word[-1] == "s" != word[-2] or word[-1] == "e")) else word


def stems(text: str, stop: Iterable[str] = ()) -> list[str]:
    """Stems of the words of a text, in order, stop words left out."""
    return list(_stems(text, frozenset(stop)))


@lru_cache(maxsize=1 << 16)
def _stems(text: str, left_out: frozenset[str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in _tokens(text) if word not in left_out)


_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML has it."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"


def slug(words: str) -> str:
    """A name as a tag or a file takes it: letters of any script, digits, hyphens."""
    told = unicodedata.normalize("NFKC", words).lower()
    return re.sub(r"[^\w]+", "-", told).replace("_", "-").strip("-") or "x"
