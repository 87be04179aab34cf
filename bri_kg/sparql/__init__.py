"""What must be known of a SPARQL 1.1 query before an engine sees it. Nothing here runs one.

Each module imports only from those above it:

- ``lexer``: the tokens of a query
- ``places``: each token with the brackets, clause and prefixes around it
- ``guard``: refuses what would use the network or change data
- ``growth``: how much longer a query makes a text
- ``size_limits``: refuses what would exhaust an engine
- ``columns``: the order of the columns of ``SELECT *``
- ``functions``: what is said of a function that an engine lacks
- ``variables``: where a variable stands, and whether a constant may stand there
- ``binding``: gives variables their values
- ``cutting``: the same query for fewer rows, or for their number; imported for stores at an address
- ``ordering``: what the rows of a query are sorted by; imported where rows are compared
- ``prologue``: declares the prefixes that a query uses; imported where a query is sent on
- ``faults``: what is certainly wrong with a query
- ``diagnosis``: an engine's syntax error in words that help; imported when there is one
"""

from collections.abc import Callable
from functools import lru_cache

from bri_kg.errors import BriKgError
from bri_kg.sparql.binding import bind, bind_each
from bri_kg.sparql.guard import refuse_network, refuse_updates
from bri_kg.sparql.lexer import Token, tokens
from bri_kg.sparql.places import SHORT, query_form
from bri_kg.sparql.size_limits import QUERY_BOUNDS, refuse_deep


def refuse_unfit(text: str, *, file: str | None = None) -> None:
    """Refuse what the embedded store is never asked.

    In: any text; ``file``, a name for the message. Out: nothing. Raises what ``refuse_deep``,
    ``refuse_network`` (FROM and FROM NAMED pass: they choose among the store's own graphs) and
    ``refuse_updates`` raise.
    """
    _unless_it_passes(_refuse_unfit, text, file)


def refuse_doors(text: str, *, file: str | None = None) -> None:
    """Refuse a stored query that would ask an address or change data, whatever engine it is for.

    In: any text; ``file``, a name for the message. Out: nothing. Raises what ``refuse_network``
    and ``refuse_updates`` raise.
    """
    _unless_it_passes(_refuse_doors, text, file)


def _unless_it_passes(
    refuse: Callable[[str, str | None], None], text: str, file: str | None
) -> None:
    if len(text) > SHORT or not _passes(refuse, text, tuple(b.value for b in QUERY_BOUNDS)):
        refuse(text, file)


# Their values come in later.
@lru_cache(maxsize=1024)
def _passes(
    refuse: Callable[[str, str | None], None], text: str, bounds: tuple[float, ...]
) -> bool:
    try:
        refuse(text, None)
    except BriKgError:
        return False
    return True


def _refuse_unfit(text: str, file: str | None) -> None:
    refuse_deep(text, file=file)
    refuse_network(text, file=file, datasets=True)
    refuse_updates(text, file=file)


def _refuse_doors(text: str, file: str | None) -> None:
    refuse_network(text, file=file)
    refuse_updates(text, file=file)


__all__ = [
    "Token",
    "bind",
    "bind_each",
    "query_form",
    "refuse_deep",
    "refuse_doors",
    "refuse_network",
    "refuse_unfit",
    "refuse_updates",
    "tokens",
]
