"""The embedded store behind SPARQL Protocol and Graph Store Protocol on loopback, with the faults that a test wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
from answering_server import Heard, Say

_DONE = Say(b"", 204)


@dataclass
class Embedded:
    """A store that answers requests; `refusing` may answer in its place, `union` shows every graph as one.

    `whole` is whether an update request is one transaction.
    """

    store: ox.Store = field(default_factory=ox.Store)
    union: bool = False
    whole: bool = True
    refusing: Callable[[Heard], Say | None] = lambda _: None

    def __call__(self, heard: Heard) -> Say:
        refusal = self.refusing(heard)
        if refusal is not None:
            return refusal
        if heard.method == "PUT":
            return self._put(heard)
        if heard.headers.get("content-type") == "application/n-quads":
            self.store.load(heard.body, ox.RdfFormat.N_QUADS)
            return _DONE
        if "update" in heard.form:
            return self._update(heard.form["update"])
        return self._query(heard.form["query"])

    def _put(self, heard: Heard) -> Say:
        graph = ox.NamedNode(parse_qs(urlsplit(heard.path).query)["graph"][0])
        self.store.remove_graph(graph)
        self.store.load(heard.body, ox.RdfFormat.N_TRIPLES, to_graph=graph)
        return _DONE

    def _update(self, text: str) -> Say:
        steps = [text] if self.whole else text.split(" ;\n")
        try:
            for step in steps:
                self.store.update(step)
        except (OSError, SyntaxError) as error:
            return Say(str(error).encode(), 500)
        return _DONE

    def _query(self, text: str) -> Say:
        found = self.store.query(text, use_default_graph_as_union=self.union)
        if isinstance(found, ox.QueryTriples):
            lines = "".join(f"{triple} .\n" for triple in found)
            return Say(lines.encode())
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        return Say(body)
