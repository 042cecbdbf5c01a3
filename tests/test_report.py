"""What was understood, as other programs and as authors read it."""

import json

from hypothesis import HealthCheck, given, settings

from deckpress.cards import offer
from deckpress.checks import check
from deckpress.identity import identify
from deckpress.lock import NO_UID, Lock
from deckpress.reading import read
from deckpress.report import Report, as_json, as_text, as_tsv, explain
from deckpress.shipping import first_header, ship

from .conftest import MARKDOWN, guide_of, shipped
from .identity.test_identity import GUIDE

FACT_KEYS = {
    "id", "topic", "section", "kind", "label", "text", "question", "answer", "options", "explanation", "line", "end_line",
    "also", "notes",
    "extra_of", "no_card",
}  # fmt: skip


def report(text: str = GUIDE) -> Report:
    guide = guide_of(text)
    return Report(guide, offer(guide), shipped(text).notes, guide.diagnostics)


def test_all_keys_are_always_there() -> None:
    told = json.loads(as_json(report()))
    assert set(told) == {"guide", "topics", "facts", "lines", "verdicts", "diagnostics"}
    assert set(told["guide"]) == {"path", "slug", "title"}
    assert all(set(topic) == {"name", "aliases", "line", "facts"} for topic in told["topics"])
    assert all(set(fact) == FACT_KEYS for fact in told["facts"])
    assert set(told["lines"]) == {"fact", "structure", "noise", "unsure"}


def test_a_question_is_told_as_question_and_answer() -> None:
    told = json.loads(as_json(report()))
    (fact,) = [fact for fact in told["facts"] if fact["kind"] == "question"]
    assert (fact["question"], fact["answer"], fact["text"]) == ("A bird sings in the middle of winter.", "Robin", "")


def test_before_the_first_build_a_note_has_no_guid() -> None:
    from deckpress.lock import NO_UID, Lock
    from deckpress.shipping import first_header

    guide = guide_of(GUIDE)
    first = shipped(GUIDE, Lock(first_header(NO_UID, guide, guide.title)))
    told = json.loads(as_json(Report(guide, offer(guide), first.notes, ())))
    assert {note["guid"] for fact in told["facts"] for note in fact["notes"]} == {""}


def test_the_text_shows_each_topic_with_its_facts_and_lines() -> None:
    shown = as_text(report())
    assert "Robin  — line 3, 5 facts" in shown
    assert "A bird sings in the middle of winter.: Robin" in shown


def test_the_table_has_a_row_a_fact() -> None:
    assert len(as_tsv(report()).split("\n")) == 1 + len(guide_of(GUIDE).facts)


def test_explain_tells_verdict_fact_rule_and_guard() -> None:
    told = explain(report(), 7)
    assert told.startswith("guide.md:7: fact (feature)")
    assert "rule “label”" in told
    assert explain(report(), 1).startswith("guide.md:1: structure (title)")
    assert "blank" in explain(report(), 2)


@given(MARKDOWN)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_facts_of_any_text_are_told_in_every_form(text: str) -> None:
    guide = read(text, "any.md", "any")
    lock = Lock(first_header(NO_UID, guide, guide.title))
    identified = identify(guide, lock)
    offered = offer(identified.guide)
    shipment = ship(identified, offered, lock, 1_800_000_000)
    report = Report(identified.guide, offered, shipment.notes, (*guide.diagnostics, *check(identified.guide)))
    document = json.loads(as_json(report))
    assert sum(document["lines"].values()) == len(guide.verdicts)
    assert all(fact["notes"] or fact["no_card"] or fact["extra_of"] for fact in document["facts"])
    assert as_text(report)
    assert as_tsv(report).count("\n") >= len(document["facts"])
    for verdict in guide.verdicts:
        assert str(verdict.line) in explain(report, verdict.line)
