"""Result rows: what a SELECT query gives, and how it is written out.

csv, tsv, json and xml are the W3C SPARQL 1.1 result formats; table and md are for
people. Nothing here asks a store.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from bri_kg.errors import UsageError, visible

if TYPE_CHECKING:
    from rdflib.term import Node

Term = NamedNode | BlankNode | Literal
Value = int | float | Decimal | bool | str

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "md")

_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = _XSD + "string"
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_BOOLEAN = re.compile("true|false|0|1")
_Maker = tuple[re.Pattern[str], Callable[[str], Value]]
_MAKERS: dict[str, _Maker] = {
    "boolean": (_BOOLEAN, lambda text: text in ("true", "1")),
    "decimal": (_DECIMAL, Decimal),
    "double": (_DOUBLE, float),
    "float": (_DOUBLE, float),
    **dict.fromkeys(
        (
            *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
            *("nonPositiveInteger", "negativeInteger", "unsignedLong", "unsignedInt"),
            *("unsignedShort", "unsignedByte"),
        ),
        (_INTEGER, int),
    ),
}


def python_value(term: Term | None) -> Value | None:
    """A term as a plain Python value.

    In: a term or None. Out: int, Decimal, float or bool for literals of the XSD types
    that these stand for (XML Schema 1.1, part 2), the text of any other literal, the
    IRI, or the blank node's label with ``_:``; None for None. A literal whose text does
    not fit its type comes out as that text.
    """
    if not isinstance(term, Literal):
        return None if term is None else _plain(term)
    datatype = term.datatype.value
    maker = _MAKERS.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    text = term.value.strip(" \t\r\n")
    if maker is None or not maker[0].fullmatch(text):
        return term.value
    try:
        return maker[1](text)
    except ValueError:  # Python refuses integers of thousands of digits
        return term.value


def _plain(term: Term) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row: terms by column name (or position), None where a variable is unbound.

    Iterates over its terms, and equals a tuple of them; ``dict(row)`` works too.
    """

    columns: tuple[str, ...]
    terms: tuple[Term | None, ...]

    def __getitem__(self, key: str | int) -> Term | None:
        """The term of a column by name or position; KeyError for a name that is no column."""
        if isinstance(key, int):
            return self.terms[key]
        if key not in self.columns:
            raise KeyError(f"there is no column {key!r}; the columns are {', '.join(self.columns)}")
        return self.terms[self.columns.index(key)]

    def get(self, key: str, default: Term | None = None) -> Term | None:
        """The term of a column; ``default`` where there is no such column or no term."""
        if key not in self.columns:
            return default
        term = self[key]
        return default if term is None else term

    def value(self, key: str) -> Value | None:
        """The Python value of a column (see ``python_value``); KeyError where there is none."""
        return python_value(self[key])

    def keys(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.columns

    def __iter__(self) -> Iterator[Term | None]:
        """The terms in the order of the columns."""
        return iter(self.terms)

    def __len__(self) -> int:
        """The number of columns."""
        return len(self.terms)

    def __eq__(self, other: object) -> bool:
        """Equal to a row of the same columns and terms, and to a tuple of its terms."""
        if isinstance(other, Row):
            return self.columns == other.columns and self.terms == other.terms
        return self.terms == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        """The hash of the tuple of terms."""
        return hash(self.terms)


@dataclass(frozen=True)
class Rows:
    """The rows of a result, in order.

    ``columns`` are the names of the variables, without ``?``; ``rows`` hold a term or
    None (unbound) for each; ``truncated`` says that a limit cut rows off.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    truncated: bool = False

    def __iter__(self) -> Iterator[Row]:
        """The rows in order."""
        return (Row(self.columns, terms) for terms in self.rows)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.rows)

    def __getitem__(self, index: int) -> Row:
        """The row at a position."""
        return Row(self.columns, self.rows[index])

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame of Python values.

        Raises UsageError (BRI201) where pandas is not installed.
        """
        from importlib import import_module

        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise UsageError(
                "BRI201",
                "pandas is not installed",
                why=str(error),
                fix='pip install "bri-kg[pandas]"',
            ) from None
        values = [[python_value(term) for term in terms] for terms in self.rows]
        return pandas.DataFrame(values, columns=list(self.columns), dtype=object)

    def to_rdflib(self) -> "list[dict[str, Node]]":
        """The rows as dictionaries of rdflib terms by column name; unbound ones are left out."""
        from bri_kg.terms import to_rdflib

        return [
            {name: to_rdflib(term) for name, term in pairs if term is not None}
            for pairs in (zip(self.columns, terms, strict=True) for terms in self.rows)
        ]


# ----------------------------------------------------------------- writing


def write_rows(
    rows: Rows,
    format: str,  # noqa: A002 - the name of the option
    *,
    shorten: Callable[[str], str] | None = None,
    width: int | None = None,
    encoding: str | None = None,
) -> str:
    """Rows as text.

    In: the rows; ``format``, one of ``ROW_FORMATS``; for table and md also ``shorten``,
    which makes an IRI short, and ``encoding``, that of the place written to: characters
    that it lacks are written as escapes; for table also ``width``, the columns of the
    terminal: longer cells end in ``...``. Out: text whose line ends are final (csv:
    CRLF, RFC 4180), so that it must be written without newline translation. csv, tsv,
    json and xml are UTF-8 by definition and never shorten, cut or escape: SPARQL 1.1
    Query Results CSV and TSV, JSON, and XML formats. Raises UsageError for an unknown
    format (BRI202), or for a character that XML 1.0 cannot hold (BRI203).
    """
    if format == "table":
        return _table(rows, shorten, width, encoding)
    if format == "md":
        return _markdown(rows, shorten, encoding)
    return _writer(format)(rows)


def write_boolean(value: bool, format: str) -> str:  # noqa: A002 - as above
    """The answer of an ASK query as text.

    In: the answer; ``format``, one of ``ROW_FORMATS``. Out: the SPARQL 1.1 JSON or XML
    document, or ``true`` / ``false`` and a line end (the standard has no booleans in csv
    and tsv). Raises UsageError (BRI202) for an unknown format.
    """
    text = "true" if value else "false"
    if format == "json":
        return f'{{"head": {{}}, "boolean": {text}}}\n'
    if format == "xml":
        return f"{_XML_HEAD}<head/>\n<boolean>{text}</boolean>\n</sparql>\n"
    if format not in ROW_FORMATS:
        raise _unknown_format(format)
    return text + ("\r\n" if format == "csv" else "\n")


def _writer(name: str) -> Callable[[Rows], str]:
    writers = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
    if name not in writers:
        raise _unknown_format(name)
    return writers[name]


def _unknown_format(name: str) -> UsageError:
    fix = f"use one of: {', '.join(ROW_FORMATS)}"
    return UsageError("BRI202", f"rows cannot be written as {name}", fix=fix)


def _csv(rows: Rows) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    for terms in rows.rows:
        writer.writerow(["" if term is None else _plain(term) for term in terms])
    return out.getvalue()


def _tsv(rows: Rows) -> str:
    lines = ["\t".join(f"?{name}" for name in rows.columns)]
    # N-Triples syntax escapes tabs and line ends, so that no cell breaks its row.
    lines += ["\t".join("" if term is None else str(term) for term in row) for row in rows.rows]
    return "".join(line + "\n" for line in lines)


def _json(rows: Rows) -> str:
    head = json.dumps({"vars": rows.columns}, ensure_ascii=False)
    bindings = ",\n".join(
        json.dumps(
            {
                name: _json_term(term)
                for name, term in zip(rows.columns, terms, strict=True)
                if term is not None
            },
            ensure_ascii=False,
        )
        for terms in rows.rows
    )
    body = f"\n{bindings}\n" if bindings else ""
    text = f'{{"head": {head}, "results": {{"bindings": [{body}]}}}}\n'
    # Inside JSON strings only; json leaves the C1 controls of a terminal as they are.
    return re.sub("[\x7f-\x9f]", lambda match: f"\\u{ord(match[0]):04x}", text)


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    if term.datatype.value == _STRING:
        return {"type": "literal", "value": term.value}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


_XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(rows: Rows) -> str:
    lines = [_XML_HEAD, "<head>\n"]
    lines += [f"  <variable name={_attribute(name)}/>\n" for name in rows.columns]
    lines.append("</head>\n<results>\n")
    for terms in rows.rows:
        lines.append("  <result>\n")
        lines += [
            f"    <binding name={_attribute(name)}>{_xml_term(term)}</binding>\n"
            for name, term in zip(rows.columns, terms, strict=True)
            if term is not None
        ]
        lines.append("  </result>\n")
    return "".join([*lines, "</results>\n</sparql>\n"])


def _xml_term(term: Term) -> str:
    text = _xml_text(term.value)
    if isinstance(term, NamedNode):
        return f"<uri>{text}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{text}</bnode>"
    if term.language:
        return f"<literal xml:lang={_attribute(term.language)}>{text}</literal>"
    if term.datatype.value == _STRING:
        return f"<literal>{text}</literal>"
    return f"<literal datatype={_attribute(term.datatype.value)}>{text}</literal>"


def _xml_text(text: str) -> str:
    from xml.sax.saxutils import escape

    wrong = _NOT_XML.search(text)
    if wrong:
        message = f"XML cannot hold the character U+{ord(wrong[0]):04X}, which is in a result"
        raise UsageError("BRI203", message, fix="use another format, such as json")
    # A bare carriage return would be read as a line feed (XML 1.0, 2.11).
    return escape(text, {"\r": "&#13;"})


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)


