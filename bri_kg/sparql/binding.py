"""Values for the variables of a query, written into its text.

The author's text stays as it is; only a VALUES block is put in, so that any engine
can run the result and nothing has to be substituted.
"""

import re
from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode

from bri_kg.errors import InputError, UsageError
from bri_kg.sparql.lexer import Token, decoded, is_iri, is_variable_name
from bri_kg.sparql.places import Place, form_place, places_of


def bind(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """Return a query with variables given values, as a VALUES block in its outermost group.

    In: a SELECT, ASK, CONSTRUCT or DESCRIBE query; values by variable name, without
    ``?``. Out: the query with ``VALUES (?a ?b) { (… …) }`` as the first element of its
    outermost WHERE group, names sorted, on the line of that group's brace; nothing
    else of the text changes, and with no values nothing at all. (A group that is a
    subquery is put into braces of its own, since VALUES cannot stand beside it.)
    Raises UsageError (BRI104) for a name that is no SPARQL variable or a value that is
    no IRI or literal, InputError (BRI105) where the query has no such group.
    Standard: SPARQL 1.1, section 10.2.
    """
    if not values:
        return text
    names = sorted(values)
    for name in names:
        if not is_variable_name(name):
            raise _no_variable(name)
    row = " ".join(_term(name, values[name]) for name in names)
    block = f" VALUES ({' '.join('?' + name for name in names)}) {{ ({row}) }}"
    places = places_of(decoded(text))
    start = _where_group(places)
    place = places[start]
    if not place.following.startswith("SELECT"):
        return text[: place.token.end] + block + text[place.token.end :]
    closing = (other for other in places[start + 1 :] if other.token.text == "}")
    ends = (other.token.start for other in closing if other.depth == place.depth)
    end = next(ends, len(text))
    inner = text[place.token.end : end]
    # A comment in the last line of the group must not swallow the brace.
    return f"{text[: place.token.end]}{block} {{{inner}\n}}{text[end:]}"


def _no_variable(name: str) -> UsageError:
    message = f"{name!r} is not the name of a SPARQL variable"
    fix = "use letters, digits and underscores, without '?'"
    return UsageError("BRI104", message, fix=fix)


def _term(name: str, term: NamedNode | Literal) -> str:
    text = str(term)
    if isinstance(term, Literal):
        # Where engines decode codepoint escapes first, "\\u0041" (a backslash and
        # "u0041") would lose its backslash: the u is written as an escape itself, and
        # with eight digits, since rdflib takes up to eight after \u as well.
        return re.sub(r"\\\\([uU])|\\u([0-9A-Fa-f]{4})|\\.", _guard_escape, text)
    if isinstance(term, NamedNode) and is_iri(text):
        return text
    raise UsageError("BRI104", f"the value of ?{name} is neither an IRI nor a literal: {text}")


def _guard_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\\\\\U{ord(match[1]):08X}"
    return f"\\U0000{match[2]}" if match[2] else match[0]


def _where_group(places: Sequence[Place]) -> int:
    """Return where the outermost WHERE group opens, as an index."""
    form = form_place(places)
    if form is None:
        raise _no_group("it is no SELECT, ASK, CONSTRUCT or DESCRIBE query", None)
    opens = [
        index
        for index, place in enumerate(places)
        if place.token.text == "{" and place.depth == 0 and place.token.start > form.token.start
    ]
    if form.upper == "CONSTRUCT":
        if form.following != "{":
            fix = "write CONSTRUCT { … } WHERE { … } instead of CONSTRUCT WHERE { … }"
            raise _no_group("the short form of CONSTRUCT cannot hold values", form.token, fix)
        opens = opens[1:]
    if not opens:
        raise _no_group("it has no WHERE { … }", form.token)
    return opens[0]


def _no_group(why: str, token: Token | None, fix: str | None = None) -> InputError:
    line, column = (token.line, token.column) if token else (None, None)
    message = "parameters cannot be bound in this query"
    return InputError("BRI105", message, why=why, fix=fix, line=line, column=column)
