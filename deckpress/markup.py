"""Inline tree -> card HTML, paper HTML, plain text. The one place that escapes."""

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape, unescape
from types import MappingProxyType

from .formulas import drawn
from .highlight import highlighted
from .inline import sentences
from .model import (
    Break,
    Candidate,
    Code,
    Definition,
    Fact,
    Formula,
    Gap,
    Guide,
    Inline,
    Link,
    Mask,
    MultipleChoice,
    Picture,
    Point,
    Question,
    Row,
    Styled,
    Text,
    Topic,
    Words,
)
from .words import normal

_TAGS = {"em": "em", "strong": "strong", "strike": "s", "mark": "mark"}
NOTHING: Mapping[str, str] = MappingProxyType({})
HIDDEN = "___"  # in place of a word that would tell the answer
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+\Z", re.IGNORECASE)
# TeX commands of MathJax that make links, styles or macros, or load code; and signs that would end the formula early.
_ACTIVE = re.compile(
    r"\\(?:href|url|style|class|cssId|html|data|require|unicode|def|let|(?:re)?new(?:command|environment)|\)|\])", re.IGNORECASE
)
# Signs that typefaces lack, as those that say the same on paper.
_PLAINER = str.maketrans({**dict.fromkeys("✅☑✔", "✓"), **dict.fromkeys("❌✘✖", "✗"), "➜": "→", "➔": "→", "⟶": "→", "\ufe0f": ""})
_TAG = re.compile(r"<[^<>]+>")
DELETION = re.compile(r"\{\{c(\d+)::(.*?)(?:::[^{}]*)?\}\}")  # in a cloze's field: its number and what it hides
_BARE, _CHAPTER, _LETTERS = 5, 7, 60  # words of a name that may need its chapter's; words and letters of one that fits beside it
# "Part 2: …", "3.1 …", "2 Cell wall"; but not "Type 1 diabetes", "1848 revolutions".
_NUMBERED = re.compile(r"\A(?:(?:[^\W\d_]+\s+)?\d+(?:\.\d+)*(?:\s*[:.)]\s+|\s*[–—-]\s+)|\d{1,2}(?:\.\d{1,2})*\s+)(?=[^\W\d_])")
# Characters that neither HTML nor Anki's database takes well.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain(text: Iterable[Inline]) -> str:
    """The words alone, one blank between them."""
    if type(text) is tuple and len(text) == 1 and type(text[0]) is Words:  # most texts
        return " ".join(text[0].text.split())
    return " ".join("".join([part.text if type(part) is Words else _plain(part) for part in text]).split())


def _plain(part: Inline) -> str:
    match part:
        case Words(text) | Code(text):
            return text
        case Styled(_, parts) | Link(_, parts):
            return "".join(_plain(inner) for inner in parts)
        case Picture(_, alt):
            return alt
        case Formula(source):
            return f"${source}$"
        case Mask(text, hidden):
            return HIDDEN if hidden else text
        case Break():
            return " "


def escaped(words: str) -> str:
    """Words as HTML text: safe between tags and in a quoted attribute."""
    return escape(_CONTROL.sub("\ufffd", words), quote=True)


def _html(
    text: Iterable[Inline], picture: Callable[[Picture], str], formula: Callable[[Formula], str], line_break: str = "<br>"
) -> str:
    out: list[str] = []
    for part in text:
        match part:
            case Words(words):
                out.append(escaped(words))
            case Code() | Mask():
                out.append(_leaf(part))
            case Styled(style, parts):
                tag = _TAGS[style]
                out.append(f"<{tag}>{_html(parts, picture, formula, line_break)}</{tag}>")
            case Link(target, parts):
                inner = _html(parts, picture, formula, line_break)
                out.append(f'<a href="{escaped(target)}">{inner}</a>' if _SAFE_LINK.match(target) else inner)
            case Picture():
                out.append(picture(part))
            case Formula():
                out.append(formula(part))
            case Break(hard):
                out.append(line_break if hard else " ")
    return "".join(out)


