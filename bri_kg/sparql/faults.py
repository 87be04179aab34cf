"""What is certainly wrong with a query, told from its tokens alone.

Only mistakes that people make often are known here, each with a way to mend it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bri_kg.names import nearest
from bri_kg.sparql.lexer import Token
from bri_kg.sparql.places import ABSOLUTE, Place, declared_prefixes, prefix_of

_CLAUSES = """
    BASE PREFIX VERSION SELECT ASK CONSTRUCT DESCRIBE DISTINCT REDUCED AS FROM NAMED WHERE GROUP BY
    HAVING ORDER ASC DESC LIMIT OFFSET VALUES UNDEF OPTIONAL UNION MINUS GRAPH SERVICE SILENT BIND
    FILTER EXISTS NOT IN A TRUE FALSE SEPARATOR INSERT DELETE DATA WITH USING LOAD CLEAR DROP
    CREATE ADD MOVE COPY TO INTO DEFAULT ALL LATERAL
""".split()  # noqa: SIM905 - a list would take a line for each
_FUNCTIONS = """
    COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES LANGDIR HASLANG HASLANGDIR
    STRLANGDIR DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
    SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT
    SAMETERM SAMEVALUE ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE TRIPLE SUBJECT
    PREDICATE OBJECT ISTRIPLE ADJUST
""".split()  # noqa: SIM905 - as above
_SELECT_CLAUSE = ("SELECT", "DISTINCT", "REDUCED")
_WORDS = frozenset(_CLAUSES + _FUNCTIONS)
_BROKEN_IRI = re.compile(r"<[A-Za-z][\w+.\-]*:/?/?[^<>\n]*>")
_Found = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong, at ``token``, with a fix where one is known.

    ``order`` is where a parser meets it, which is later than the token for a bracket left open.
    """

    order: int
    token: Token
    message: str
    fix: str | None = None


