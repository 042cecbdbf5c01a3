"""Handout data + templates -> HTML. The one door to jinja2: sandboxed, everything escaped but what `markup` made."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from traceback import extract_tb
from typing import Any
from unicodedata import bidirectional

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from ..assets import template
from ..markup import NOTHING, first_sentence, paper_html, plain
from ..model import Picture, Text
from ..sheets import MARGIN, PAPERS, TOP, Book, Cutouts, Look, Quiz, Sheet, lines_of_index, lines_of_table, page_of, step_for

FLOORS = (("small", 7.0, 0.78), ("heading", 7.4, 0.84), ("code", 7.0, 0.82))  # smallest type in points, share of the body
# Links of the index point here until the sheets are joined; `.invalid` is never resolved by anyone.
LINK = "https://sheet.invalid/"


class Templates(BaseLoader):
    """Reads templates from the user's folder first, else from what ships with the program."""

    def __init__(self, own: Path | None) -> None:
        self.own = own

    def get_source(self, environment: Any, template_name: str) -> tuple[str, str | None, None]:  # noqa: ARG002
        try:
            return template(template_name, self.own), template_name, None
        except OSError as error:
            raise TemplateNotFound(template_name) from error
        except UnicodeDecodeError as error:
            raise TemplateSyntaxError("it is no UTF-8 text", 1, template_name) from error


