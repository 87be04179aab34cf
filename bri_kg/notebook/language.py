"""In which language a result speaks: that of most of its labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import islice

import pyoxigraph as ox

from bri_kg.answers.model import Named, Quantity, Source, Text, TimeSpan
from bri_kg.answers.search import Hit
from bri_kg.findings import Finding
from bri_kg.rdf.rows import Row, Rows

_HAN = re.compile("[\u3400-\u9fff]")
_ENOUGH = 200  # labels that tell the language


def language_of(result: object) -> str:
    """Return `zh` where more labels are Chinese than English, else `en`."""
    found = Counter(islice(_languages(result), _ENOUGH))
    return "zh" if found["zh"] > found["en"] else "en"


def _languages(value: object) -> Iterator[str]:
    match value:
        case Named() | Source() | Text():
            yield from (value.lang,) if value.lang else ()
        case Quantity() | TimeSpan() if _HAN.search(value.label):
            yield "zh"
        case Hit():
            yield _script(value.cls_label or value.label)
        case Finding():
            yield _script(value.message)
        case Rows() | Row() | tuple() | list():
            for part in value:
                yield from _languages(part)
        case ox.Literal():
            yield from (value.language,) if value.language else ()
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from _languages(getattr(value, field.name))


def _script(text: str) -> str:
    return "zh" if _HAN.search(text) else "en"
