"""When a note was rendered, noted down so that git merges two branches that have changed other facts of it.

The stamp stands on the facts whose words have changed. After a merge the newest one tells of other fields than the note has
(`LockNote.merged`); it is then rendered anew, later than either branch has shipped it, for Anki takes no text that is not newer.
"""

from collections.abc import Set

from ..lock import LockNote, Stamp, shown, with_values


def rebased(was: LockNote, inputs: str) -> LockNote:
    """The note as it was shipped, made of these inputs."""
    last = was.shipped
    stamps = {fact: Stamp(stamp.time, inputs, stamp.shown) if stamp == last else stamp for fact, stamp in was.stamps.items()}
    whole = Stamp(was.time, was.inputs, was.shown) == last
    return with_values(was, stamps=stamps, inputs=inputs if whole else was.inputs)


def stamped(rendered: LockNote, was: LockNote, edited: Set[str], now: int) -> LockNote:
    """A note rendered anew with the stamps of `was` and one more; with no new time where it says what it said.

    `edited` are the facts whose words have changed since they were last built.
    """
    last = was.shipped
    kept = {fact: stamp for fact, stamp in was.stamps.items() if fact in rendered.stamps}
    note = with_values(rendered, inputs=was.inputs, time=was.time, shown=was.shown, stamps=rendered.stamps | kept)
    if (rendered.fields, rendered.tags) == (was.fields, was.tags) and not was.merged:
        stamp = Stamp(last.time, rendered.inputs, last.shown)
        on = {fact for fact in kept if kept[fact] == last}
        whole = (was.time, was.inputs, was.shown) == (last.time, last.inputs, last.shown)
    else:
        stamp = Stamp(max(last.time + 1, now), rendered.inputs, shown(rendered.fields, rendered.tags))
        on = edited & kept.keys()
        whole = not on
    if whole or not on:
        note = with_values(note, time=stamp.time, inputs=stamp.inputs, shown=stamp.shown)
    return with_values(note, stamps=note.stamps | dict.fromkeys(on, stamp))
