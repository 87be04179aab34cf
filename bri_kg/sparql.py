r"""What must be known of a SPARQL 1.1 query before an engine sees it.

The tokens of a query (SPARQL 1.1 Query Language, section 19.8), the doors that
it would open to the network, the change of data that it asks for, the binding of
parameters, and readable syntax errors. Nothing here runs a query.

Two readings of one text are checked, since engines differ: section 19.2 decodes
``\uXXXX`` everywhere before parsing, some engines only inside strings and IRIs.
Engines without a tokenizer also take words apart that the grammar keeps together
(``SERVICEex:a`` as ``SERVICE ex:a``); such words count as doors too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal, NamedNode, Store

from bri_kg.errors import InputError, QuerySyntaxError, RefusedError, UsageError, visible

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")

# ---------------------------------------------------------------- terminals

# The complement of PN_CHARS beyond ASCII. It is written as a chain of single ranges
# since Python takes milliseconds to compile each class of many, and `ask` is quick.
_FOREIGN = (
    *(r"\x80-\xb6", r"\xb8-\xbf", r"\xd7", r"\xf7", r"\u037e", r"\u2000-\u200b"),
    *(r"\u200e-\u203e", r"\u2041-\u206f", r"\u2190-\u2bff", r"\u2ff0-\u3000"),
    *(r"\ud800-\uf8ff", r"\ufdd0-\ufdef", r"\ufffe-\uffff", r"\U000f0000-\U0010ffff"),
)
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRIREF = rf'<(?:[^<>"{{}}|^`\\\x00-\x20]|{_UCHAR})*+>'
# Escapes are taken as they come: whether \q is legal is for the engine to say,
# but where the string ends must be known.
_STRING = (
    r"'''(?:'{0,2}(?:[^'\\]|\\[\s\S]))*+'''"
    r'|"""(?:"{0,2}(?:[^"\\]|\\[\s\S]))*+"""'
    r"|'(?:[^'\\\n\r]|\\[^\n\r])*+'"
    r'|"(?:[^"\\\n\r]|\\[^\n\r])*+"'
)
_NUMBER = (
    r"[0-9]++\.[0-9]*[eE][+-]?[0-9]+|\.[0-9]++[eE][+-]?[0-9]+|[0-9]++[eE][+-]?[0-9]+"
    r"|[0-9]*+\.[0-9]+|[0-9]++"
)
_NOT_FIRST = r"(?!\xb7)(?![\u0300-\u036f])(?![\u203f-\u2040])"


def _name_pattern(ascii_only: bool) -> tuple[str, str, str]:
    """Patterns for one PN_CHARS_U or digit, for one PN_CHARS, and for a VARNAME."""
    foreign = "" if ascii_only else "".join(f"(?![{span}])" for span in _FOREIGN)
    beyond = foreign + r"[^\x00-\x7f]"
    first = rf"(?:[A-Za-z0-9_]|{_NOT_FIRST}{beyond})"
    variable = rf"{first}(?:[A-Za-z0-9_]|{beyond})*+"
    return first, rf"(?:[A-Za-z0-9_\-]|{beyond})", variable


@cache
def _terminals(ascii_only: bool) -> re.Pattern[str]:
    first, char, variable = _name_pattern(ascii_only)
    # The bound on the length of a prefix keeps hostile text from costing quadratic time.
    return re.compile(
        rf"""
          (?P<space>[ \t\r\n]+)
        | (?P<comment>\#[^\r\n]*)
        | (?P<iri>{_IRIREF})
        | (?P<bnode>_:{first}(?:{char}|\.+(?={char}))*+)
        | (?P<pname>(?:(?![0-9_]){first}(?:{char}|\.+(?={char})){{0,200}}+)?:
            (?:(?:{first}|:|{_PLX})(?:{char}|:|{_PLX}|\.+(?={char}|[:%\\]))*+)?)
        | (?P<var>[?$]{variable})
        | (?P<langtag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
        | (?P<string>{_STRING})
        | (?P<number>{_NUMBER})
        | (?P<word>[^\W\d]\w*)
        | (?P<punct>\^\^|&&|\|\||!=|<=|>=|[=<>!(){{}}\[\].,;*+\-/|^?])
        | (?P<other>[\s\S])
        """,
        re.VERBOSE,
    )


_ESCAPE = re.compile(_UCHAR)
_WHOLE_IRI = re.compile(_IRIREF)
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal of a query.

    ``kind`` is iri, pname (with or without a local part), var, bnode, langtag,
    string, number, word, punct, comment, or other (one character that starts no
    terminal). ``text`` is its text with codepoint escapes decoded; ``start`` and
    ``end`` (exclusive) count code points of the text as it was given, ``line`` and
    ``column`` count from 1.
    """

    kind: str
    text: str
    start: int
    end: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """A query text as one kind of engine reads it, and the way back to the original."""

    text: str
    original: str
    breaks: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def origin(self, position: int) -> int:
        found = bisect_right(self.breaks, position)
        return position + (self.shifts[found - 1] if found else 0)


def _decoded(text: str) -> _Reading:
    """The reading of section 19.2: codepoint escapes are decoded first, once."""
    parts: list[str] = []
    breaks: list[int] = []
    shifts: list[int] = []
    done = shift = 0
    for match in _ESCAPE.finditer(text):
        code = int(match[0][2:], 16)
        if code > 0x10FFFF:
            continue
        parts += [text[done : match.start()], chr(code)]
        done = match.end()
        breaks.append(match.start() - shift + 1)
        shift += len(match[0]) - 1
        shifts.append(shift)
    return _Reading("".join([*parts, text[done:]]), text, tuple(breaks), tuple(shifts))


def _readings(text: str) -> list[_Reading]:
    decoded = _decoded(text)
    return [decoded, _Reading(text, text)] if decoded.breaks else [decoded]


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _lex(reading: _Reading) -> Iterator[Token]:
    starts = _line_starts(reading.original)
    for match in _terminals(reading.text.isascii()).finditer(reading.text):
        if match.lastgroup in (None, "space"):
            continue
        start = reading.origin(match.start())
        line = bisect_right(starts, start)
        column = start - starts[line - 1] + 1
        end = reading.origin(match.end())
        yield Token(str(match.lastgroup), match[0], start, end, line, column)


def tokens(text: str) -> Iterator[Token]:
    """The terminals of a query, comments included, white space left out.

    In: any text. Out: its tokens in order, after decoding codepoint escapes (SPARQL
    1.1, sections 19.2 and 19.8). What is not SPARQL comes out as tokens of kind
    ``other``; there are no errors.
    """
    return _lex(_decoded(text))


# ------------------------------------------------------- tokens in their place


@dataclass(frozen=True, slots=True)
class _Place:
    """A token that is no comment, with what stands around it.

    ``depth`` counts the brackets open around it (a bracket has the depth of what it
    stands in); ``inner`` is the nearest of them: ``{``, ``[``, ``(``, or ``v`` and
    ``r`` for the data block of VALUES and a row of it; ``clause`` is the last word
    outside all brackets; ``header`` says that no ``{`` has been met yet.
    """

    token: Token
    before: Token | None
    after: Token | None
    depth: int
    inner: str
    clause: str
    header: bool

    @property
    def upper(self) -> str:
        return self.token.text.upper()

    @property
    def previous(self) -> str:
        return self.before.text.upper() if self.before else ""

    @property
    def following(self) -> str:
        return self.after.text.upper() if self.after else ""


def _places(reading: _Reading) -> list[_Place]:
    found = [token for token in _lex(reading) if token.kind != "comment"]
    blocks = _data_blocks(found)
    places: list[_Place] = []
    stack: list[str] = []
    clause, header = "", True
    for index, token in enumerate(found):
        bracket = token.text if token.kind == "punct" else ""
        if bracket and bracket in ")]}" and stack:
            stack.pop()
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        inner = stack[-1] if stack else ""
        places.append(_Place(token, before, after, len(stack), inner, clause, header))
        if bracket and bracket in "([{":
            stack.append("v" if index in blocks else "r" if inner == "v" else bracket)
            header = header and bracket != "{"
        if token.kind == "word" and not stack:
            clause = token.text.upper()
    return places


def _data_blocks(found: Sequence[Token]) -> set[int]:
    """Where the braces of VALUES open: nothing but data stands inside."""
    blocks: set[int] = set()
    for index, token in enumerate(found):
        if token.kind != "word" or token.text.upper() != "VALUES":
            continue
        place = index + 1
        if place < len(found) and found[place].text == "(":
            place += 1
            while place < len(found) and found[place].kind == "var":
                place += 1
            place += place < len(found) and found[place].text == ")"
        elif place < len(found) and found[place].kind == "var":
            place += 1
        if place < len(found) and found[place].text == "{":
            blocks.add(place)
    return blocks


def _prefix(token: Token) -> str:
    return token.text.partition(":")[0]


def _prefixes(places: Sequence[_Place]) -> dict[str, set[str]]:
    """Every namespace that each prefix is declared for; an update may declare one twice."""
    declared: dict[str, set[str]] = {}
    for place in places:
        token, after = place.token, place.after
        if token.kind != "pname" or place.depth or after is None or after.kind != "iri":
            continue
        name = _prefix(token)
        # An engine without a tokenizer takes "PREFIXex: <…>" for a declaration of ex:.
        if place.previous != "PREFIX":
            if not name.upper().startswith("PREFIX"):
                continue
            name = name[len("PREFIX") :]
        declared.setdefault(name, set()).add(_iri(after))
    return declared


def _iri(token: Token) -> str:
    return _decoded(token.text).text[1:-1]


def _addresses(token: Token, declared: Mapping[str, set[str]]) -> set[str]:
    """The IRIs that a token may stand for; none where that cannot be known."""
    if token.kind == "iri":
        return {_iri(token)}
    if token.kind != "pname" or _prefix(token).upper().startswith(("SILENT", "NAMED")):
        return set()
    prefix, _, local = token.text.partition(":")
    local = re.sub(r"\\(.)", r"\1", local)
    return {namespace + local for namespace in declared.get(prefix, ())}


# --------------------------------------------------------------- the doors

_DOORS = ("SERVICE", "LOAD", "FROM", "USING")
_MODIFIERS = ("SILENT", "NAMED")
# Words after which a prefixed name may stand outside all brackets.
_NAME_FOLLOWS = (
    *("PREFIX", "FROM", "NAMED", "USING", "WITH", "GRAPH", "INTO", "TO"),
    *("ADD", "MOVE", "COPY", "LOAD", "SILENT"),
)
_WHY_DOOR = "no address is asked over the network unless the user asked for that very address"


@dataclass(frozen=True, slots=True)
class _Door:
    token: Token
    word: str
    target: Token | None
    glued: bool


def refuse_network(
    text: str, *, allowed: frozenset[str] = frozenset(), file: str | None = None
) -> None:
    """Refuse a query or update that would make an engine ask an address.

    In: the text; ``allowed``, the absolute IRIs that the user asked for; ``file``, a
    name for the message. Out: nothing. Raises RefusedError (BRI101) at the first
    SERVICE, LOAD, FROM, FROM NAMED, USING or USING NAMED whose address is not in
    ``allowed`` (prefixes of the text are resolved; a variable, a relative IRI or an
    undeclared prefix is never allowed). Standards: SPARQL 1.1 Query (13.2), Update
    (3.1), Federated Query.
    """
    for reading in _readings(text):
        places = _places(reading)
        declared = _prefixes(places)
        doors = _doors(places, declared)
        door = next((door for door in doors if not _is_allowed(door, declared, allowed)), None)
        unclear = _unclear(places, reading.text)
        if unclear and (door is None or unclear.start < door.token.start):
            raise _refused_unclear(unclear, file)
        if door:
            raise _refused_door(door, file)


def _doors(places: Sequence[_Place], declared: Mapping[str, set[str]]) -> Iterator[_Door]:
    for index, place in enumerate(places):
        if place.token.kind == "word":
            word = next((word for word in _DOORS if word in place.upper), None)
            target = _target(places, index)
            if word and _is_door(place, word, target):
                yield _Door(place.token, word, target, place.upper not in _DOORS)
        elif place.token.kind == "pname":
            word = _glued(place, declared)
            if word:
                yield _Door(place.token, word, None, True)


def _target(places: Sequence[_Place], index: int) -> Token | None:
    place = places[index]
    if place.after is None or place.after.kind != "word":
        return place.after
    return places[index + 1].after if place.following in _MODIFIERS else None


def _is_door(place: _Place, word: str, target: Token | None) -> bool:
    named = target is not None and target.kind in ("iri", "pname")
    if word == "SERVICE":
        return True
    if place.upper == word:
        return word == "LOAD" or named
    # "isFrom" in a pattern is a slip of the pen; outside one it can be "ASKFROM".
    return place.depth == 0 and named


def _glued(place: _Place, declared: Mapping[str, set[str]]) -> str | None:
    """The word that an engine without a tokenizer reads out of a name such as SERVICEex:a."""
    prefix = _prefix(place.token).upper()
    if "SERVICE" in prefix and place.depth and place.following == "{":
        return None if place.previous == "GRAPH" else "SERVICE"
    word = next((word for word in _DOORS[1:] if word in prefix), None)
    return word if word and _is_stray(place, declared) else None


def _is_stray(place: _Place, declared: Mapping[str, set[str]]) -> bool:
    """Whether a prefixed name stands where the grammar has none, so that it is read apart."""
    if place.depth or place.following == "(" or place.previous in _NAME_FOLLOWS:
        return False
    if place.after is not None and place.after.kind == "iri" and place.token.text.endswith(":"):
        return False
    described = place.clause == "DESCRIBE" and place.previous != "*"
    return not (described and _prefix(place.token) in declared)


def _is_allowed(door: _Door, declared: Mapping[str, set[str]], allowed: frozenset[str]) -> bool:
    if door.target is None:
        return False
    found = _addresses(door.target, declared)
    return bool(found) and all(_ABSOLUTE.match(iri) and iri in allowed for iri in found)


def _unclear(places: Sequence[_Place], text: str) -> Token | None:
    """The first ``<…>`` that engines may read in two ways, where that could hide a door.

    ``(?a<?b&&'>'…)`` is an IRI to a tokenizer and a comparison to an engine without
    one; from there on the two disagree on what is a string. A scheme and ``//`` can
    only be an IRI, and inside VALUES nothing is compared.
    """
    if not any(word in text.upper() for word in _DOORS):
        return None
    for place in places:
        token, before = place.token, place.before
        if token.kind != "iri" or place.inner != "(" or before is None:
            continue
        operand = before.kind != "punct" or before.text in ")]}"
        could_hide = re.search("['#)]", token.text)
        if operand and could_hide and not re.match(r"<[A-Za-z][\w+.\-]*://", token.text):
            return token
    return None


def _refused_door(door: _Door, file: str | None) -> RefusedError:
    token, word = door.token, door.word
    target = f" {door.target.text}" if door.target and door.target.kind != "punct" else ""
    if door.glued:
        message = f"{token.text} can be read as {word}, which asks an address over the network"
        fix = "rename the prefix, end the pattern before it with a '.', or write the words apart"
    elif word == "SERVICE":
        message = f"SERVICE{target} would send a part of the query to another server"
        fix = "take the SERVICE part out, or ask for its address when running the query"
    elif word == "LOAD":
        message = f"LOAD{target} would fetch a document"
        fix = "fetch the document yourself and load the file"
    else:
        message = f"{word}{target} names a dataset that a store may fetch"
        fix = f"leave the {word} line out: the query runs on the loaded graph"
    return _refused("BRI101", message, _WHY_DOOR, fix, token, file)


def _refused_unclear(token: Token, file: str | None) -> RefusedError:
    message = f"{token.text} can be read as an IRI or as a comparison"
    why = "engines differ here, so what follows cannot be checked for use of the network"
    return _refused("BRI101", message, why, "put a space after '<'", token, file)


def _refused(
    code: str, message: str, why: str, fix: str, token: Token, file: str | None
) -> RefusedError:
    return RefusedError(
        code, message, why=why, fix=fix, file=file, line=token.line, column=token.column
    )


_UPDATE_WORD = re.compile(
    rf"({'|'.join(_UPDATES)})(?:DATA|WHERE|SILENT|ALL|GRAPH|NAMED|DEFAULT|TO)*"
)


def refuse_updates(text: str, *, file: str | None = None) -> None:
    """Refuse a request that would change data.

    In: the text; ``file``, a name for the message. Out: nothing. Raises RefusedError
    (BRI102) where INSERT, DELETE, LOAD, CLEAR, DROP, CREATE, ADD, MOVE or COPY stands
    as an operation (SPARQL 1.1 Update, section 3), after a query too. Text that is no
    SPARQL at all passes: it is for the engine to say what is wrong with it.
    """
    for reading in _readings(text):
        places = _places(reading)
        declared = _prefixes(places)
        for place in places:
            word = _update_word(place, declared)
            if word:
                message = f"{word} would change data"
                why = "a query only reads"
                fix = "write a SELECT, ASK, CONSTRUCT or DESCRIBE query"
                raise _refused("BRI102", message, why, fix, place.token, file)


def _update_word(place: _Place, declared: Mapping[str, set[str]]) -> str | None:
    if place.depth:
        return None
    if place.token.kind == "word":
        match = _UPDATE_WORD.fullmatch(place.upper)
        return match[1] if match else None
    begins = place.clause in ("", "PREFIX", "BASE") or place.previous == ";"
    if place.token.kind == "pname" and begins and _is_stray(place, declared):
        prefix = _prefix(place.token).upper()
        return next((word for word in _UPDATES if prefix.startswith(word)), None)
    return None


# ------------------------------------------------------------ form, binding


def query_form(text: str) -> str | None:
    """What a query asks for.

    In: a query. Out: ``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, or None where the
    text is none of these (SPARQL 1.1, section 16). Never fails.
    """
    place = _form_place(_places(_decoded(text)))
    return place.upper if place else None


def _form_place(places: Sequence[_Place]) -> _Place | None:
    prologue = ("PREFIX", "BASE", "VERSION")
    words = (place for place in places if place.token.kind == "word")
    first = next((place for place in words if place.upper not in prologue), None)
    return first if first and first.upper in _FORMS and first.depth == 0 else None


def bind(text: str, values: Mapping[str, NamedNode | Literal]) -> str:
    """A query with variables given values, as a VALUES block in its outermost group.

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
        _require_variable(name)
    row = " ".join(_term(name, values[name]) for name in names)
    block = f" VALUES ({' '.join('?' + name for name in names)}) {{ ({row}) }}"
    places = _places(_decoded(text))
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


def _require_variable(name: str) -> None:
    variable = _name_pattern(name.isascii())[2]
    if not re.fullmatch(variable, name):
        raise UsageError(
            "BRI104",
            f"{name!r} is not the name of a SPARQL variable",
            fix="use letters, digits and underscores, without '?'",
        )


def _term(name: str, term: NamedNode | Literal) -> str:
    text = str(term)
    if isinstance(term, Literal):
        # Where engines decode codepoint escapes first, "\\u0041" (a backslash and
        # "u0041") would lose its backslash: the u is written as an escape itself, and
        # with eight digits, since rdflib takes up to eight after \u as well.
        return re.sub(r"\\\\([uU])|\\u([0-9A-Fa-f]{4})|\\.", _guard_escape, text)
    if isinstance(term, NamedNode) and _WHOLE_IRI.fullmatch(text):
        return text
    raise UsageError("BRI104", f"the value of ?{name} is neither an IRI nor a literal: {text}")


def _guard_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\\\\\U{ord(match[1]):08X}"
    return f"\\U0000{match[2]}" if match[2] else match[0]


def _where_group(places: Sequence[_Place]) -> int:
    """Where the outermost WHERE group opens, as an index."""
    form = _form_place(places)
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


# ------------------------------------------------------------ syntax errors


def _words(text: str) -> list[str]:
    return text.split()


_CLAUSES = _words("""
    BASE PREFIX VERSION SELECT ASK CONSTRUCT DESCRIBE DISTINCT REDUCED AS FROM NAMED WHERE GROUP BY
    HAVING ORDER ASC DESC LIMIT OFFSET VALUES UNDEF OPTIONAL UNION MINUS GRAPH SERVICE SILENT BIND
    FILTER EXISTS NOT IN A TRUE FALSE SEPARATOR INSERT DELETE DATA WITH USING LOAD CLEAR DROP
    CREATE ADD MOVE COPY TO INTO DEFAULT ALL LATERAL
""")
_FUNCTIONS = _words("""
    COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES LANGDIR HASLANG HASLANGDIR
    STRLANGDIR DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE
    ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES
    SECONDS TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT
    SAMETERM SAMEVALUE ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE TRIPLE SUBJECT
    PREDICATE OBJECT ISTRIPLE ADJUST
""")
_SELECT_CLAUSE = ("SELECT", "DISTINCT", "REDUCED")
_WORDS = frozenset(_CLAUSES + _FUNCTIONS)
_ENGINE_MESSAGE = re.compile(r"error at (\d+):(\d+):? ?(.*)", re.DOTALL)
_MEANING = {
    "?": "a variable",
    "$": "a variable",
    "<": "an IRI",
    ":": "a prefixed name",
    '"': "a string",
    "'": "a string",
    "\\": "",
    "%": "",
    "{|": "",
    "~": "",
}


@dataclass(frozen=True, slots=True)
class _Fault:
    """Something that is wrong, at ``token``; ``order`` is where a parser meets it."""

    order: int
    token: Token
    message: str
    fix: str | None = None


def syntax_error(
    query: str,
    exc: SyntaxError,
    file: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> QuerySyntaxError:
    """An engine's complaint about a query, in words that help.

    In: the query; the SyntaxError of pyoxigraph (``error at 3:5: expected …``); ``file``,
    a name for the message; ``prefixes``, namespaces by prefix that a fix may offer.
    Out: a QuerySyntaxError (BRI103), not raised, with line, column, the source line
    and a caret. The engine's place is only where it gave up, often far behind the
    cause: a certain fault found before that place (an undeclared prefix, an unknown
    word, an open string or bracket) is named instead. A prefix in ``prefixes`` is held
    to be undeclared only where declaring it helps: the engine may know it beforehand.
    """
    match = _ENGINE_MESSAGE.search(str(exc))
    if match is None:
        return QuerySyntaxError("BRI103", f"the query cannot be read: {exc}", file=file)
    starts = _line_starts(query)
    line = min(int(match[1]), len(starts))
    offset = min(starts[line - 1] + int(match[2]) - 1, len(query))
    # pyoxigraph decodes escapes only inside strings and IRIs.
    places = _places(_Reading(query, query))
    if not places:
        return QuerySyntaxError("BRI103", "the query is empty", file=file)
    known = prefixes or {}
    found = [*_faults(places, query, known)]
    if "IRI parsing failed" in match[3]:
        found += _relative_iris(places)
    if _needs_prefixes(query, str(exc), known):
        found += _undeclared(places, known)
    met = (fault for fault in found if fault.order <= offset)
    fault = min(met, key=lambda fault: fault.order, default=None)
    if fault:
        return _at(query, file, fault.token.start, fault.message, "", fault.fix)
    sentence, expected, place = _expectation(match[3], offset)
    near = next((p.token for p in places if p.token.end > place), None)
    if near is None:
        return _at(query, file, len(query), *_at_end(sentence, expected))
    message = f"the query cannot be read from {visible(near.text[:40])} on"
    return _at(query, file, near.start, message, sentence or expected, None)


def _needs_prefixes(query: str, complaint: str, known: Mapping[str, str]) -> bool:
    """Whether the known prefixes would mend the query: the engine may have them already.

    Nothing is run but the parser: the store is empty, and a query with a door is left alone.
    """
    try:
        refuse_network(query)
    except RefusedError:
        return False
    return _complaint(query, {}) == complaint != _complaint(query, known)


def _complaint(query: str, prefixes: Mapping[str, str]) -> str | None:
    try:
        Store().query(query, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        return str(error)
    return None


def _undeclared(places: Sequence[_Place], known: Mapping[str, str]) -> Iterator[_Fault]:
    declared = _prefixes(places)
    for place in places:
        token, name = place.token, _prefix(place.token)
        if token.kind == "pname" and name in known and name not in declared:
            fix = f"add as the first line: PREFIX {name}: <{known[name]}>"
            yield _Fault(token.start, token, _not_declared(token), fix)


def _not_declared(token: Token) -> str:
    return f"the prefix {_prefix(token)}: is not declared (in {token.text})"


def _at_end(sentence: str, expected: str) -> tuple[str, str, str | None]:
    if sentence:
        return f"the query breaks a rule of SPARQL: {sentence}", "", None
    if expected:
        return "the query ends too early", expected, None
    hint = (
        "the place is not known; check that a '.' stands between triples, that every variable "
        "of SELECT is in GROUP BY or inside COUNT and the like, and that BIND and AS name new ones"
    )
    return "the query breaks a rule of SPARQL", hint, None


def _at(
    query: str, file: str | None, offset: int, message: str, more: str, fix: str | None
) -> QuerySyntaxError:
    starts = _line_starts(query)
    line = bisect_right(starts, offset)
    column = offset - starts[line - 1] + 1
    end = starts[line] - 1 if line < len(starts) else len(query)
    shown = _caret(query[starts[line - 1] : end], column)
    why = "\n".join(part for part in (shown, more) if part)
    return QuerySyntaxError(
        "BRI103", message, why=why, fix=fix, file=file, line=line, column=column
    )


def _caret(line: str, column: int) -> str:
    """A source line with a caret below one of its columns, cut to fit a terminal."""
    first = max(0, column - 61)
    shown = line[first : first + 100].rstrip().replace("\t", " ")
    if not shown:
        return ""
    lead = "..." if first else ""
    before = visible(line[first : column - 1].replace("\t", " "))
    return f"{lead}{visible(shown)}\n{' ' * (len(lead) + _columns(before))}^"


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 0 if combining(c) else 1 for c in text)


def _expectation(detail: str, offset: int) -> tuple[str, str, int]:
    """From pyoxigraph's list of expectations: a sentence, what is expected, and the place.

    A keyword that did not match is reported at the place where it would have ended, so
    that the place is set back by its length; which keywords are named is then mere
    chance, and they are left out.
    """
    detail = re.sub(r"^expected (one of )?", "", detail.strip())
    number = "['0'..='9']" in detail or "['0' ..= '9']" in detail
    bare = re.sub(r"\[(?:'\\?[^']*'|'''|[^\]'])*\]", "", detail)
    items = [item.strip() for item in re.findall(r'"(?:[^"\\]|\\.)*"|[^,"]+', bare)]
    symbols = [re.sub(r"\\(.)", r"\1", item[1:-1]) for item in items if item.startswith('"')]
    words = [item for item in items if re.fullmatch(r"\w+", item)]
    sentence = next((item for item in items if re.fullmatch(r"\w+( [\w()-]+)+", item)), "")
    meant = [_MEANING.get(symbol, symbol) for symbol in symbols] + ["a number"] * number
    shown = [item for item in dict.fromkeys(meant) if item and not item.startswith("\\")][:8]
    expected = f"expected here: {'  '.join(shown)}" if shown else ""
    if words and not symbols:
        offset = max(0, offset - min(len(word) for word in words))
    return sentence, expected, offset


def _faults(places: Sequence[_Place], query: str, known: Mapping[str, str]) -> Iterator[_Fault]:
    declared = _prefixes(places)
    for place in places:
        token = place.token
        found = (
            _lexical_fault(place, query)
            or _prefix_fault(place, declared, known)
            or _word_fault(place)
            or _clause_fault(place, query)
        )
        if found:
            yield _Fault(token.start, token, *found)
    yield from _bracket_faults(places, len(query))


_Found = tuple[str, str | None]


def _lexical_fault(place: _Place, query: str) -> _Found | None:
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
    place: _Place, declared: Mapping[str, set[str]], known: Mapping[str, str]
) -> _Found | None:
    token = place.token
    if place.previous == "PREFIX" and place.depth == 0:
        if token.kind != "pname" or not token.text.endswith(":"):
            return f"PREFIX needs a name with a colon, not {token.text}", "write PREFIX name: <…>"
        if place.after is not None and place.after.kind != "iri":
            return f"the namespace of {token.text} is not an IRI in < >", "write PREFIX name: <…>"
        return None
    name = _prefix(token)
    if token.kind != "pname" or name in declared or name in known:
        return None
    near = _nearest(name, [*declared, *known])
    meant = f"did you mean {near}:? Otherwise " if near else ""
    return _not_declared(token), f"{meant}declare it before the query: PREFIX {name}: <…>"


def _word_fault(place: _Place) -> _Found | None:
    token = place.token
    if token.kind != "word" or place.upper in _WORDS or place.previous == "PREFIX":
        return None
    kind = "function" if place.following == "(" else "word"
    near = _nearest(place.upper, _CLAUSES + _FUNCTIONS if kind == "function" else _CLAUSES)
    if near:
        return f"SPARQL has no {kind} {token.text}", f"did you mean {near}?"
    if kind == "function":
        return f"SPARQL has no function {token.text}", "other functions are called by their IRI"
    fix = f'a variable is written ?{token.text}, a name prefix:{token.text}, a text "{token.text}"'
    return f"SPARQL has no {kind} {token.text}", fix


def _clause_fault(place: _Place, query: str) -> _Found | None:
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
    broken = re.compile(r"<[A-Za-z][\w+.\-]*:/?/?[^<>\n]*>").match(query, token.start)
    if token.text == "<" and broken:
        fix = "write blanks and the characters { } | \\ ^ ` with %, such as %20"
        return f"{broken[0]} holds a character that an IRI cannot hold", fix
    return None


def _relative_iris(places: Sequence[_Place]) -> Iterator[_Fault]:
    if any(place.upper == "BASE" for place in places):
        return
    for place in places:
        token = place.token
        if token.kind == "iri" and not _ABSOLUTE.match(token.text, 1):
            fix = "write the whole IRI, or a BASE <…> line before the query"
            yield _Fault(token.start, token, f"the IRI {token.text} is not absolute", fix)


def _bracket_faults(places: Sequence[_Place], end: int) -> Iterator[_Fault]:
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
                yield _Fault(token.start, token, f"{token.text} closes nothing", "leave it out")
                return
            last = opened.pop()
            if last.text != partner[token.text]:
                message = (
                    f"{token.text} does not close the {last.text} "
                    f"of line {last.line}, column {last.column}"
                )
                yield _Fault(token.start, token, message, None)
                return
    if opened:
        token = opened[-1]
        yield _Fault(end, token, f"this {token.text} is never closed", None)


def _nearest(name: str, names: Sequence[str]) -> str | None:
    # difflib is slow to import and needed only here.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, names, n=1, cutoff=0.75)), None)
