"""What ships with the program: templates and fonts, from the checkout, from the wheel, or first from the user's own folder."""

from functools import cache
from importlib import resources
from pathlib import Path, PurePosixPath

FONTS = (  # family, file, weight, style
    ("Deckpress Sans", "SourceSans3_400Regular.ttf", 400, "normal"),
    ("Deckpress Sans", "SourceSans3_400Regular_Italic.ttf", 400, "italic"),
    ("Deckpress Sans", "SourceSans3_600SemiBold.ttf", 600, "normal"),
    ("Deckpress Sans", "SourceSans3_700Bold.ttf", 700, "normal"),
    ("Deckpress Mono", "JetBrainsMono-Regular.ttf", 400, "normal"),
)


def folder() -> Path:
    """The templates of this installation: beside the package in a checkout, inside it in a wheel."""
    package = Path(str(resources.files("deckpress")))
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def template(name: str, own: Path | None = None) -> str:
    """The text of a template such as "anki/style.css"; a file of that name in the user's own folder comes first."""
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
        raise FileNotFoundError(name)  # nothing outside the two folders is a template
    if own is not None and (own / name).is_file():
        return (own / name).read_text("utf-8")
    return (folder() / name).read_text("utf-8")


@cache
def covered() -> frozenset[int]:
    """The characters that our typefaces have, as numbers."""
    found: set[int] = set()
    for line in (folder() / "fonts/coverage.txt").read_text("utf-8").split():
        first, _, last = line.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def fonts_folder(own: Path | None = None) -> Path:
    """Where the typefaces lie: the user's folder where it has them all, for a page names them by their files."""
    if own is not None and all((own / "fonts" / name).is_file() for _, name, _, _ in FONTS):
        return own / "fonts"
    return folder() / "fonts"
