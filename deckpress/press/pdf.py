"""HTML -> tagged PDF. The one door to weasyprint, which loads nothing but our fonts and what lies among the user's own templates.

Pictures of the guide are part of the page already.
"""

import logging
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..assets import FONTS


def font_rules(folder: Path) -> str:
    """`@font-face` rules for the typefaces that the sheets embed."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};src:url({(folder / name).as_uri()})}}\n'
        for family, name, weight, style in FONTS
    )


_PICTURE = re.compile(r"load image at ['\"]?(data:image/[^'\" ]{0,120})")
_GLYPH = re.compile(r"\.notdef glyph .*\"(.+)\" \(U\+")


@dataclass
class Printer:
    """WeasyPrint with one style sheet and one font configuration for all pages; imported when the first page is printed."""

    css: str
    fonts: Path
    own: Path | None = None
    heard: list[tuple[str, str]] = field(default_factory=list)  # (code, text) of what WeasyPrint has said
    _made: tuple[Any, Any, Any] | None = None

    def _start(self) -> tuple[Any, Any, Any]:
        if self._made is None:
            log = logging.getLogger("weasyprint")
            log.handlers[:] = [_Listener(self.heard)]
            log.propagate = False
            import weasyprint  # half a second
            from weasyprint.text.fonts import FontConfiguration

            log.handlers[:] = [_Listener(self.heard)]
            fetcher = _fetcher([self.fonts, *([self.own] if self.own else [])])
            config = FontConfiguration()
            style = weasyprint.CSS(string=font_rules(self.fonts) + self.css, font_config=config, url_fetcher=fetcher)
            self._made = weasyprint.HTML, (style, config), fetcher
        return self._made

    def lay_out(self, html: str) -> Any:
        """The laid-out document; `len(document.pages)` tells how many pages it takes."""
        make, (style, config), fetcher = self._start()
        base = self.own.resolve().as_uri() + "/" if self.own else None
        return make(string=html, url_fetcher=fetcher, base_url=base).render(
            stylesheets=[style], font_config=config, pdf_variant="pdf/ua-1"
        )

    def write(self, document: Any) -> bytes:
        """The document as PDF/UA-1 bytes."""
        return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _fetcher(allowed: list[Path]) -> Any:
    from weasyprint.urls import URLFetcher

    class LocalFiles(URLFetcher):  # type: ignore[misc]
        """Files below the allowed folders, symbolic links resolved; nothing else, and nothing from the network."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:image/"):  # pictures and formulas that are part of the page itself
                return super().fetch(url, headers)
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or parts.netloc or not any(path.is_relative_to(folder.resolve()) for folder in allowed):
                raise ValueError(f"not loaded: {url[:80]}")
            return super().fetch(url, headers)

    return LocalFiles(allowed_protocols=("file", "data"))


class _Listener(logging.Handler):
    """Takes WeasyPrint's warnings as codes and texts; a missing glyph is told by its character, a picture by its data."""

    def __init__(self, heard: list[tuple[str, str]]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if glyph := _GLYPH.search(message):
            self.heard.append(("P003", glyph[1]))
        elif picture := _PICTURE.search(message):
            self.heard.append(("P009", picture[1]))
        else:
            self.heard.append(("P005", f"while printing: {message[:160]}"))
