"""Handout data + templates -> HTML. The one door to jinja2: sandboxed, everything escaped but what `markup` made."""

from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from ..assets import template
from ..markup import paper_html, plain
from ..model import Text, Words
from ..sheets import LADDER, Book, Sheet

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


def environment(own: Path | None) -> SandboxedEnvironment:
    """Jinja with the two filters that turn text into HTML."""
    made = SandboxedEnvironment(
        loader=Templates(own), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["paper"] = lambda text: Markup(paper_html(text))  # noqa: S704 - markup escapes
    made.filters["first_sentence"] = first_sentence
    return made


def first_sentence(text: Text) -> Text:
    """The text up to its first full stop that ends a sentence."""
    told = plain(text)
    end = told.find(". ")
    return (Words(told[: end + 1]),) if end > 0 else text


def scale(size: float) -> str:
    """Body size in points, and the two small sizes with their floor of 7 pt. (WeasyPrint 70 reads `rem` in max() as 12 pt.)"""
    return f"font-size:{size:g}pt;--small:{max(7.0, 0.78 * size):g}pt;--heading:{max(7.4, 0.84 * size):g}pt"


def style(book: Book, own: Path | None) -> str:
    """The style sheet, and what the guide itself says of paper and colour behind it."""
    accent = f":root{{--accent:{book.accent}}}" if book.accent else ""
    return f"{template('print/print.css', own)}\n@page{{size:{'letter' if book.paper == 'letter' else 'A4'}}}{accent}\n"


class Pages:
    """The HTML of a book's pages, made as they are asked for."""

    def __init__(self, book: Book, own: Path | None) -> None:
        self.book = book
        self.templates = environment(own)

    def sheet(self, sheet: Sheet, step: int) -> str:
        """One sheet at a step of the ladder."""
        return self._render(
            "print/sheet.html", sheet=sheet, scale=scale(LADDER[step]), place=self.place(sheet), footing=self.footing(sheet),
            tab=self.tab(sheet),
        )  # fmt: skip

    def index(self) -> str:
        """The first page: topic, one line, sheet."""
        size = LADDER[0] if len(self.book.sheets) <= 24 else LADDER[3]
        return self._render("print/index.html", scale=scale(size), link=lambda sheet: LINK + sheet.slug)

    def handout(self, css: str) -> str:
        """All pages as one HTML file that a browser prints well: one step smaller than on paper, footers in the flow."""
        sheets = self.book.sheets
        return self._render(
            "print/handout.html", css=Markup(css),  # noqa: S704 - our own style sheet
            places=[self.place(s) for s in sheets], footings=[self.footing(s) for s in sheets],
            scale=scale(LADDER[min(max((s.step for s in sheets), default=0) + 1, len(LADDER) - 1)]),
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
        return self.templates.get_template(name).render(book=self.book, words=self.book.words, footer=footer, **values)


__all__ = ["LINK", "Pages", "TemplateError", "environment", "style"]
