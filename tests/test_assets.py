"""Templates and fonts come from the checkout, and a user's own file comes before ours."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from deckpress.assets import FONTS, covered, fonts_folder, template

from .conftest import ROOT


def test_a_file_of_the_users_folder_comes_first_and_the_rest_is_ours(tmp_path: Path) -> None:
    (tmp_path / "anki").mkdir()
    (tmp_path / "anki/style.css").write_text("mine")
    assert template("anki/style.css", tmp_path) == "mine"
    assert template("print/print.css", tmp_path) == template("print/print.css")


def test_the_fonts_are_there_with_their_licence() -> None:
    folder = fonts_folder()
    assert all((folder / name).is_file() for _, name, _, _ in FONTS)
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text("utf-8")


def test_the_list_of_characters_is_that_of_the_typefaces(request: pytest.FixtureRequest) -> None:
    have = set.intersection(*(set(TTFont(path).getBestCmap()) for path in (ROOT / "templates/fonts").glob("SourceSans*.ttf")))
    if request.config.getoption("--update-golden"):
        runs: list[list[int]] = []
        for number in sorted(have):
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        told = "\n".join(f"{a:X}" if a == b else f"{a:X}-{b:X}" for a, b in runs)
        (ROOT / "templates/fonts/coverage.txt").write_text(told + "\n")
    assert covered.__wrapped__() == have