def _leaf(part: Code | Mask) -> str:
    if isinstance(part, Code):
        return _code_block(part.text, part.language) if part.block else f"<code>{escaped(part.text)}</code>"
    return escaped(_plain(part))


def _code_block(source: str, language: str) -> str:
    pieces = ((kind, escaped(told)) for kind, told in highlighted(source, language))
    spans = "".join(f'<span class="{kind}">{told}</span>' if kind and told.strip() else told for kind, told in pieces)
    return f"<pre><code>{spans}</code></pre>"


def card_html(text: Iterable[Inline], media: Mapping[str, str] = NOTHING) -> str:
    """A field's value. `media` has the names of the pictures that travel with the deck; others are told in words."""
    return _html(text, lambda picture: _picture(picture, media), _mathjax)


def _picture(picture: Picture, media: Mapping[str, str]) -> str:
    name = media.get(picture.source)
    return f'<img src="{escaped(name)}" alt="{escaped(picture.alt)}">' if name else escaped(picture.alt)


def pictures_of(fact: Fact) -> tuple[Picture, ...]:
    """All pictures of a fact: in its texts, and below it."""
    return (*(part for text in texts_of(fact) for part in text if isinstance(part, Picture)), *fact.pictures)


def undrawn(fact: Fact) -> Iterator[str]:
    """The formulas of a fact that cannot be drawn on paper, as their source."""
    for text in texts_of(fact):
        yield from (part.source for part in text if isinstance(part, Formula) and drawn(part.source, part.block) is None)


def texts_of(fact: Fact) -> list[Text]:
    """All texts of a fact."""
    texts: list[Text] = []
    match fact:
        case Definition(term=label, text=text) | Point(label=label, text=text):
            texts = [label, text]
        case Question(question=question, answer=answer, explanation=why):
            texts = [question, answer, why]
        case MultipleChoice(question=question, options=options, explanation=why):
            texts = [question, *(option.text for option in options), *(option.reason for option in options), why]
        case Row(label=label, cells=cells):
            texts = [label, *(cell for _, cell in cells)]
    return texts


def _mathjax(formula: Formula) -> str:
    """A formula as Anki shows it: MathJax between `\\(` and `\\)`. One that could do more than show is told as code."""
    if _ACTIVE.search(formula.source):
        return f"<code>{escaped(formula.source)}</code>"
    return f"\\[{escaped(formula.source)}\\]" if formula.block else f"\\({escaped(formula.source)}\\)"


def read_of(field: str) -> str:
    """What is read of a field's HTML, on one line."""
    return " ".join(unescape(_TAG.sub(" ", field)).split())


def cloze_html(text: Iterable[Inline], media: Mapping[str, str] = NOTHING) -> str:
    """Text inside or beside a deletion: `}}` would end it and `::` start a hint (Anki's cloze grammar)."""
    return card_html(text, media).replace("}}", "&#125;&#125;").replace("::", "&#58;&#58;").replace("{{", "&#123;&#123;")


def paper_html(text: Iterable[Inline], media: Mapping[str, str] = NOTHING) -> str:
    """Text on a sheet, formulas drawn. A link shows its words; `media` has the pictures' data by their sources."""
    return _html(text, lambda picture: _printed(picture, media), _figure).translate(_PLAINER)


