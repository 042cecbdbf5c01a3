"""What is said of a bad guide: each file in tests/bad carries what must be found in it, no more and no less."""

import re
from pathlib import Path

import pytest

from deckpress.checks import CHECKS, check
from deckpress.diagnostics import CODES
from deckpress.identity import identify
from deckpress.lock import NO_UID, Lock
from deckpress.reading import read
from deckpress.shipping import first_header

from .conftest import ROOT

BAD = sorted((ROOT / "tests/bad").glob("*.md"))
EXPECT = re.compile(r"<!-- expect: (\w+) (\d+) -->")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_guide_is_answered_with_exactly_what_it_carries(path: Path) -> None:
    text = path.read_text("utf-8")
    guide = read(text, path.name, path.stem)
    identified = identify(guide, Lock(first_header(NO_UID, guide, guide.title)))
    found = [*guide.diagnostics, *identified.diagnostics, *check(identified.guide)]
    assert sorted((d.code, d.span.line) for d in found) == sorted((code, int(line)) for code, line in EXPECT.findall(text))


def test_every_check_has_a_bad_guide_and_a_code() -> None:
    carried = {code for path in BAD for code, _ in EXPECT.findall(path.read_text("utf-8"))}
    assert set(CHECKS) <= set(CODES)
    assert set(CHECKS) <= carried


def test_every_code_says_what_to_do() -> None:
    assert all(code.hint.endswith((".", "**")) or "build.py" in code.hint for code in CODES.values())