# ------------------------------------------------------------- for people

_GAP = "  "
_CUT = "..."
_NARROWEST = 6


def _shown(term: Term | None, shorten: Callable[[str], str] | None, encoding: str | None) -> str:
    if term is None:
        return ""
    text = shorten(term.value) if shorten and isinstance(term, NamedNode) else _plain(term)
    return _encodable(visible(text), encoding)


def _encodable(text: str, encoding: str | None) -> str:
    if encoding is None or text.isascii():
        return text
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding)
    except (LookupError, UnicodeError):
        return text.encode("ascii", "backslashreplace").decode("ascii")


def _cells(
    rows: Rows, shorten: Callable[[str], str] | None, encoding: str | None
) -> list[list[str]]:
    head = [_encodable(name, encoding) for name in rows.columns]
    return [head, *([_shown(term, shorten, encoding) for term in row] for row in rows.rows)]


def _table(
    rows: Rows,
    shorten: Callable[[str], str] | None,
    width: int | None,
    encoding: str | None,
) -> str:
    if not rows.columns:
        return ""
    cells = _cells(rows, shorten, encoding)
    widths = [max(display_width(cell) for cell in column) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _fitted(widths, width - len(_GAP) * (len(widths) - 1))
    head, *body = (_line(line, widths) for line in cells)
    rule = _GAP.join("-" * size for size in widths)
    return "".join(line + "\n" for line in (head, rule, *body))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = (_cut(cell, size) for cell, size in zip(cells, widths, strict=True))
    padded = (
        cell + " " * (size - display_width(cell)) for cell, size in zip(cut, widths, strict=True)
    )
    return _GAP.join(padded).rstrip(" ")


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """Widths that together fit the room where that can be, the widest columns cut first."""
    limit = max(widths)
    while limit > _NARROWEST and sum(min(size, limit) for size in widths) > room:
        limit -= 1
    return [min(size, limit) for size in widths]


def _cut(text: str, size: int) -> str:
    if display_width(text) <= size:
        return text
    room = size - len(_CUT)
    for place, char in enumerate(text):
        room -= display_width(char)
        if room < 0:
            return text[:place] + _CUT
    return text


def display_width(text: str) -> int:
    """How many columns a terminal takes for a text.

    In: text without control characters. Out: 2 for each wide or fullwidth character
    (UAX #11), 0 for each combining one or joiner, 1 for any other.
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        2 if east_asian_width(char) in "WF" else 0 if category(char) in ("Mn", "Me", "Cf") else 1
        for char in text
    )


def _markdown(rows: Rows, shorten: Callable[[str], str] | None, encoding: str | None) -> str:
    head, *body = _cells(rows, shorten, encoding)
    lines = [head, ["---"] * len(head), *([_markdown_text(cell) for cell in line] for line in body)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _markdown_text(text: str) -> str:
    # What would end a cell, or turn into markup or HTML, is shown as it is.
    escaped = re.sub(r"([\\|`*<\[])", r"\\\1", text)
    return re.sub(r"&(?=#?\w+;)", "&amp;", escaped)
