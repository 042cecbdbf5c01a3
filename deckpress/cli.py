"""The command line: options, printing, exit codes. Everything else is done by `pipeline`.

Exit codes: 0 done; 1 errors in a guide or its lock; 2 wrong use; 3 made, but without PDFs because print libraries are missing.
"""

import json
import subprocess
import sys
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import click

from . import __version__, bootstrap
from .diagnostics import Diagnostic, Severity, in_order, show
from .pipeline import (
    ALL,
    OUTPUTS,
    Built,
    Cut,
    Options,
    Settled,
    Understood,
    accept,
    build,
    guide_of,
    guides_in,
    recover,
    understand,
)
from .report import Plan, Report, as_json, as_text, as_tsv, cardless, explain, plan_json, plan_text, told

GUIDE = click.Path(path_type=Path)
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


class WithDefault(click.Group):
    """`build` is the command where none is named, so that `build.py notes.md` works too."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The named command, else `build` with everything as its arguments."""
        if self.get_command(ctx, args[0]) is None:
            meant = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if meant and not Path(args[0]).exists():
                ctx.fail(f"there is no command or file “{args[0]}”. Did you mean “{meant[0]}”?")
            args = ["build", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before any command word are build's."""
        known = {"--help", "--version", "-h"}
        if not args or (args[0].startswith("-") and args[0] not in known):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=WithDefault, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="deckpress")
def main() -> None:
    """Make an Anki deck and sheets to print out of a plain Markdown study guide.

    Without a command: build every guide in source/ into dist/.
    """