def environment(own: Path | None, media: Mapping[str, str] = NOTHING, rtl: bool = False) -> SandboxedEnvironment:
    """Jinja with the filters that turn text into HTML, and those that part rows. `media`: data of pictures by their sources."""
    made = SandboxedEnvironment(
        loader=Templates(own), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["paper"] = lambda text: Markup(_mark(text, rtl) + paper_html(text, media))  # noqa: S704 - markup escapes
    made.filters["first_sentence"] = first_sentence
    made.filters["letters"] = lambda text: len(plain(text))
    made.filters["halves"] = lambda rows: [half for half in (rows[: (len(rows) + 1) // 2], rows[(len(rows) + 1) // 2 :]) if half]
    made.filters["balanced"] = balanced
    made.filters["by_lead"] = lambda rows: [list(group) for _, group in groupby(rows, key=lambda row: row.lead)]
    made.filters["figure"] = lambda text: Markup(_figure(text, media))  # noqa: S704 - markup escapes
    return made


def _mark(text: Text, rtl: bool) -> str:
    """In a page from right to left, the sign that keeps "18 g" in its order: a text without a letter of that page's script."""
    told = plain(text) if rtl else ""
    return "\u200e" if told and all(bidirectional(char) not in ("R", "AL") for char in told) else ""


def balanced(texts: Sequence[Text]) -> list[Sequence[Text]]:
    """Texts in two columns that end as evenly as their order allows; a single one stands alone."""
    if len(texts) < 2:
        return [texts]
    lines = [len(plain(text)) // 46 + 1 for text in texts]
    cut = min(range(1, len(texts)), key=lambda at: (abs(sum(lines[:at]) - sum(lines[at:])), -at))
    return [texts[:cut], texts[cut:]]


def _figure(text: Text, media: Mapping[str, str]) -> str:
    """Pictures with what they show below them."""
    pictures = paper_html([part for part in text if isinstance(part, Picture)], media)
    told = paper_html([part for part in text if not isinstance(part, Picture)], media)
    return f'{pictures}<span class="caption">{told}</span>'


def scale(size: float) -> str:
    """Body size in points, and the three small sizes with their floor of 7 pt. (WeasyPrint 70 reads `rem` in max() as 12 pt.)"""
    return ";".join([f"font-size:{size:g}pt", *(f"--{name}:{max(least, share * size):g}pt" for name, least, share in FLOORS)])


def style(look: Look, own: Path | None, rtl: bool = False) -> str:
    """The style sheet, and what the guide and the command say of paper, margin and colour behind it."""
    accent = f":root{{--accent:{look.accent}}}" if look.accent else ""
    binder = f"@page{{margin-{'right' if rtl else 'left'}:24mm}}" if look.binder else ""
    try:
        sheet = template("print/print.css", own)
    except UnicodeDecodeError as error:
        raise TemplateSyntaxError("it is no UTF-8 text", 1, "print/print.css") from error
    return f"{sheet}\n@page{{size:{'letter' if look.paper == 'letter' else 'A4'}}}{binder}{accent}\n"


class Pages:
    """The HTML of a book's pages, made as they are asked for."""

    def __init__(self, book: Book, own: Path | None, media: Mapping[str, str] = NOTHING) -> None:
        self.book, self.ladder, self.own = book, book.look.ladder, own
        self.templates = environment(own, media, book.direction == "rtl")

    def sheet(self, sheet: Sheet, step: int) -> str:
        """One sheet at a step of the ladder."""
        return self._render(
            "print/sheet.html", sheet=sheet, scale=scale(self.ladder[step]), place=self.place(sheet), footing=self.footing(sheet),
            tab=self.tab(sheet),
        )  # fmt: skip

    def index(self, step: int) -> str:
        """The first pages: topic, one line, sheet; and where each keyword is to be found."""
        return self._render("print/index.html", scale=scale(self.ladder[step]), link=lambda sheet: LINK + sheet.slug)

    def overview(self, step: int) -> str:
        """All topics side by side."""
        return self._render("print/overview.html", scale=scale(self.ladder[step]))

    def handout(self, css: str) -> str:
        """All pages as one HTML file that a browser prints well: one step smaller than on paper, footers in the flow."""
        sheets = self.book.sheets
        return self._render(
            "print/handout.html", css=Markup(css), scale=scale(self.ladder[0]),  # noqa: S704 - our own style sheet
            places=[self.place(s) for s in sheets], footings=[self.footing(s) for s in sheets],
            zooms=[self._smaller(s.step) for s in sheets], first=self._smaller(self.first_step()),
            beside=self._smaller(self.overview_step()), link=lambda sheet: f"#{sheet.slug}",
        )  # fmt: skip

    def first_step(self) -> int:
        """Where on the ladder the index will probably fit a page."""
        entries = sum(len(rows) + 1 for _, rows in self.book.keywords)
        lines = lines_of_index([block for block, _ in self.book.blocks], entries)
        return min(step_for(lines, page_of(self.book.look)), len(self.ladder) - 1)

    def overview_step(self) -> int:
        """The same of the page that sets the topics side by side."""
        lines = 4 + lines_of_table(self.book.overview) if self.book.overview else 0.0
        return min(step_for(lines, page_of(self.book.look)), len(self.ladder) - 1)

    def _smaller(self, step: int) -> str:
        """A page of the handout one step smaller than on paper: a browser cannot try which size fits. No type below 7 pt."""
        size = self.ladder[min(step + 1, len(self.ladder) - 1)]
        by = size / self.ladder[0]
        return ";".join([f"zoom:{by:.3f}", *(f"--{name}:{max(least, share * size) / by:.2f}pt" for name, least, share in FLOORS)])

    def quiz(self, quiz: Quiz, css: str = "") -> str:
        """The questions, and their key on pages of its own."""
        return self._render(
            "print/quiz.html", quiz=quiz, scale=scale(self.ladder[0]), css=Markup(css),  # noqa: S704 - our own style sheet
            language=self.book.language, direction=self.book.direction, author=self.book.author or self.book.title,
        )  # fmt: skip

    def flashcards(self, cards: Cutouts, css: str = "") -> str:
        """Cards to cut out, fronts and backs."""
        width, height = PAPERS[cards.look.paper]
        return self._render(
            "print/flashcards.html", cards=cards, css=Markup(css), width=width, height=height,  # noqa: S704 - our own style sheet
            marks=_ticks(cards, width, height), language=self.book.language, direction=self.book.direction,
            author=self.book.author or self.book.title,
        )  # fmt: skip

    def place(self, sheet: Sheet) -> str:
        """Which sheet of how many."""
        return self.book.words["sheet_of"].replace("#", str(sheet.number), 1).replace("#", str(len(self.book.sheets)), 1)

    def footing(self, sheet: Sheet) -> str:
        """Sheet, revision and content mark: what tells a reprint from what hangs on the wall."""
        return f"{self.place(sheet)} · {self.book.words['rev']} {sheet.revision} · {sheet.mark}"

    def tab(self, sheet: Sheet) -> float:
        """Where the thumb tab stands, in millimetres from the top: stepping with the topic, twelve to a page."""
        return 14 + (sheet.number - 1) % 12 * 19.5

    def _render(self, name: str, **values: object) -> str:
        footer = " · ".join(part for part in (self.book.title, self.book.author, self.book.licence) if part)
        made = self.templates.get_template(name)
        try:
            return made.render(book=self.book, words=self.book.words, footer=footer, **values)
        except TemplateError:
            raise
        except Exception as error:
            if self.own is None:  # ours: a bug, and to be seen as one
                raise
            raise _fault_of(error, name) from error


def _fault_of(error: Exception, name: str) -> TemplateError:
    """What went wrong while a template of the user's was filled in, with its name and line."""
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.startswith("print/")]
    line, file = (frames[-1].lineno or 1, frames[-1].filename) if frames else (1, name)
    return TemplateSyntaxError(f"{type(error).__name__}: {error}", line, file)


def _ticks(cards: Cutouts, width: float, height: float) -> list[tuple[float, float, float, float]]:
    """Marks in the margins where the edges of the cards are: left, top, width and height in millimetres."""
    across = [MARGIN + at * cards.width for at in range(3)]
    rows = round((height - TOP - MARGIN) / cards.height)
    down = [TOP + at * cards.height for at in range(rows + 1)]
    marks = [(round(x - 0.1, 3), y, 0.2, 3.0) for x in across for y in (TOP - 3.5, height - MARGIN + 0.5)]
    return marks + [(x, round(y - 0.1, 3), 3.0, 0.2) for y in down for x in (MARGIN - 3.5, width - MARGIN + 0.5)]


__all__ = ["LINK", "Pages", "TemplateError", "environment", "style"]
