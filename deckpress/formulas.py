"""TeX formulas -> SVG for paper. The one door to ziamath, imported when the first formula is drawn."""

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

_SIZE = 24.0  # the size that ziamath draws at; what is told is relative to it
_UNKNOWN = re.compile(r"<m(?:i|text)[^>]*>\s*\\")  # a command that nobody knows stays as it is written


@dataclass(frozen=True, slots=True)
class Drawn:
    """A formula as SVG; its width, its height and how far it reaches below the line, all in em."""

    svg: str
    width: float
    height: float
    depth: float


@lru_cache(maxsize=1 << 10)
def drawn(source: str, block: bool) -> Drawn | None:
    """The picture of a formula; None where it uses a command that is not known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the way in which ziamath reads its font
        from latex2mathml.converter import convert
        from ziamath.zmath import Latex

        try:
            if _UNKNOWN.search(convert(source)):
                return None
            made = Latex(source, size=_SIZE, inline=not block, title=source)
            width, height = made.getsize()
            return Drawn(made.svg(), width / _SIZE, height / _SIZE, -made.getyofst() / _SIZE)
        except Exception:
            return None
