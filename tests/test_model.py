"""The records of the model are frozen: nothing changes behind a stage's back."""

import dataclasses
import inspect

from deckpress import model


def test_every_record_is_frozen_and_slotted() -> None:
    classes = [found for _, found in inspect.getmembers(model, inspect.isclass) if found.__module__.startswith(model.__name__)]
    records = [found for found in classes if dataclasses.is_dataclass(found)]
    assert len(records) > 15
    for record in records:
        assert record.__dataclass_params__.frozen, record  # type: ignore[attr-defined]
        assert "__slots__" in record.__dict__, record