def _printed(picture: Picture, media: Mapping[str, str]) -> str:
    """A picture with its words for who cannot see it; where the guide has none, the name of its file."""
    data = media.get(picture.source)
    alt = escaped(picture.alt or picture.source.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    return f'<img class="picture" src="{data}" alt="{alt}">' if data else f"<i>{escaped(picture.alt)}</i>"


def _figure(formula: Formula) -> str:
    """A formula as a picture, as high as its text; its source, where it cannot be drawn."""
    made = drawn(formula.source, formula.block)
    if made is None:
        return f"<code>{escaped(formula.source)}</code>"
    data = base64.b64encode(made.svg.encode()).decode()
    look = f"height:{made.height:.3f}em;vertical-align:{-made.depth:.3f}em"
    kind = "formula block" if formula.block else "formula"
    return f'<img class="{kind}" style="{look}" src="data:image/svg+xml;base64,{data}" alt="{escaped(formula.source)}">'


def without_end_stop(text: Text) -> Text:
    """The same text without its final full stop."""
    if text and isinstance(text[-1], Words):
        rest = text[-1].text.rstrip()
        if rest.endswith(".") and not rest.endswith(".."):
            rest = rest[:-1]
        return (*text[:-1], Words(rest)) if rest else text[:-1]
    return text


def first_sentence(text: Text) -> Text:
    """The text up to its first full stop that ends a sentence, without pictures."""
    return tuple(part for part in sentences(text)[0] if not isinstance(part, Picture))


def phrase(text: Text) -> Text:
    """A text as it stands among phrases on paper: a single sentence without its full stop."""
    return text if ". " in plain(text) else without_end_stop(text)


def fact_texts(fact: Fact) -> tuple[str, ...]:
    """The plain texts of a fact: what is asked or named first, what is said of it after."""
    match fact:
        case Definition(term=label, text=text) | Point(label=label, text=text):
            return (plain(label), plain(text))
        case Question(question=question, answer=answer, explanation=why):
            return (plain(question), plain(answer), plain(why))
        case MultipleChoice(question=question, options=options, explanation=why):
            told = (f"{'*' if option.correct else ''}{plain(option.text)} {plain(option.reason)}".strip() for option in options)
            return (plain(question), *told, plain(why))
        case Row(label=label, cells=cells):
            return (plain(label), *(f"{plain(head)}: {plain(cell)}" for head, cell in cells))


def is_whole(topic: Topic, guide: Guide) -> bool:
    """Whether a topic is all of the guide, such as a glossary: its name then says nothing that the card does not show anyway."""
    return normal(guide.title) in (normal(topic.name), normal(topic.title))


def place_words(fact: Fact, topic: Topic, guide: Guide) -> str:
    """What of a fact's surroundings may stand in its question: the lead-in above it, the heads of its table, its section."""
    section = fact.section if is_whole(topic, guide) else ""
    return "\x1e".join(part for part in (fact.under, *fact.heads, section) if part)


def chapter_of(topic: Topic) -> str:
    """The heading above a topic, where a card names it besides: "Amazon S3" above "Basics", "Prepositions" above "Places".

    A name with figures or short forms needs none, nor one all of whose words have capitals, unless it only names a class of things.
    "Part 2: Storage" is "Storage".
    """
    words = topic.name.split()
    own = len(words) > _BARE or (len(words) > 1 and all(word[:1].isupper() for word in words))
    own = (own and not topic.dependent) or any(word[1:] != word[1:].lower() for word in words)
    if not words or own or any(char.isdigit() for char in topic.name):
        return ""
    chapter = _NUMBERED.sub("", topic.category)
    said = f" {normal(topic.name)} " in f" {normal(chapter)} "  # "Liver" below "Liver and pancreas"
    return chapter if len(chapter.split()) <= _CHAPTER and len(chapter) <= _LETTERS and not said else ""


def fact_words(fact: Fact) -> str:
    """The words by which two facts are the same: label and text as one, case and punctuation aside."""
    return normal(" ".join(fact_texts(fact)))


def shared_by(candidate: Candidate, members: Sequence[str]) -> Candidate:
    """A card that several facts share, with these of its parts in this order."""
    told = dict(candidate.parts)
    prompt: list[Inline | Gap] = list(candidate.opening)
    for at, member in enumerate(members):
        prompt += [Words(candidate.joint)] * (at > 0) + list(told[member])
    return replace(candidate, facts=tuple(members), prompt=tuple(prompt))


def fits_beside(texts: Sequence[Sequence[Inline | Gap]], more: Sequence[Inline | Gap], room: tuple[int, int] = (6, 170)) -> bool:
    """Whether another part fits a card that several facts share: so many, so many letters does a phone show."""
    return len(texts) < room[0] and sum(_letters(text) + 3 for text in (*texts, more)) <= room[1]


def _letters(parts: Sequence[Inline | Gap]) -> int:
    return sum(len(plain(part.text)) if isinstance(part, Gap) else len(_plain(part)) for part in parts)
