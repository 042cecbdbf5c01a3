"""Templates and fonts come from the checkout, and a user's own file comes before ours."""

from pathlib import Path

from deckpress.assets import FONTS, fonts_folder, template


def test_a_file_of_the_users_folder_comes_first_and_the_rest_is_ours(tmp_path: Path) -> None:
    (tmp_path / "anki").mkdir()
    (tmp_path / "anki/style.css").write_text("mine")
    assert template("anki/style.css", tmp_path) == "mine"
    assert template("print/print.css", tmp_path) == template("print/print.css")


def test_the_fonts_are_there_with_their_licence() -> None:
    folder = fonts_folder()
    assert all((folder / name).is_file() for name, _, _ in FONTS)
    assert "SIL Open Font License" in (folder / "OFL.txt").read_text("utf-8")
