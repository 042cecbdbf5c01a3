"""A finding is one line that says where, how bad and what, and one that says what to do."""

from deckpress.diagnostics import CODES, Diagnostic, Span, in_order, show

from .conftest import ROOT

HERE = Diagnostic("Q001", Span("a.md", 12, 3), "no answer")


def test_a_finding_shows_place_severity_message_code_and_hint() -> None:
    first, hint = show(HERE).split("\n")
    assert first == "a.md:12:3: warning: no answer [Q001]"
    assert hint.strip().startswith("hint: ")


def test_findings_come_in_the_order_of_the_guide_each_once() -> None:
    above = Diagnostic("Q001", Span("a.md", 2), "no answer")
    assert in_order([HERE, above, HERE]) == [above, HERE]


def test_a_finding_may_carry_advice_of_its_own() -> None:
    assert Diagnostic("Q001", Span("a.md", 1), "x", "Do this.").hint == "Do this."


def test_every_code_that_is_explained_is_reported_somewhere() -> None:
    told = "".join(path.read_text("utf-8") for path in (ROOT / "deckpress").rglob("*.py") if path.name != "diagnostics.py")
    assert [code for code in CODES if f'"{code}"' not in told] == []
