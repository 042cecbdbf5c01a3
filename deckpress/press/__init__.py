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

from ..assets import FONTS, fonts_folder
from ..diagnostics import Diagnostic, Span
from ..sheets import LADDER, Book, Sheet
from .html import LINK, Pages, TemplateError, style
from .join import PartFile, join
from .pdf import Printer

__all__ = ["Pressed", "press_html", "press_pdf"]


@dataclass(slots=True)
class Pressed:
    """Files by their name below dist/ (without the guide's slug), pages to keep by their hash, diagnostics."""

    files: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, bytes] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def press_html(book: Book, own: Path | None, path: str) -> Pressed:
    """The sheets as one HTML file for a browser to print, where PDFs cannot be made."""
    out = Pressed()
    try:
        css = _inline_fonts(fonts_folder(own)) + style(book, own)
        out.files["-cheatsheets.html"] = Pages(book, own).handout(css).encode()
    except TemplateError as error:
        out.diagnostics.append(_template_fault(error, path))
    return out


def press_pdf(book: Book, own: Path | None, path: str, kept: Mapping[str, bytes], pictures: Path | None) -> Pressed:
    """The book as one tagged PDF with an index page and bookmarks, and one PDF a sheet."""
    out = Pressed()
    try:
        press = _Press(book, own, path, kept, pictures, out)
        index = press.page(Pages(book, own).index())
        parts = [PartFile(book.title, "", index)]
        for sheet in book.sheets:
            pdf = press.sheet(sheet)
            out.files[f"/{sheet.slug}.pdf"] = pdf
            parts.append(PartFile(sheet.name, sheet.slug, pdf))
        out.files["-cheatsheets.pdf"] = press.book(parts)
        out.diagnostics += press.diagnostics()
    except TemplateError as error:
        out.diagnostics.append(_template_fault(error, path))
    return out


class _Press:
    """The state of one printing: the printer, what was kept, what is to be kept."""

    def __init__(
        self, book: Book, own: Path | None, path: str, kept: Mapping[str, bytes], pictures: Path | None, out: Pressed
    ) -> None:
        css, fonts = style(book, own), fonts_folder(own)
        self.printer = Printer(css, fonts, pictures)
        self.pages = Pages(book, own)
        self.said: list[tuple[str, str]] = []
        self.language, self.title, self.path, self.kept, self.out = book.language, book.title, path, kept, out
        faces = [hashlib.sha256((fonts / name).read_bytes()).hexdigest() for name, _, _ in FONTS]
        self.base = "\x1f".join((css, *faces, _versions()))

    def _hash(self, *told: str) -> str:
        return hashlib.sha256("\x1f".join((self.base, *told)).encode()).hexdigest()

    def page(self, html: str) -> bytes:
        """A page that needs no fitting."""
        return self._once(self._hash(html), lambda: self.printer.write(self.printer.lay_out(html)))

    def sheet(self, sheet: Sheet) -> bytes:
        """A sheet at the first step of the ladder, from its estimate on, at which it fits a page."""
        return self._once(self._hash(self.pages.sheet(sheet, sheet.step)), lambda: self._fitted(sheet))

    def _fitted(self, sheet: Sheet) -> bytes:
        for step in range(sheet.step, len(LADDER)):
            document = self.printer.lay_out(self.pages.sheet(sheet, step))
            if len(document.pages) == 1:
                break
        else:
            told = f"the sheet of “{sheet.name}” takes {len(document.pages)} pages even at {LADDER[-1]:g} pt"
            self.printer.heard.append(("P002", told))
        return self.printer.write(document)

    def book(self, parts: list[PartFile]) -> bytes:
        """All parts in one file."""
        told = (hashlib.sha256(part.pdf).hexdigest() + part.title + part.anchor for part in parts)
        return self._once(self._hash("book", self.title, *told), lambda: join(parts, self.title, self.language, LINK))

    def _once(self, name: str, make: Callable[[], bytes]) -> bytes:
        """A page from what was kept, else made now. What was said while it was made is kept with it, and said again."""
        pdf = self.kept.get(f"{name}.pdf")
        said = self.kept.get(f"{name}.json", b"[]")
        if pdf is None:
            self.printer.heard.clear()
            pdf = make()
            said = json.dumps(self.printer.heard, ensure_ascii=False).encode()
        self.out.pages[f"{name}.pdf"] = pdf
        if json.loads(said):
            self.out.pages[f"{name}.json"] = said
            self.said += [(code, text) for code, text in json.loads(said)]
        return pdf

    def diagnostics(self) -> list[Diagnostic]:
        """What was said of all pages, each once; missing characters in one line."""
        missing = "".join(dict.fromkeys(text for code, text in self.said if code == "P003"))
        found = [(code, text) for code, text in dict.fromkeys(self.said) if code != "P003"]
        if missing:
            found.append(("P003", f"no font here has these characters, they are blank on paper: {missing[:60]}"))
        return [Diagnostic(code, Span(self.path, 1), text) for code, text in found]


def _versions() -> str:
    from importlib.metadata import version  # only where pages are made

    return f"{version('weasyprint')} {version('pikepdf')} {platform.machine()}"


def _inline_fonts(folder: Path) -> str:
    return "".join(
        f'@font-face{{font-family:"Deckpress Sans";font-weight:{weight};font-style:{style};'
        f"src:url(data:font/ttf;base64,{base64.b64encode((folder / name).read_bytes()).decode()})}}\n"
        for name, weight, style in FONTS
    )


def _template_fault(error: TemplateError, path: str) -> Diagnostic:
    name, line = getattr(error, "name", None) or "a print template", getattr(error, "lineno", None)
    place = Span(f"templates/{name}", line) if line else Span(path, 1)
    return Diagnostic("P004", place, f"{name} cannot be used: {error.message or type(error).__name__}")
