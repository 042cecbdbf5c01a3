"""Tables -> facts: definitions, pairs, what to use when, side by side, comparisons; a table of links is noise."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from ..inline import unstyled
from ..markup import plain, without_end_stop
from ..model import Break, Definition, Kind, Link, Point, Question, Row, Text, Words
from ..words import Vocabulary, normal, stem, tokens
from .blocks import Block, all_strong
from .notebook import Notebook, Place, as_kind
from .text import without_emoji

_Cells = tuple[Text, ...]
_COLUMNS = 3  # of a table that may name its rows amid them
_ALIKE = 4  # letters at the end of two names


def read_table(block: Block, place: Place, book: Notebook, words: Vocabulary) -> None:
    """Adds a fact for each row of the body."""
    (top, header), *body = block.rows
    if body and len(header) == len(body[0][1]) == 2 and not plain(header[1]) and all(map(all_strong, body[0][1])):
        (top, header), *body = body  # a title stands above the bold names of the columns
    header, body = _named_column_first(header, body)
    book.verdict("structure", top, top + 1, "table header")
    if body and all(_linked(cells) for _, cells in body):
        book.noise(block, "a table of links")
        return
    heads = [normal(plain(cell)) for cell in header]
    if len(header) == 2 and _asks(heads, words):
        _questions(body, place, book)
        book.verdict("structure", block.line, block.end, "table")
        return
    title = normal(f"{book.topics[place.topic].title} {place.section}")
    beside = len(header) == 2 and (
        _side_by_side(heads, words) or _sentences_beside(body, heads, words) or _compared_above(heads, title, words)
    )
    for line, cells in _labelled(body):
        filled = [cell for cell in cells if plain(cell)]
        if len(filled) < (1 if beside else 2):
            book.verdict("unsure", line, line, "table row with one cell")
        elif beside:
            _beside(line, header, cells, place, book)
        elif len(header) == 2:
            _two_columns(line, cells, header, body, place, book, words)
        else:
            pairs = tuple((head, cell) for head, cell in zip(header[1:], cells[1:], strict=False) if plain(cell))
            kind = as_kind(place.kind, "comparison") if place.kind in ("pricing", "limit", "step", "date") else "comparison"
            label = unstyled(without_emoji(_in_one_line(cells[0])))
            book.add(place, Row(span=book.span(line), kind=kind, label=label, cells=pairs, corner=header[0]))
    book.verdict("structure", block.line, block.end, "table")


def _named_column_first(header: _Cells, body: list[tuple[int, _Cells]]) -> tuple[_Cells, list[tuple[int, _Cells]]]:
    """A table whose rows are named by a column amid the others, the only one without a head, with that column first."""
    blank = [at for at, head in enumerate(header) if not plain(head).strip()]
    if len(header) < _COLUMNS or len(blank) != 1 or blank[0] in (0, len(header) - 1):
        return header, body
    at = blank[0]
    moved = [(line, (cells[at], *cells[:at], *cells[at + 1 :]) if len(cells) > at else cells) for line, cells in body]
    return (header[at], *header[:at], *header[at + 1 :]), moved


def _labelled(body: Sequence[tuple[int, Sequence[Text]]]) -> Iterator[tuple[int, Sequence[Text]]]:
    """The rows; one that leaves its first cell empty goes on with what the row above it is about."""
    label: Text = ()
    for line, cells in body:
        label = cells[0] if cells and plain(cells[0]) else label
        goes_on = len(cells) > 2 and not plain(cells[0]) and any(map(plain, cells[1:]))
        yield line, (label, *cells[1:]) if goes_on else cells


def _in_one_line(cell: Text) -> Text:
    """A name that the author broke into lines, with a slash between them."""
    return tuple(Words(" / ") if isinstance(part, Break) else part for part in cell)


def _linked(cells: Sequence[Text]) -> bool:
    """A row in which something links to a heading of the same guide: a table of contents."""
    links = [part for cell in cells for part in cell if isinstance(part, Link)]
    return bool(links) and all(link.target.startswith("#") for link in links)


def _two_columns(
    line: int, cells: Sequence[Text], header: Sequence[Text], body: Sequence[tuple[int, Sequence[Text]]],
    place: Place, book: Notebook, words: Vocabulary,
) -> None:  # fmt: skip
    span = book.span(line)
    first, second = unstyled(without_emoji(_in_one_line(cells[0]))), cells[1]
    named = tuple(plain(head) for head in header)
    kind = _kind([normal(head) for head in named], body, place, words)
    heads = named if all(named) else ()
    if kind == "definition":
        book.add(place, Definition(span=span, kind="definition", term=first, text=second, heads=heads))
    else:
        book.add(place, Point(span=span, kind=kind, label=first, text=second, heads=heads))


def _side_by_side(heads: Sequence[str], words: Vocabulary) -> bool:
    """Two lists beside each other, such as pros and cons, or what is whose: no column names the rows."""
    sides = words.listed("reading", "sides")
    ends = [stem(head.split()[-1]) if head else "" for head in heads]
    same = ends[0] != "" and ends[0] == ends[1] and all(len(head.split()) > 1 for head in heads)
    whose = len(words.listed("reading", "whose") & set(heads)) == 1
    return same or whose or _are_counterparts(heads, words) or all(head in sides for head in heads)


def _compared_above(heads: Sequence[str], title: str, words: Vocabulary) -> bool:
    """Whether the heading above says that what the columns are called is compared: "Elasticity vs Scalability"."""
    compares = not words.listed("words", "difference").isdisjoint(title.split())
    return compares and all(head and f" {head} " in f" {title} " for head in heads)


def _are_counterparts(heads: Sequence[str], words: Vocabulary) -> bool:
    """Whether two words end alike, as names of things that are set against each other do: "Systole" and "Diastole"."""
    one, other = heads
    alike = one[len(one) - sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one[::-1], other[::-1], strict=False))) :]
    single = " " not in one + other and one != other
    return single and len(alike) >= _ALIKE and not alike.endswith(tuple(words.listed("reading", "endings")))


def _sentences_beside(body: Sequence[tuple[int, Sequence[Text]]], heads: Sequence[str], words: Vocabulary) -> bool:
    """Phrases on both sides, as long on the left as no name is: what is said of one thing beside what is said of another."""
    sizes = [sorted(len(tokens(plain(cells[at]))) for _, cells in body if len(cells) > at) for at in (0, 1)]
    known = set(heads[0].split()) & words.listed("reading", "situations")
    return not known and len(body) > 1 and all(size and size[len(size) // 2] >= 5 for size in sizes)


def _beside(line: int, header: Sequence[Text], cells: Sequence[Text], place: Place, book: Notebook) -> None:
    both = (*header[0], Words(" / "), *header[1])
    pairs = tuple((head, cell) for head, cell in zip(header, cells, strict=False) if plain(cell))
    book.add(place, Row(span=book.span(line), kind="comparison", label=both, cells=pairs))


def _asks(heads: Sequence[str], words: Vocabulary) -> bool:
    """Questions and answers, or what a question says and its answer: "Question contains | Answer"."""
    about = {word.rstrip("s") for word in heads[0].split()}
    return bool(about & words.listed("reading", "question")) and heads[1] in words.listed("reading", "answer")


def _questions(body: Sequence[tuple[int, Sequence[Text]]], place: Place, book: Notebook) -> None:
    """A table of questions and their answers."""
    for line, cells in body:
        asked, told = unstyled(cells[0]), without_end_stop(unstyled(cells[1])) if len(cells) > 1 else ()
        fact = Question(span=book.span(line), kind="question", question=asked, answer=told)
        if plain(asked) and plain(told):
            book.add(place, fact)
        elif plain(asked):
            book.pending.append((0, fact, frozenset({line}), place))


def _kind(heads: Sequence[str], body: Sequence[tuple[int, Sequence[Text]]], place: Place, words: Vocabulary) -> Kind:
    if set(heads[0].split()) & words.listed("reading", "situations"):
        return "when_to_use"
    if heads[0] in words.listed("reading", "times") and all(any(map(str.isdigit, plain(cells[0]))) for _, cells in body if cells):
        return "date"
    said = words.section_kind(heads[1])
    if said in ("use_case", "when_to_use", "pricing", "limit"):
        return as_kind(said, "definition")
    if all(set(head.split()) & words.listed("reading", "languages") for head in heads):
        return "pair"
    short = all(0 < len(tokens(plain(cell))) <= 3 for _, cells in body for cell in cells)
    numbered = all(plain(cells[0]).strip(" .)").isdigit() for _, cells in body if cells)
    # Below "Workflow" a table tells what its signs mean, and no order.
    plainly = place.kind in ("feature", "comparison", "note") or (place.kind == "step" and not numbered)
    return "pair" if place.kind == "pair" and short else "definition" if plainly else as_kind(place.kind, "definition")
