"""What must be known of a SPARQL 1.1 query before an engine sees it. Nothing here runs one.

Each module imports only from those above it:

- ``lexer``: the tokens of a query
- ``places``: each token with the brackets, clause and prefixes around it
- ``guard``: refuses what would use the network, change data or exhaust an engine
- ``occurrences``: where a variable stands, and whether a constant may stand there
- ``binding``: gives variables their values
- ``ordering``: what the rows of a query are sorted by; imported where rows are compared
- ``prologue``: declares the prefixes that a query uses; imported where a query is sent on
- ``faults``: what is certainly wrong with a query
- ``diagnosis``: an engine's syntax error in words that help; imported when there is one
"""

from bri_kg.sparql.binding import bind, bind_each
from bri_kg.sparql.guard import refuse_deep, refuse_network, refuse_updates
from bri_kg.sparql.lexer import Token, tokens
from bri_kg.sparql.places import query_form

__all__ = [
    "Token",
    "bind",
    "bind_each",
    "query_form",
    "refuse_deep",
    "refuse_network",
    "refuse_updates",
    "tokens",
]