def faults_of(places: Sequence[Place], query: str, known: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the first mistake in a query and those of its brackets; ``known`` prefixes are none."""
    declared = declared_prefixes(places)
    for place in places:
        token = place.token
        found = (
            _lexical_fault(place, query)
            or _prefix_fault(place, declared, known)
            or _word_fault(place)
            or _clause_fault(place, query)
        )
        if found:
            yield Fault(token.start, token, *found)
            break  # to look for near words at each of thousands would take minutes
    yield from _bracket_faults(places, len(query))


def _lexical_fault(place: Place, query: str) -> _Found | None:
    token = place.token
    if token.text in ("''", '""') and query[token.end : token.end + 1] == token.text[0]:
        return "the string that starts here is never closed", f"close it with {token.text[0] * 3}"
    if token.kind == "langtag" and place.depth == 0:
        fix = "write PREFIX name: <…> without '@' and without a final '.'"
        return f"{token.text} is Turtle, not SPARQL", fix
    escape = re.match(r"""(?:[^\\]|\\[tbnrf"'\\uU])*+(\\[\s\S])""", token.text)
    if token.kind == "string" and escape:
        fix = f"a backslash itself is written \\\\: \\{escape[1]}"
        return f"a string cannot hold {escape[1]}", fix
    if token.kind != "other":
        return None
    if token.text in "'\"":
        fix = f"close it with {token.text}, or use {token.text * 3} for a text of several lines"
        return "the string that starts here is never closed", fix
    if token.text == "\\":
        fix = "write the character itself"
        return "a backslash has a meaning only inside strings, IRIs and names", fix
    message = f"the character {token.text} is not SPARQL"
    quotation = token.text in "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb"
    return message, 'use the plain quotation mark "' if quotation else None


def _prefix_fault(
    place: Place, declared: Mapping[str, set[str]], known: Mapping[str, str]
) -> _Found | None:
    token = place.token
    if place.previous == "PREFIX" and place.depth == 0:
        if token.kind != "pname" or not token.text.endswith(":"):
            return f"PREFIX needs a name with a colon, not {token.text}", "write PREFIX name: <…>"
        if place.after is not None and place.after.kind != "iri":
            return f"the namespace of {token.text} is not an IRI in < >", "write PREFIX name: <…>"
        return None
    name = prefix_of(token)
    if token.kind != "pname" or name in declared or name in known:
        return None
    near = nearest(name, [*declared, *known], at_least=0.75)
    meant = f"did you mean {near}:? Otherwise " if near else ""
    return _not_declared(token), f"{meant}declare it before the query: PREFIX {name}: <…>"


def _word_fault(place: Place) -> _Found | None:
    token = place.token
    if token.kind != "word" or place.upper in _WORDS or place.previous == "PREFIX":
        return None
    called = place.following == "("
    near = nearest(place.upper, _CLAUSES + _FUNCTIONS if called else _CLAUSES, at_least=0.75)
    if near:
        fix = f"did you mean {near}?"
    elif called:
        fix = "other functions are called by their IRI"
    else:
        name = token.text
        fix = f'a variable is written ?{name}, a name prefix:{name}, a text "{name}"'
    return f"SPARQL has no {'function' if called else 'word'} {token.text}", fix


def _clause_fault(place: Place, query: str) -> _Found | None:
    token, upper = place.token, place.upper
    selects = place.header and not place.depth and place.clause in _SELECT_CLAUSE
    if selects and token.text == ",":
        return "the variables of SELECT are separated by blanks, not commas", "leave the comma out"
    if selects and upper in _FUNCTIONS and place.following == "(":
        fix = f"write ({token.text}(…) AS ?name)"
        return "an expression in SELECT needs brackets and a name", fix
    bare = place.after is not None and place.after.kind in ("var", "number", "string")
    if token.kind == "word" and upper == "FILTER" and bare:
        return "the condition of FILTER needs brackets", "write FILTER(…)"
    broken = _BROKEN_IRI.match(query, token.start) if token.text == "<" else None
    if broken:
        fix = "write blanks and the characters { } | \\ ^ ` with %, such as %20"
        return f"{broken[0]} holds a character that an IRI cannot hold", fix
    return None


def _bracket_faults(places: Sequence[Place], end: int) -> Iterator[Fault]:
    partner = {")": "(", "]": "[", "}": "{"}
    opened: list[Token] = []
    for place in places:
        token = place.token
        if token.kind != "punct":
            continue
        if token.text in partner.values():
            opened.append(token)
        elif token.text in partner:
            if not opened:
                yield Fault(token.start, token, f"{token.text} closes nothing", "leave it out")
                return
            last = opened.pop()
            if last.text != partner[token.text]:
                message = (
                    f"{token.text} does not close the {last.text} "
                    f"of line {last.line}, column {last.column}"
                )
                yield Fault(token.start, token, message)
                return
    if opened:
        token = opened[-1]
        yield Fault(end, token, f"this {token.text} is never closed")


def undeclared(places: Sequence[Place], known: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the uses of known prefixes that the query does not declare."""
    declared = declared_prefixes(places)
    for place in places:
        token, name = place.token, prefix_of(place.token)
        if token.kind == "pname" and name in known and name not in declared:
            fix = f"add as the first line: PREFIX {name}: <{known[name]}>"
            yield Fault(token.start, token, _not_declared(token), fix)


def _not_declared(token: Token) -> str:
    return f"the prefix {prefix_of(token)}: is not declared (in {token.text})"


def relative_iris(places: Sequence[Place]) -> Iterator[Fault]:
    """Yield the IRIs that are not absolute, in a query without BASE."""
    if any(place.upper == "BASE" for place in places):
        return
    for place in places:
        token = place.token
        if token.kind == "iri" and not ABSOLUTE.match(token.text, 1):
            fix = "write the whole IRI, or a BASE <…> line before the query"
            yield Fault(token.start, token, f"the IRI {token.text} is not absolute", fix)
