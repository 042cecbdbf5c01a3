"""Guide -> diagnostics: what an author would want to mend. A registry of small generators, one a check.

What reading itself stumbles over (a question without an answer, a fragment) is said there; here stand the checks that need the
whole guide.
"""

from collections.abc import Callable, Iterator

from .diagnostics import Diagnostic
from .markup import plain
from .model import Guide, Question
from .words import normal

Check = Callable[[Guide], Iterator[Diagnostic]]
CHECKS: dict[str, Check] = {}


def register(code: str) -> Callable[[Check], Check]:
    """Registers a check under the code of what it finds."""

    def keep(function: Check) -> Check:
        CHECKS[code] = function
        return function

    return keep


def check(guide: Guide) -> list[Diagnostic]:
    """All findings of all checks."""
    return [found for function in CHECKS.values() for found in function(guide)]


@register("Q002")
def answers_differ(guide: Guide) -> Iterator[Diagnostic]:
    """The same question with different answers: a card of it could not be answered."""
    seen: dict[str, Question] = {}
    for fact in guide.facts:
        if not isinstance(fact, Question):
            continue
        first = seen.setdefault(normal(plain(fact.question)), fact)
        here, there = normal(plain(fact.answer)), normal(plain(first.answer))
        if f" {here} " not in f" {there} " and f" {there} " not in f" {here} ":
            yield Diagnostic("Q002", fact.span, f"the same question as in line {first.span.line}, with another answer")
