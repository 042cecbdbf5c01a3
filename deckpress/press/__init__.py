"""Handout data + templates -> HTML -> PDF bytes, an unchanged page not rendered again.

In: the book, the folder of own templates, and what was kept of earlier pages (a plain mapping). Out: files by name, the pages to
keep, and what went wrong.
"""

import base64
import hashlib
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .. import __version__
from ..assets import FONTS, fonts_folder
from ..diagnostics import Diagnostic, Span
from ..markup import NOTHING
from ..sheets import Book, Cutouts, Quiz, Sheet
from .html import LINK, Pages, TemplateError, style
from .join import PartFile, join
from .pdf import Printer

__all__ = ["Handouts", "Pressed", "press_html", "press_pdf"]


@dataclass(slots=True)
class Pressed:
    """Files by their name below dist/ (without the guide's slug), pages to keep by their hash, diagnostics."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Handouts:
    """What is to be printed. The book is always there, since it knows language and title; `sheets` tells whether it is wanted."""

    book: Book
    sheets: bool = True
    quiz: Quiz | None = None
    cards: Cutouts | None = None


def press_html(made: Handouts, own: Path | None, path: str, media: Mapping[str, str] = NOTHING) -> Pressed:
    """Each handout as one HTML file for a browser to print, where PDFs cannot be made."""
    out = Pressed()
    try:
        css = _inline_fonts(fonts_folder(own)) + style(made.book.look, own, made.book.direction == "rtl")
        pages = Pages(made.book, own, media)
        if made.sheets and made.book.sheets:
            out.files["-cheatsheets.html"] = pages.handout(css).encode()
        if made.quiz:
            out.files["-quiz.html"] = pages.quiz(made.quiz, css).encode()
        if made.cards:
            out.files["-flashcards.html"] = pages.flashcards(made.cards, css).encode()
    except TemplateError as error:
        out.diagnostics.append(_template_fault(error, path))
    return out


def press_pdf(
    made: Handouts,
    own: Path | None,
    path: str,
    kept: Mapping[str, bytes],
    media: Mapping[str, str] = NOTHING,
) -> Pressed:
    """The book as one tagged PDF with index, keywords, overview and bookmarks, and one PDF a sheet; quiz and cards likewise."""
    out = Pressed()
    try:
        press = _Press(made.book, own, path, kept, out, media)
        if made.sheets and made.book.sheets:
            press.sheets()
        if made.quiz:
            out.files["-quiz.pdf"] = press.page(press.pages.quiz(made.quiz))
        if made.cards:
            out.files["-flashcards.pdf"] = press.page(press.pages.flashcards(made.cards))
        out.diagnostics += press.diagnostics()
    except TemplateError as error:
        out.diagnostics.append(_template_fault(error, path))
    return out


class _Press:
    """The state of one printing: the printer, what was kept, what is to be kept."""

    def __init__(
        self, book: Book, own: Path | None, path: str, kept: Mapping[str, bytes], out: Pressed,
        media: Mapping[str, str],
    ) -> None:  # fmt: skip
        css, fonts = style(book.look, own, book.direction == "rtl"), fonts_folder(own)
        self.printer = Printer(css, fonts, own)
        self.pages = Pages(book, own, media)
        self.said: list[tuple[str, str]] = []
        self.book, self.path, self.kept, self.out, self.media = book, path, kept, out, media
        faces = [hashlib.sha256((fonts / name).read_bytes()).hexdigest() for _, name, _, _ in FONTS]
        self.base = "\x1f".join((css, *faces, _versions()))

    def _hash(self, *told: str) -> str:
        return hashlib.sha256("\x1f".join((self.base, *told)).encode()).hexdigest()

    def page(self, html: str) -> bytes:
        """A page that needs no fitting."""
        return self._once(self._hash(html), lambda: self.printer.write(self.printer.lay_out(html)))

    def fitting(self, at: Callable[[int], str], start: int) -> bytes:
        """A page at the first step of the ladder, from its estimate on, at which it is one; else on as many as it takes."""

        told = at(start)

        def made() -> bytes:
            documents = (self.printer.lay_out(told if step == start else at(step)) for step in range(start, len(self.pages.ladder)))
            first = next(documents)
            fits = first if len(first.pages) == 1 else next((one for one in documents if len(one.pages) == 1), None)
            return self.printer.write(fits or self.printer.lay_out(at(0)))

        return self._once(self._hash(told), made)

    def sheet(self, sheet: Sheet) -> bytes:
        """A sheet at the first step of the ladder, from its estimate on, at which it fits a page."""
        first = self.pages.sheet(sheet, sheet.step)
        return self._once(self._hash(first), lambda: self._fitted(sheet, first))

    def _fitted(self, sheet: Sheet, first: str) -> bytes:
        """The sheet on one page; where none is enough, at the largest size that takes no page more than the smallest one."""
        ladder = self.pages.ladder
        documents = []
        for step in range(sheet.step, len(ladder)):
            documents.append(self.printer.lay_out(first if step == sheet.step else self.pages.sheet(sheet, step)))
            if len(documents[-1].pages) == 1:
                return self.printer.write(documents[-1])
        fewest = len(documents[-1].pages)
        if len(ladder) > 1:  # large print takes what it takes
            self.printer.heard.append(("P002", f"the sheet of “{sheet.name}” takes {fewest} pages even at {ladder[-1]:g} pt"))
        return self.printer.write(next(document for document in documents if len(document.pages) == fewest))

    def sheets(self) -> None:
        """Every sheet by itself, and the book of them all."""
        book = self.book
        parts = [PartFile((book.title,), "", self.fitting(self.pages.index, self.pages.first_step()))]
        if book.overview:
            parts.append(
                PartFile((book.words["overview"],), "overview", self.fitting(self.pages.overview, self.pages.overview_step()))
            )
        for sheet in book.sheets:
            pdf = self.sheet(sheet)
            self.out.files[f"/{sheet.slug}.pdf"] = pdf
            parts.append(PartFile(tuple(block.name for block in sheet.blocks), sheet.slug, pdf))
        self.out.files["-cheatsheets.pdf"] = self.joined(parts)

    def joined(self, parts: list[PartFile]) -> bytes:
        """All parts in one file."""
        told = (hashlib.sha256(part.pdf).hexdigest() + "\x1e".join(part.titles) + part.anchor for part in parts)
        return self._once(
            self._hash("book", self.book.title, *told), lambda: join(parts, self.book.title, self.book.language, LINK)
        )

    def _once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A page from what was kept, else made now. What was said while it was made is kept with it, and said again."""
        pdf = self.kept.get(f"{name}.pdf", b"")
        said = self.kept.get(f"{name}.json", b"[]")
        if not (pdf.startswith(b"%PDF") and pdf.rstrip().endswith(b"%%EOF")):  # none, or one that was cut off
            self.printer.heard.clear()
            pdf = make()
            said = json.dumps(self.printer.heard, ensure_ascii=False).encode()
        told = [(code, text) for code, text in json.loads(said)]
        self.said += told
        if any(code == "P003" for code, _ in told):  # a font that the author installs is no part of the hash
            return pdf
        self.out.pages[f"{name}.pdf"] = pdf
        if told:
            self.out.pages[f"{name}.json"] = said
        return pdf

    def diagnostics(self) -> list[Diagnostic]:
        """What was said of all pages, each once; missing characters in one line."""
        missing = "".join(dict.fromkeys(text for code, text in self.said if code == "P003"))
        found = [
            (code, self._picture(text) if code == "P009" else text) for code, text in dict.fromkeys(self.said) if code != "P003"
        ]
        if missing:
            found.append(("P003", f"no font here has these characters, they are blank on paper: {missing[:60]}"))
        return [Diagnostic(code, Span(self.path, 1), text) for code, text in found]

    def _picture(self, begins: str) -> str:
        """Which picture cannot be shown, by how its data begins."""
        name = next((source for source, data in self.media.items() if data.startswith(begins)), "a picture")
        return f"{name} cannot be shown on paper: its file is no picture, or damaged"


def _versions() -> str:
    from importlib.metadata import version  # only where pages are made

    return f"{__version__} {version('weasyprint')} {version('pikepdf')} {platform.machine()}"


def _inline_fonts(folder: Path) -> str:
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
        f"src:url(data:font/ttf;base64,{base64.b64encode((folder / name).read_bytes()).decode()})}}\n"
        for family, name, weight, style in FONTS
    )


def _template_fault(error: TemplateError, path: str) -> Diagnostic:
    name, line = getattr(error, "name", None) or "a print template", getattr(error, "lineno", None)
    place = Span(f"templates/{name}", line) if line else Span(path, 1)
    return Diagnostic("P004", place, f"{name} cannot be used: {error.message or type(error).__name__}")
