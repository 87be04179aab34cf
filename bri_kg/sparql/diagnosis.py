"""An engine's complaint about a query, turned into a message that helps.

The engine says where it gave up; the cause is looked for before that place.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping

from pyoxigraph import Store

from bri_kg.errors import QuerySyntaxError, RefusedError
from bri_kg.plain import display_width, visible
from bri_kg.sparql.faults import faults_of, relative_iris, undeclared
from bri_kg.sparql.guard import refuse_network
from bri_kg.sparql.lexer import Reading, line_starts
from bri_kg.sparql.places import places_of

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


def syntax_error(
    query: str,
    exc: SyntaxError,
    file: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> QuerySyntaxError:
    """Return an engine's complaint about a query, in words that help.

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
    starts = line_starts(query)
    line = min(int(match[1]), len(starts))
    offset = min(starts[line - 1] + int(match[2]) - 1, len(query))
    # pyoxigraph decodes escapes only inside strings and IRIs.
    places = places_of(Reading(query, query))
    if not places:
        return QuerySyntaxError("BRI103", "the query is empty", file=file)
    known = prefixes or {}
    found = [*faults_of(places, query, known)]
    if "IRI parsing failed" in match[3]:
        found += relative_iris(places)
    if _needs_prefixes(query, str(exc), known):
        found += undeclared(places, known)
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
    """Return whether the known prefixes would mend the query: the engine may have them already.

    Nothing is run but the parser: the store is empty, and a query with a door is left alone.
    """
    try:
        refuse_network(query, datasets=True)
    except RefusedError:
        return False
    return _complaint(query, {}) == complaint != _complaint(query, known)


def _complaint(query: str, prefixes: Mapping[str, str]) -> str | None:
    try:
        Store().query(query, prefixes=dict(prefixes))
    except (SyntaxError, ValueError) as error:
        return str(error)
    return None


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
    starts = line_starts(query)
    line = bisect_right(starts, offset)
    column = offset - starts[line - 1] + 1
    end = starts[line] - 1 if line < len(starts) else len(query)
    shown = _caret(query[starts[line - 1] : end], column)
    why = "\n".join(part for part in (shown, more) if part)
    return QuerySyntaxError(
        "BRI103", message, why=why, fix=fix, file=file, line=line, column=column
    )


def _caret(line: str, column: int) -> str:
    """Return a source line with a caret below one of its columns, cut to fit a terminal."""
    first = max(0, column - 61)
    shown = line[first : first + 100].rstrip().replace("\t", " ")
    if not shown:
        return ""
    lead = "..." if first else ""
    before = visible(line[first : column - 1].replace("\t", " "))
    return f"{lead}{visible(shown)}\n{' ' * (len(lead) + display_width(before))}^"


def _expectation(detail: str, offset: int) -> tuple[str, str, int]:
    """Return a sentence, what is expected, and the place, from pyoxigraph's list of expectations.

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
