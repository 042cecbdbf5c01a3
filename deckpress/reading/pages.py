"""Links of notebooks in which pages name each other: `[[Page]]`, `[[Page#Part|shown]]`, `![[picture.png|300]]`."""

import re

_EMBED = re.compile(r"!\[\[([^\[\]|\\]+?)(?:\\?\|([^\[\]]*))?\]\]")
_WIKI = re.compile(r"(?<!\w)\[\[(?=[^\[\]]*(?:[^\W\d_]|\d-\d))([^\[\]|\\#^]*)([#^][^\[\]|\\]*)?(?:\\?\|([^\[\]]+))?\]\](?!\()")
_CODE = re.compile(r"(`[^`]*`|\$[^$]+\$)")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.IGNORECASE)


def links_to_pages(line: str) -> str:
    """A line with the words that are read in such links, and a picture in one as a picture; a page shown inside is left out."""
    parts = _CODE.split(line)  # every second one is code or a formula
    parts[::2] = [_WIKI.sub(_shown_link, _EMBED.sub(_shown_embed, part)) for part in parts[::2]]
    return "".join(parts)


def _shown_link(found: re.Match[str]) -> str:
    return (found[3] or found[1].rsplit("/", 1)[-1] or (found[2] or "").lstrip("#^")).strip()


def _shown_embed(found: re.Match[str]) -> str:
    if not _PICTURE.search(found[1].strip()):
        return ""
    told = (found[2] or "").strip()
    return f"![{'' if re.fullmatch(r'[0-9x ]*', told) else told}](<{found[1].strip()}>)"