@main.command("build")
@click.argument("guides", nargs=-1, type=GUIDE)
@click.option("--out", type=GUIDE, help="Folder for what is made (default: dist/).")
@click.option("--only", default=",".join(OUTPUTS), show_default=True, help="What to make; without the deck no lock is written.")
@click.option("--templates", type=GUIDE, help="A folder whose templates come before ours, file by file.")
@click.option("--refresh", is_flag=True, help="Render notes anew that have shipped and did not change.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--frozen", is_flag=True, help="Fail where the lock would change (for CI).")
@click.option("--paper", type=click.Choice(["a4", "letter"]), help="Paper of the sheets (default: the guide's word, else a4).")
@click.option("--binder", is_flag=True, help="A wider margin for holes.")
@click.option("--large", is_flag=True, help="Large print, 14 pt, on more pages.")
@click.option("--with", "more", default="", help="Make this too: flashcards, to cut out.")
@click.option("--seed", default="", help="Shuffle the quiz; the same seed gives the same order.")
@click.option("--per-page", type=click.Choice(["8", "10"]), default="8", show_default=True, help="Cards to cut out on a page.")
@click.option(
    "--flip", type=click.Choice(["long", "short"]), default="long", show_default=True, help="Edge over which paper flips."
)
@click.option("--fold", is_flag=True, help="Fronts beside backs, to fold: for printers that print on one side.")
@click.option("--offset-x", type=float, default=0.0, help="Move the backs by so many millimetres to the right.")
@click.option("--offset-y", type=float, default=0.0, help="Move the backs by so many millimetres down.")
@click.option("--no-cache", is_flag=True, help="Render every page again.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what is wrong.")
@click.option("-v", "--verbose", is_flag=True, help="Print what is merely worth knowing too.")
def build_command(
    guides: tuple[Path, ...], out: Path | None, only: str, templates: Path | None, refresh: bool, strict: bool, frozen: bool,
    paper: str | None, binder: bool, large: bool, more: str, seed: str, per_page: str, flip: Literal["long", "short"], fold: bool,
    offset_x: float, offset_y: float, no_cache: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Build the deck and the sheets of GUIDES (default: every guide in source/)."""
    wanted = tuple(part.strip() for part in f"{only},{more}".split(",") if part.strip())
    if unknown := [part for part in wanted if part not in ALL]:
        raise click.BadParameter(f"“{unknown[0]}” is not one of {', '.join(ALL)}", param_hint="--only")
    if templates is not None and not templates.is_dir():
        raise click.BadParameter(f"there is no folder “{templates}”", param_hint="--templates")
    cut = Cut(8 if per_page == "8" else 10, flip, fold, offset_x, offset_y)
    options = Options(
        _out(guides, out), wanted, templates, refresh, frozen, not no_cache, strict, paper or "", binder, large, seed, cut
    )
    results = build(_guides(guides), options)
    for result in results:
        _print(result.diagnostics, verbose)
        if not quiet:
            click.echo(_summary(result))
    missing = [result for result in results if result.without_print and result.ready]
    if missing:
        click.echo(bootstrap.print_advice(missing[0].without_print), err=True)
    sys.exit(1 if any(result.ready is None for result in results) else 3 if missing else 0)


@main.command("check")
@click.argument("guides", nargs=-1, type=GUIDE)
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("-v", "--verbose", is_flag=True, help="Show what is merely worth knowing too.")
def check_command(guides: tuple[Path, ...], form: str, strict: bool, verbose: bool) -> None:
    """Read and check GUIDES; write nothing."""
    results = [understand(path, Options()) for path in _guides(guides)]
    for result in results:
        counts = Counter(str(found.severity) for found in result.diagnostics)
        told_counts = {str(severity): counts.get(severity, 0) for severity in Severity}
        if form == "json":
            document = {
                "guide": result.path.as_posix(),
                "counts": told_counts,
                "diagnostics": [told(d) for d in result.diagnostics],
            }
            click.echo(json.dumps(document, ensure_ascii=False, indent=1))
        elif form == "github":
            for found in result.diagnostics:
                level = "notice" if found.severity is Severity.INFO else found.severity
                place = f"file={found.span.path},line={found.span.line},col={found.span.col},title={found.code}"
                click.echo(f"::{level} {place}::{found.message} {found.hint}".replace("\n", "%0A"))
        else:
            _print(result.diagnostics, verbose, err=False)
            if verbose and result.ready and (without := cardless(_report(result))):
                click.echo(without)
            click.echo(f"{_near(result.path)}: {_counted(told_counts)}")
    sys.exit(1 if any(result.broken(strict) for result in results) else 0)


@main.command("facts")
@click.argument("guide", type=GUIDE)
@click.option("--format", "form", type=click.Choice(["text", "json", "tsv"]), default="text", show_default=True)
def facts_command(guide: Path, form: str) -> None:
    """Show what was understood of GUIDE."""
    found = understand(guide, Options())
    _print(found.diagnostics, verbose=False)
    report = _report(found)
    click.echo({"json": as_json, "tsv": as_tsv, "text": as_text}[form](report))
    sys.exit(1 if found.broken() else 0)


@main.command("explain")
@click.argument("place", metavar="GUIDE:LINE")
def explain_command(place: str) -> None:
    """Tell what became of a line: verdict, fact, cards with rule and guard, or why there is no card."""
    path, _, line = place.rpartition(":")
    if not path or not line.isdigit():
        raise click.BadParameter("write it as path/to/guide.md:12", param_hint="GUIDE:LINE")
    found = understand(Path(path), Options())
    if found.guide is None or found.ready is None:
        _print([wrong for wrong in found.diagnostics if wrong.severity is Severity.ERROR], verbose=True)
        sys.exit(1)
    click.echo(explain(_report(found), int(line)))
    sys.exit(0 if int(line) <= max((verdict.line for verdict in found.guide.verdicts), default=0) else 1)


@main.command("plan")
@click.argument("guides", nargs=-1, type=GUIDE)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--refresh", is_flag=True, help="As if shipped notes were rendered anew.")
def plan_command(guides: tuple[Path, ...], form: str, refresh: bool) -> None:
    """Tell what the next build and import will do to a learner's collection; write nothing."""
    results = [understand(path, Options(refresh=refresh)) for path in _guides(guides)]
    for result in results:
        _print([found for found in result.diagnostics if found.severity is Severity.ERROR], verbose=True)
        if result.ready and not result.lost:  # without its lock a guide would seem to be all new
            lines = {fact.id: fact.span.line for fact in result.ready.guide.facts}
            planned = Plan(_near(result.path), result.ready.shipment, result.ready.lock, result.ready.unsure, lines)
            click.echo({"text": plan_text, "json": plan_json}[form](planned))
    sys.exit(1 if any(result.broken() for result in results) else 0)


@main.command("accept")
@click.argument("guide", type=GUIDE)
@click.argument("pairs", nargs=-1, metavar="OLD=NEW…")
@click.option("--all-same", is_flag=True, help="All that is unsure is the same as before.")
@click.option("--all-new", is_flag=True, help="All that is unsure is new, and the old ones are gone.")
@click.option("--undo", is_flag=True, help="Take these decisions back, or all of them, before the next build.")
def accept_command(guide: Path, pairs: tuple[str, ...], all_same: bool, all_new: bool, undo: bool) -> None:
    """Settle what `plan` is unsure of. OLD=NEW is the same fact, OLD= is gone, =NEW is new; the ids are those that plan prints."""
    if all_same and all_new:
        raise click.UsageError("--all-same and --all-new exclude each other")
    if not (pairs or all_same or all_new or undo):
        raise click.UsageError("say which: OLD=NEW, --all-same, --all-new or --undo")
    done = accept(guide, pairs, "same" if all_same else "new" if all_new else "", undo)
    _told_settled(done, f"waiting for the next build: {len(done.decisions)} decided" if done.decisions else "nothing is decided")


@main.command("recover")
@click.argument("deck", type=GUIDE)
@click.argument("guide", type=GUIDE, required=False)
def recover_command(deck: Path, guide: Path | None) -> None:
    """Make a lost lock again out of the package DECK, beside GUIDE (default: the guide in source/ that it was made of)."""
    done = recover(deck, guide or guide_of(deck, _project() / "source"))
    _told_settled(done, "recovered; the next build knows every fact again")


def _told_settled(done: Settled, message: str) -> None:
    _print(done.diagnostics, verbose=True)
    if done.written:
        click.echo(f"{_near(done.written)}: {message}")
    sys.exit(1 if done.diagnostics else 0)


@main.command("doctor")
def doctor_command() -> None:
    """Tell what is installed, what is missing, and the exact command that brings it."""
    click.echo(f"deckpress {__version__}, Python {sys.version.split()[0]} in {sys.prefix}")
    missing = bootstrap.print_libraries_missing()
    click.echo(bootstrap.print_advice(missing) if missing else "Print libraries: all there.")
    sys.exit(3 if missing else 0)


@main.command("test", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def test_command(arguments: tuple[str, ...]) -> None:
    """Run the test suite; ARGUMENTS go to pytest."""
    root = Path(__file__).resolve().parent.parent
    sys.exit(subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=root, check=False).returncode)  # noqa: S603 - our own tests


def _guides(named: tuple[Path, ...]) -> list[Path]:
    if named:
        found = [path for name in named for path in (guides_in(name) if name.is_dir() else [name])]
        if not found:
            raise click.UsageError(f"there is no guide in {named[0]}")
        return found
    folder = _project() / "source"
    found = guides_in(folder) if folder.is_dir() else []
    if not found:
        raise click.UsageError("there is no guide in source/. Name one: build.py path/to/guide.md")
    return found


def _project() -> Path:
    """The checkout that this runs from, else the folder one stands in."""
    root = Path(__file__).resolve().parent.parent
    return root if (root / "build.py").is_file() else Path.cwd()


def _out(guides: tuple[Path, ...], out: Path | None) -> Path | None:
    if out is not None:
        return out
    if (_project() / "build.py").is_file():
        return _project() / "dist"
    return guides[0].parent / f"{guides[0].stem}-deckpress" if len(guides) == 1 and guides[0].is_file() else Path("dist")


def _report(found: Understood) -> Report:
    if found.guide is None:
        sys.exit(1)
    ready = found.ready
    return Report(found.guide, ready.offered if ready else (), ready.shipment.notes if ready else (), found.diagnostics)


def _print(diagnostics: list[Diagnostic], verbose: bool, err: bool = True) -> None:
    for found in in_order(diagnostics):
        if verbose or found.severity is not Severity.INFO:
            text = show(found)
            name = str(found.severity)
            click.echo(text.replace(name, click.style(name, fg=_COLOURS[found.severity]), 1), err=err)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}{'s' if count != 1 and name != 'info' else ''}" for name, count in counts.items())


