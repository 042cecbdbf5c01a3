"""A candidate -> the fields and tags of a note: words only, since a look in the fields would rewrite every note when it changes."""

from collections.abc import Mapping, Sequence

from .markup import NOTHING, card_html, cloze_html, escaped, is_whole, plain
from .model import Candidate, Fact, Gap, Guide, Inline, Topic, Words
from .notetypes import SHAPES
from .words import direction, slug, vocabulary


def render(
    candidate: Candidate, key: str, guide: Guide, topic: Topic, facts: Mapping[str, Fact], numbers: Sequence[int] = (),
    media: Mapping[str, str] = NOTHING,
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:  # fmt: skip
    """Fields in the order of the note type, tags in order, and the ordinals of the cards that Anki makes of them.

    `numbers` are those of a cloze's deletions, in their order: in Anki a number is a card, and its history.
    `media` has the names of pictures in the package by their sources in the guide.
    """
    first = facts[candidate.facts[0]]
    values = _own(candidate, numbers, media, is_whole(topic, guide)) | {
        "Topic": escaped(topic.name),
        "Guide": escaped(guide.title),
        "Section": escaped(first.section),
        "Extra": "".join(f"<p>{_lines(quote.text, media)}</p>" for quote in candidate.extra),
        "LookAlike": "".join(f"<p>{_lines(quote.text, media)}</p>" for quote in candidate.look_alikes),
        "Source": escaped(" › ".join(part for part in (guide.path.rsplit("/", 1)[-1], topic.name, first.section) if part)),
        "Kind": candidate.rule,
        "Language": escaped(guide.language),
        "Direction": direction(guide.language),
        "Speech": _voice(guide),
        "NoteKey": key,
        "FactIds": " ".join(candidate.facts),
    }
    shape = SHAPES[candidate.type]
    fields = tuple(values.get(name, "") for name in shape.fields)
    return fields, _tags(candidate, guide, topic), _cards(candidate, numbers)


def _own(candidate: Candidate, numbers: Sequence[int], media: Mapping[str, str], whole: bool) -> dict[str, str]:
    """The fields that each type has for itself. `whole`: the topic is all of the guide, and its name stands on the card already."""
    prompt, answer = _lines(candidate.prompt, media), _lines(candidate.answer, media)
    if candidate.lead:
        prompt = f"{escaped(candidate.lead)}<blockquote>{prompt}</blockquote>"
    if candidate.follow:
        prompt = f"{prompt}<br>{escaped(candidate.follow)}"
    hide = "yes" if candidate.answer_is_topic or whole else ""
    match candidate.type:
        case "term":
            both = bool(candidate.reverse) and not candidate.one_way
            return {"Question": prompt, "Answer": answer} | (_reverse(candidate, media) if both else {})
        case "ask":
            return {"Question": prompt, "Answer": answer, "HideTopic": hide}
        case "cloze":
            return {"Text": _gaps(candidate.prompt, numbers, media), "HideTopic": hide}
        case "choice":
            return {"Question": prompt, "Options": _options(candidate, media), "Answer": answer, "HideTopic": hide}


def _reverse(candidate: Candidate, media: Mapping[str, str]) -> dict[str, str]:
    return {
        "Reverse": _lines(candidate.reverse, media),
        "ReverseQuestion": escaped(candidate.reverse_prompt),
        "ReverseAnswer": card_html(candidate.reverse_answer, media),
    }


def _voice(guide: Guide) -> str:
    """The language of the voice that reads the cards aloud, as Anki names it ("en_US"); "" where the guide asks for none."""
    if guide.settings.speech not in ("yes", "true"):
        return ""
    name, _, region = guide.language.replace("_", "-").partition("-")
    own = str(vocabulary(name).data["words"]["voice"]) if vocabulary(name).language == name else ""
    return f"{name}_{region.upper()}" if region else own if own.startswith(name) else f"{name}_{name.upper()}"


def _lines(text: Sequence[Inline | Gap], media: Mapping[str, str]) -> str:
    return card_html((part for part in text if not isinstance(part, Gap)), media).replace("\n", "<br>")


def _gaps(parts: Sequence[Inline | Gap], numbers: Sequence[int], media: Mapping[str, str]) -> str:
    """Cloze text; the deletions are numbered as they were, else in their order, from 1."""
    out, at = "", 0
    for part in parts:
        if isinstance(part, Gap):
            number = numbers[at] if numbers else at + 1
            at += 1
            hint = f"::{cloze_html((Words(part.hint),))}" if part.hint else ""
            out += f"{{{{c{number}::{cloze_html(part.text, media)}{hint}}}}}"
        else:
            out += cloze_html((part,), media)
    return out.replace("\n", "<br>")


def _options(candidate: Candidate, media: Mapping[str, str]) -> str:
    rows = []
    for option in candidate.options:
        reason = f"<small>{card_html(option.reason, media)}</small>" if option.reason else ""
        mark = ' data-right="yes"' if option.correct else ""
        rows.append(f"<li{mark}>{card_html(option.text, media)}{reason}</li>")
    fixed = ' data-fixed="yes"' if candidate.fixed else ""
    return f"<ul{fixed}>{''.join(rows)}</ul>"


def _cards(candidate: Candidate, numbers: Sequence[int]) -> tuple[int, ...]:
    if candidate.type == "cloze":
        return (
            tuple(sorted(number - 1 for number in numbers))
            if numbers
            else tuple(range(sum(isinstance(part, Gap) for part in candidate.prompt)))
        )
    return (0, 1) if candidate.type == "term" and plain(candidate.reverse) and not candidate.one_way else (0,)


def _tags(candidate: Candidate, guide: Guide, topic: Topic) -> tuple[str, ...]:
    """Guide, topic and kind: nothing that depends on place or on siblings, or a moved line would rewrite the note."""
    own = ("author",) if candidate.rule in ("question", "scenario", "choice") else ()
    names = (slug(topic.name), f"kind::{candidate.rule}", *own)
    return (*(f"{slug(guide.slug)}::{name}" for name in names), *guide.settings.tags)
