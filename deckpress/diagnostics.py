"""What is wrong, where, and what to do about it: values that are returned, merged and printed in one place.

In: a code from the table below, a place, a message. Out: one line to read, with a hint under it.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: an error stops the guide it is in, a warning is worth mending, an info is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a guide. Lines and columns count from 1; `end_line` is the last line that belongs to it."""

    path: str
    line: int
    col: int = 1
    end_line: int = 0

    @property
    def last(self) -> int:
        """The last line of the span, which is its first one where no end is known."""
        return max(self.line, self.end_line)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding. The code carries how bad it is and what to do; the call site knows only place and message."""

    name: str
    severity: Severity
    hint: str


def _table(*rows: tuple[str, Severity, str]) -> dict[str, Code]:
    return {name: Code(name, severity, hint) for name, severity, hint in rows}


_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
CODES = _table(
    # G: the guide as a file
    ("G001", _ERROR, "Check the name; guides are Markdown files such as source/my-topic.md."),
    ("G002", _ERROR, "Save the file as UTF-8 and build again."),
    ("G003", _ERROR, "Rename one of the two: every file in dist/ is named after its guide."),
    ("G004", _WARNING, "Write at least one heading with a line of text or a list below it."),
    # M: front matter
    ("M001", _ERROR, "Front matter is YAML between two lines of three dashes; mend the line or take the block away."),
    ("M002", _WARNING, "Take the key away or write one that exists; the README lists them."),
    ("M005", _ERROR, "Write it like a language file of deckpress: the README has an example of words.toml."),
    ("M004", _INFO, "Nothing to do; the README lists the keys that deckpress reads."),
    ("M003", _ERROR, "Write the value in the form that is asked for."),
    # Q: questions
    ("Q001", _WARNING, "Write the answer behind the question, for example: **Answer: …**"),
    ("Q002", _WARNING, "Keep one answer, or make the questions tell more."),
    ("Q003", _INFO, "Write the answer behind a marker, for example: **Answer: …**"),
    ("Q004", _INFO, "Tell the two apart in their words, or give them one answer."),
    ("Q005", _WARNING, "Reword the question so that it does not say its answer."),
    ("Q007", _INFO, "Write the reason behind it: “No, because …”; then the card has something to learn."),
    ("Q006", _WARNING, "Check the numbers of the questions and of their answers."),
    # N: claims
    ("N001", _INFO, "Check whether the number is right everywhere: on a card it cannot tell these topics apart."),
    ("N002", _INFO, "Check whether it holds for all of them, and say what marks each."),
    # T: topics
    ("T001", _INFO, "Nothing to do if they are one thing; else give them different names."),
    ("T002", _INFO, "Nothing to do; delete one of the two lines if you want a shorter guide."),
    ("T003", _INFO, "Write text under the heading or take it away."),
    ("T004", _INFO, "Move the section under the guide's title if it belongs there."),
    ("T005", _INFO, "Use one name throughout; readers take two names for two things."),
    ("T007", _INFO, "Name the topic in the term, or keep the better one of the two."),
    ("T006", _INFO, "Add the section, or leave it if there is nothing to say."),
    # F: text that does not hang together
    ("F001", _WARNING, "Finish the sentence, give it a heading, or take it away."),
    ("F002", _WARNING, "Number the list from 1, or join the two lists."),
    ("F003", _WARNING, "Finish the list item or take it away."),
    ("F004", _INFO, "Write it as a sentence, a list item or a table row if it should be learned."),
    ("F005", _INFO, "Finish the section, or delete it where the guide tells the same again below."),
    ("F006", _INFO, "Nothing to do: it is left out. Delete it if you want a tidier guide."),
    ("F008", _INFO, "Say what the label does not say yet, or take the line away."),
    ("F007", _WARNING, "Close the emphasis, or write the star as \\*."),
    # L: links and pictures
    ("L001", _INFO, "Write the link as the heading is written now: lower case, words joined by hyphens."),
    ("L002", _WARNING, "Put the picture beside the guide, or mend its path."),
    ("L003", _INFO, "Use a picture in the guide's own folder (png, jpg, gif, svg, webp); nothing else is loaded."),
    ("L004", _WARNING, "Put the file beside the guide, or name it in the front matter with the key `answers`."),
    ("L005", _INFO, "Write a caption in *slanted* words below it, or an alt text, and it goes with that text."),
    # H: HTML in a guide
    ("H001", _INFO, "Write it as Markdown if it should be on a card; raw HTML is left out."),
    # K: author's marks
    ("K001", _ERROR, "Give each fact a key of its own."),
    ("K002", _WARNING, "The review history goes with the key: put it back, unless this line now says what that one said."),
    # S: the lock (what has been shipped)
    (
        "S001",
        _ERROR,
        "Restore it from version control, a backup, or the latest .apkg, which carries a copy. It holds your learners' history.",
    ),
    ("S003", _WARNING, "Check this machine's clock."),
    ("S004", _ERROR, "Build without --frozen and commit the lock file."),
    ("S005", _INFO, "Reword less at once, or give the fact a key such as {#my-key} at the end of its line."),
    ("S006", _WARNING, "Put the guide in a folder that can be written to; the lock file must stand beside it."),
    ("S007", _ERROR, "Put the deck name back as it was; learners' decks are matched by name."),
    ("S008", _ERROR, "Restore the lock from version control or with `python3 build.py recover DECK.apkg`."),
    ("S009", _ERROR, "Run `python3 build.py plan` and copy the ids from there."),
    ("S010", _ERROR, "Use the .apkg that deckpress made last; it carries the lock."),
    ("S011", _ERROR, "Make the folder writable, or copy guide and lock to one that is."),
    ("S012", _ERROR, "Restore the guide's text. To give the deck up for good, delete its lock as well."),
    # P: paper
    ("P002", _WARNING, "Nothing is lost: the text runs on to a second page. Shorten the topic if it should be one."),
    ("P003", _WARNING, "Install a system font that has them, or write them in words."),
    ("P006", _INFO, "Nothing to do where you print with a font of that script installed: the sheets take one of the system."),
    ("P007", _WARNING, "Shorten the line, or print eight cards a page instead of ten."),
    ("P008", _WARNING, "Write it with commands that are known; on cards it is drawn by Anki."),
    ("P009", _WARNING, "Save it anew, as PNG, JPEG or SVG."),
    ("P004", _ERROR, "Mend the template; the line is named above."),
    ("P005", _WARNING, "Please report it with the guide that shows it."),
)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place."""

    code: str
    span: Span
    message: str
    advice: str = ""

    @property
    def severity(self) -> Severity:
        """How bad it is, by the code's row in the table."""
        return CODES[self.code].severity

    @property
    def hint(self) -> str:
        """What to do: the finding's own advice where it has one, else the code's."""
        return self.advice or CODES[self.code].hint


def in_order(found: list[Diagnostic]) -> list[Diagnostic]:
    """Sorted by place, each once."""
    return sorted(dict.fromkeys(found), key=lambda d: (d.span.path, d.span.line, d.span.col, d.code, d.message))


def show(found: Diagnostic) -> str:
    """The finding as a person reads it: `path:line:col: severity: message [code]` and its hint."""
    place = f"{found.span.path}:{found.span.line}:{found.span.col}"
    return f"{place}: {found.severity}: {found.message} [{found.code}]\n    hint: {found.hint}"