def _summary(result: Built) -> str:
    """What was made, in a few lines."""
    if result.ready is None:
        return f"{_near(result.path)}: nothing was made; what dist/ held is as it was"
    guide, shipment = result.ready.guide, result.ready.shipment
    topics, facts, notes = len(guide.topics), len(guide.facts), len(shipment.notes)
    cards = sum(len(note.cards) for note in shipment.notes)
    counts = {**shipment.counts(), "unsure": len(result.ready.unsure)}
    changes = ", ".join(f"{count} {_STATUS.get(name, name)}" for name, count in counts.items() if count)
    lines = [
        f"{_near(result.path)}: {topics} topics, {facts} facts -> {notes} notes, {cards} cards",
        f"  revision {shipment.revision}: {changes or 'no cards'}",
    ]
    again = result.again
    if shipment.revision > 1 and shipment.changed_facts and again:
        lines.append(f"  sheets to print again: {', '.join(f'{number} ({name})' for number, name in again)}")
    lines += [f"  {_near(path)} was of an older guide and is gone; --with flashcards makes it anew" for path in result.dropped]
    if any(change.status == "retired" for change in shipment.changes):
        lines.append(f"  {guide.slug}-retired.txt has the search that finds the cards of what has gone")
    if result.ready.unsure:
        lines.append(f"  run `python3 build.py plan {_near(result.path)}` to settle what is unsure")
    if result.written:
        lines.append(f"  in {_near(min((path.parent for path in result.written), key=lambda path: len(path.parts)))}/")
    return "\n".join(lines)


_STATUS = {"updated_text": "updated (text)", "updated_question": "updated (question)"}


def _near(path: Path) -> str:
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return path.as_posix()
