"""Numbers with their units, as cards ask for them and sheets set them side by side."""

import pytest

from deckpress.numbers import numbers_in, without_figures
from deckpress.words import vocabulary


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("answers in <10 ms", ["<10 ms"]), ("60 to 100 bpm", ["60 to 100"]), ("about 270,000 flights", ["270,000"]),
        ("costs $5 a month", ["$5"]), ("in 1914", []), ("T4 and C5", []), ("5–7 days", ["5–7"]), ("90 % off", ["90 %"]),
        ("g is 9.81 m/s²", ["9.81 m/s²"]), ("1000 kg/m³", ["1000 kg/m³"]),
        ("about 101.3 kPa", ["101.3 kPa"]), ("2 kg·m/s²", ["2 kg·m/s²"]),
    ],
)  # fmt: skip
def test_a_number_is_found_with_its_sign_and_unit(text: str, found: list[str]) -> None:
    assert [number.text for number in numbers_in(text, vocabulary("en"))] == found


def test_equal_values_are_equal() -> None:
    one, other = numbers_in("<10ms", vocabulary("en"))[0], numbers_in("sub-10 ms", vocabulary("en"))[0]
    assert one.value == other.value


def test_counts_of_different_things_are_no_equal_values() -> None:
    years, developers = (numbers_in(text, vocabulary("en"))[0] for text in ("5 years", "5 developers"))
    assert (years.text, developers.text) == ("5", "5")
    assert len({years.value, developers.value}) == 2
    assert numbers_in("unter 5 kg", vocabulary("de"))[0].value == numbers_in("<5kg", vocabulary("de"))[0].value


def test_a_gap_shows_which_quantity_it_hides() -> None:
    shown = {"<10 ms": "<… ms", "1 vCPU: 4 GiB": "… vCPU: … GiB", "1:2": "…:…", "$0.10": "$…", "0 to 35 days": "… to … days"}
    assert {told: without_figures(told) for told in shown} == shown
    assert [without_figures(told) for told in ("1998", "24 to 72", "Route 53", "with 3 GB")] == [""] * 4
