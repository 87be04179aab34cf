"""How rows are written out: the W3C SPARQL 1.1 result formats, and the choice of a format.

csv, tsv, json and xml are those of the W3C; table and md, for people, are in ``row_tables``.
"""

import json
import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode

from bri_kg.errors import UsageError
from bri_kg.rdf.row_tables import Shorten, markdown, table
from bri_kg.rdf.rows import Rows, plain_text
from bri_kg.rdf.terms import Term

ROW_FORMATS = ("table", "csv", "tsv", "json", "xml", "md")

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_XML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)
# Compiled where it is used: such wide ranges take longer than all other formats together.
_NOT_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def write_rows(
    rows: Rows,
    format: str,  # noqa: A002 - the name of the option
    *,
    shorten: Shorten = None,
    encoding: str | None = None,
) -> str:
    """Return rows as text.

    In: the rows; ``format``, one of ``ROW_FORMATS``; for table and md also ``shorten``,
    which makes an IRI short, and ``encoding``, that of the place written to: characters
    that it lacks are written as escapes. Out: text whose line ends are final (csv:
    CRLF, RFC 4180), so that it must be written without newline translation. csv, tsv,
    json and xml are UTF-8 by definition and never shorten or escape: SPARQL 1.1
    Query Results CSV and TSV, JSON, and XML formats. Raises UsageError for an unknown
    format (BRI202), or for a character that XML 1.0 cannot hold (BRI203).
    """
    if format == "table":
        return table(rows, shorten, encoding)
    if format == "md":
        return markdown(rows, shorten, encoding)
    writers = {"csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
    if format not in writers:
        raise unknown_format(format)
    return writers[format](rows)


def write_boolean(value: bool, format: str) -> str:  # noqa: A002 - as above
    """Return the answer of an ASK query as text.

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
        raise unknown_format(format)
    return text + ("\r\n" if format == "csv" else "\n")


def unknown_format(name: str, known: Iterable[str] = ROW_FORMATS) -> UsageError:
    """Return the error for a format that is none of those that are known."""
    fix = f"use one of: {', '.join(known)}"
    return UsageError("BRI202", f"rows cannot be written as {name}", fix=fix)


def _csv(rows: Rows) -> str:
    import csv  # of use to this format alone
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows.columns)
    for terms in rows.rows:
        writer.writerow(["" if term is None else plain_text(term) for term in terms])
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

    wrong = re.search(_NOT_XML, text)
    if wrong:
        raise not_in_xml(wrong[0])
    # A bare carriage return would be read as a line feed (XML 1.0, 2.11).
    return escape(text, {"\r": "&#13;"})


def not_in_xml(character: str) -> UsageError:
    """Return the error for a character in a result that XML 1.0 cannot hold."""
    message = f"XML cannot hold the character U+{ord(character):04X}, which is in a result"
    return UsageError("BRI203", message, fix="use another format, such as json")


def _attribute(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)
