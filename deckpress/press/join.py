"""Kept one-topic PDFs -> the book: pages joined with their tags, ids, outline and language. The one door to pikepdf.

Plain concatenation drops tags and bookmarks; here each part's structure tree becomes a Part of the book's own.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class PartFile:
    """A part of the book: its names in the outline, its anchor, and its PDF."""

    titles: tuple[str, ...]
    anchor: str
    pdf: bytes


def join(parts: Sequence[PartFile], title: str, language: str, link: str) -> bytes:
    """One PDF of all parts. Links whose target begins with `link` become links to the part of that anchor."""
    import pikepdf  # 90 ms
    from pikepdf import Array, Dictionary, Name, String

    made = pikepdf.new()
    document = made.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
    tree = made.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document.P = tree
    numbers, ids, first_pages, sources = Array(), [], {}, []
    for part in parts:
        source = pikepdf.open(io.BytesIO(part.pdf))
        sources.append(source)
        count, at = len(source.pages), len(made.pages)
        root = source.Root.StructTreeRoot
        names = root.IDTree.Names if "/IDTree" in root else Array()
        holder = made.copy_foreign(_with_pages(made, source, Dictionary(K=root.K, N=root.ParentTree.Nums, I=names)))
        first_pages[part.anchor] = at
        for child in holder.K:
            child.P = document
            if Name.Document == child.S:
                child.S = Name.Part
            document.K.append(child)
        _renumber(made, at, count, list(holder.N), numbers)
        ids += [(f"{part.anchor}/{holder.I[k]}", holder.I[k + 1]) for k in range(0, len(holder.I), 2)]
    for page in made.pages:
        for annotation in page.obj.get("/Annots", []):
            _relink(made, annotation, link, first_pages)
    tree.ParentTree = made.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(numbers) // 2
    if ids:
        named = [item for name, element in sorted(ids, key=lambda pair: pair[0]) for item in (String(name), element)]
        tree.IDTree = made.make_indirect(Dictionary(Names=Array(named)))
    made.Root.StructTreeRoot = tree
    made.Root.MarkInfo = Dictionary(Marked=True)
    made.Root.Lang = String(language)
    made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    made.Root.PageMode = Name.UseOutlines
    if "/Metadata" in sources[0].Root:
        made.Root.Metadata = made.copy_foreign(sources[0].Root.Metadata)
    made.docinfo.Title = title
    with made.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, first_pages[part.anchor]) for part in parts for title in part.titles)
    out = io.BytesIO()
    made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return out.getvalue()


def _with_pages(made: Any, source: Any, holder: Any) -> Any:
    """Adds the source's pages first, so that its structure elements find them when they are copied."""
    made.pages.extend(source.pages)
    return source.make_indirect(holder)


def _renumber(made: Any, at: int, count: int, pairs: list[Any], numbers: Any) -> None:
    """Gives the pages and annotations of a part their places in the book's parent tree."""
    base = len(numbers) // 2
    places = {}
    for offset in range(0, len(pairs), 2):
        places[int(pairs[offset])] = base + offset // 2
        numbers.append(base + offset // 2)
        numbers.append(pairs[offset + 1])
    for index in range(at, at + count):
        page = made.pages[index].obj
        if "/StructParents" in page:
            page.StructParents = places[int(page.StructParents)]
        for annotation in page.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent = places[int(annotation.StructParent)]


def _relink(made: Any, annotation: Any, link: str, first_pages: Mapping[str, int]) -> None:
    from pikepdf import Array, Name

    action = annotation.get("/A")
    target = str(action.get("/URI", "")) if action is not None else ""
    anchor = unquote(target.removeprefix(link))
    if target.startswith(link) and anchor in first_pages:
        del annotation["/A"]
        annotation.Dest = Array([made.pages[first_pages[anchor]].obj, Name.Fit])
