"""The note types are frozen by the first release."""

from deckpress.anki import schema, type_files
from deckpress.notetypes import SHAPES


def test_the_schema_is_what_learners_have() -> None:
    assert schema() == "478c7e27e0839807", (
        "Names, order or number of fields or templates have changed. From version 1.0 on that makes every note of every learner "
        "'conflicting': Anki never updates it again and adds a second note type. Use a spare field instead."
    )


def test_every_type_has_spare_fields_and_a_spare_template_that_is_off() -> None:
    for name, shape in SHAPES.items():
        assert {f"Spare{number}" for number in range(1, 5)} <= set(shape.fields)
        if not shape.cloze:
            assert shape.cards[-1] == "spare"
            _, front, _ = type_files()[name].cards[-1]
            assert front.startswith("{{#Spare4}}")
            assert front.strip().endswith("{{/Spare4}}")


def test_the_templates_use_only_fields_that_exist() -> None:
    import re

    for name, files in type_files().items():
        for _, front, back in files.cards:
            used = {word.split(":")[-1].lstrip("#^/") for word in re.findall(r"\{\{([^}]+)\}\}", front + back)}
            assert used <= set(SHAPES[name].fields)
