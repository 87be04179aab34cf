"""Plain text that is safe to show, and results as plain data, ready for JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import PurePath
from typing import Any, ClassVar, Protocol, TypeVar, runtime_checkable

import pyoxigraph as ox

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class Face(Protocol):
    """What shows results: a notebook's blocks, as HTML and as plain text."""

    def html(self, result: object) -> str:
        """Return a result as HTML that runs and fetches nothing."""
        ...

    def text(self, result: object) -> str:
        """Return a result as lines of text."""
        ...


class Shown:
    """What `print` and a notebook show in a way that people can read.

    How, the face says that the entrance of the package sets: nothing here knows of a face.
    """

    __slots__ = ()
    face: ClassVar[Callable[[], Face] | None] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # IPython takes the `__repr__` of a class for its own choice, unless this stands beside it.
        cls._repr_pretty_ = Shown._repr_pretty_  # type: ignore[method-assign]

    def _repr_html_(self) -> str | None:
        face = Shown.face
        return None if face is None else face().html(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))

    def __str__(self) -> str:
        face = Shown.face
        return repr(self) if face is None else face().text(self)


_Item = TypeVar("_Item")


class Several(Shown, tuple[_Item, ...]):
    """A tuple of results, shown as a list of them."""

    __slots__ = ()


class Plain(Shown):
    """What makes a dataclass writable as plain data; `also_plain` names properties that belong to it."""

    also_plain: ClassVar[tuple[str, ...]] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, and the properties in `also_plain`, as `to_plain` writes them."""
        return to_plain(self)


@runtime_checkable
class HasPlainValue(Protocol):
    """An object that says what stands for it, such as triples that are kept as numbers."""

    def plain_value(self) -> object:
        """Return what is written in its place."""
        ...


def to_plain(result: object) -> dict[str, Any]:
    """Return a dataclass as a dictionary of plain data, in the order of its fields.

    Fields with `repr=False` are left out: they are large, or nobody else's. What stands in the
    others is written by `plain`. Raises TypeError for what is no dataclass.
    """
    if not is_dataclass(result) or isinstance(result, type):
        raise TypeError(f"no dataclass: {result!r}")
    shown = [field.name for field in fields(result) if field.repr]
    also = result.also_plain if isinstance(result, Plain) else ()
    return {name: plain(getattr(result, name)) for name in (*shown, *also)}


def plain(value: object) -> Json:
    """Return a value as plain data.

    Texts, whole numbers, booleans and None stay. A decimal becomes its text, since JSON would
    round it; so do numbers that JSON has not (NaN, INF, -INF, as XML Schema spells them).
    An enum becomes its value; dates, times and paths their text. An RDF term becomes the object
    that SPARQL 1.1 Query Results JSON has for it (`{"type": "uri", "value": …}`), a triple
    `{"subject": …, "predicate": …, "object": …}`, a quad also its `"graph"` (None: the default
    graph). Mappings become dictionaries, sets sorted lists, other iterables lists, dataclasses
    what `to_plain` gives. Raises TypeError for anything else.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else _odd_number(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, PurePath):
        return str(value)
    if isoformat := getattr(
        value, "isoformat", None
    ):  # dates and times, whose module takes a while
        return str(isoformat())
    if isinstance(value, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.Quad):
        return _rdf(value)
    if isinstance(value, HasPlainValue):
        return plain(value.plain_value())
    if is_dataclass(value):
        return to_plain(value)
    return _several(value)


def _several(value: object) -> Json:
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(map(plain, value), key=lambda item: json.dumps(item, ensure_ascii=False))
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        return [plain(item) for item in value]
    raise TypeError(f"no plain data: {value!r}")


def _key(key: object) -> str:
    if isinstance(key, ox.NamedNode):
        return key.value
    found = plain(key)
    if not isinstance(found, str):
        raise TypeError(f"no text, and the key of a mapping: {key!r}")
    return found


def _odd_number(number: float) -> str:
    if math.isnan(number):
        return "NaN"
    return "INF" if number > 0 else "-INF"


def _rdf(term: object) -> Json:
    match term:
        case ox.NamedNode():
            return {"type": "uri", "value": term.value}
        case ox.BlankNode():
            return {"type": "bnode", "value": term.value}
        case ox.Literal():
            return {"type": "literal", "value": term.value, **_kind(term)}
        case ox.Triple() | ox.Quad():
            parts = {name: _rdf(getattr(term, name)) for name in ("subject", "predicate", "object")}
            return (
                parts if isinstance(term, ox.Triple) else {**parts, "graph": _rdf(term.graph_name)}
            )
    return None  # the default graph


def _kind(literal: ox.Literal) -> dict[str, Json]:
    if literal.language:
        return {"xml:lang": literal.language}
    datatype = literal.datatype.value
    return {} if datatype.endswith("XMLSchema#string") else {"datatype": datatype}


# C0 and C1 controls move a terminal's cursor; the bidirectional ones reorder
# what is seen; lone surrogates cannot be encoded at all.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_COLOUR = re.compile(r"\x1b\[\d*m")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """Return text from elsewhere so that it is safe to print.

    Control characters (C0, C1, the bidirectional ones of UAX #9, line separators) and lone
    surrogates become escapes such as ``\\n``, ``\\x1b`` or ``\\u202e``.
    """
    return _CONTROLS.sub(lambda match: _escape(match[0]), text)


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def display_width(text: str) -> int:
    """Return how many columns a terminal takes for a text without control characters but those of colour.

    2 for each wide or fullwidth character (UAX #11), 0 for each combining one or joiner, 1 for any other.
    """
    plain = _COLOUR.sub("", text) if "\x1b" in text else text
    return len(plain) if plain.isascii() else _columns(plain)


@lru_cache(maxsize=4096)
def _columns(text: str) -> int:
    from unicodedata import category, east_asian_width

    return sum(
        2 if east_asian_width(char) in "WF" else 0 if category(char) in ("Mn", "Me", "Cf") else 1
        for char in text
    )


def encodable(text: str, encoding: str | None) -> str:
    """Return text as a console of an encoding can show it, the rest as escapes; None shows everything."""
    if encoding is None or text.isascii():
        return text
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except (LookupError, UnicodeError):
        return text.encode("ascii", "backslashreplace").decode("ascii")
