"""The verbs of the command line, one room each.

A room has `add_arguments(parser)`, `run(args)`, which returns an exit code, and `EXAMPLES` for its
help; where it needs words of ours, `WORDS` names those that the help explains. `VERBS` says what each
is for, so that `--help` imports none of them.
"""

from collections.abc import Mapping
from typing import Final

VERBS: Final[Mapping[str, str]] = {
    "ask": "answer a stored question, each row with its passage",
    "questions": "list the stored questions, or the parameters of one",
    "query": "run a read-only SPARQL 1.1 query of your own",
    "search": "find things, concepts, terms and questions by words of their names",
    "describe": "print what the graph says of one thing",
    "explain": "show the claims and passages behind a fact, or behind one claim",
    "conflicts": "show where sources disagree, agree or merely look alike",
    "validate": "check the graph, or files laid over it, in every stage",
    "check": "look for mistakes in an ontology",
    "compare": "compare two engines, or a store with the release, and show where they differ",
    "infer": "print what follows from a graph and an ontology by OWL 2 RL",
    "load": "load RDF files into a store, or the release into one at an address",
    "serve": "serve a SPARQL endpoint that is safe to ask, over HTTP",
    "evidence": "find, check and show the passages that claims rest on",
    "source": "the described texts, and what a new one needs",
    "init": "make a collection of your own documents, which lies over our graph",
    "build": "write the files that others take away into a folder",
    "export": "write the graph, or a part of it, for another tool",
    "help": "show the help of a verb, or what a word means",
    "completion": "print what lets bash, zsh or fish complete this command",
}
# Those that read a store of the user's; any other would read its own graph and not say so.
WITH_STORE: Final = frozenset(
    (
        "ask", "questions", "query", "search", "describe", "explain", "conflicts", "export", "load", "compare",
        "infer", "validate", "check", "serve", "build",
    )
)  # fmt: skip
