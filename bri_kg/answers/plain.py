"""Answers as plain data: what `json.dumps` takes, in the order of the fields."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any


class Answer:
    """A frozen dataclass of this room: it can be written as plain data."""

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as dictionaries, lists, text, numbers, booleans and None.

        Keys are the names of the fields in their order, none left out, so that the shape of a
        class is the same in every answer.
        """
        data = plain(self)
        assert isinstance(data, dict)
        return data


def plain(value: object) -> Any:
    """Return any value that an answer holds as plain data; raise TypeError for any other."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Answer) and dataclasses.is_dataclass(value):
        return {
            field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    raise TypeError(f"no part of an answer: {value!r}")
