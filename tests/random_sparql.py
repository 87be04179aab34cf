"""Right queries at random over a graph: each grows from triples that are in it, so that most find something.

SELECT, ASK and CONSTRUCT with joins, OPTIONAL, FILTER, UNION, MINUS, NOT EXISTS, VALUES, BIND, paths, aggregates,
subqueries, named graphs, ORDER BY and LIMIT. LIMIT stands only where all columns are ordered, so that two right engines
give the same rows.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

# A predicate with more triples to one object is not walked backwards: that would find a product.
_FEW = 20


@dataclass
class Pattern:
    """Triple patterns that have at least one solution: the triples that they were made from."""

    lines: list[str] = field(default_factory=list)
    names: dict[Any, str] = field(default_factory=dict)

    def name(self, term: Any) -> str:
        """Return the variable that stands for a term."""
        return self.names.setdefault(term, f"?v{len(self.names)}")


class RandomSparql:
    """Makes queries, the same for the same seed and graph."""

    def __init__(self, quads: Iterable[ox.Quad], seed: int) -> None:
        self._random = random.Random(seed)
        triples = sorted(
            {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}, key=str
        )
        self._triples: list[Any] = [
            t for t in triples if _is_plain(t.subject) and _is_plain(t.object)
        ]
        self._of: dict[Any, list[Any]] = defaultdict(list)
        self._into: dict[Any, list[Any]] = defaultdict(list)
        pairs = Counter((triple.predicate, triple.object) for triple in self._triples)
        common = {predicate for (predicate, _), number in pairs.items() if number > _FEW}
        for triple in self._triples:
            self._of[triple.subject].append(triple)
            if triple.predicate not in common:
                self._into[triple.object].append(triple)

    def query(self) -> str:
        """Return another query."""
        makers = (self._select, self._select, self._grouped, self._path, self._ask, self._construct)
        return self._random.choice((*makers, self._in_graph, self._of_subquery))()

    def _chance(self, part: float) -> bool:
        return self._random.random() < part

    def _walk(self, steps: int) -> Pattern:
        """Return patterns along a walk; an end of it may be the very term, any other node is a variable."""
        pattern = Pattern()
        here = self._random.choice(self._triples).subject
        pattern.name(here)
        for _ in range(steps):
            into = self._into[here]
            is_back = bool(into) and self._chance(0.25)
            triple = self._random.choice(into if is_back else self._of[here])
            is_end = triple.object not in pattern.names and self._chance(0.4)
            value = str(triple.object) if is_end else pattern.name(triple.object)
            line = f"{pattern.name(triple.subject)} {triple.predicate} {value} ."
            if line not in pattern.lines:
                pattern.lines.append(line)
            named = [node for node in (triple.subject, triple.object) if node in pattern.names]
            here = self._random.choice([node for node in named if node in self._of])
        return pattern

    def _group(self, pattern: Pattern) -> str:
        """Return the patterns, with some of what SPARQL puts around them."""
        makers = (
            self._filter,
            self._optional,
            self._union,
            self._minus,
            self._values,
            self._absent,
            self._bound,
        )
        lines = list(pattern.lines)
        for maker in self._random.sample(makers, self._random.randint(0, 3)):
            lines += maker(pattern)
        return "\n  ".join(lines)

    def _term(self, pattern: Pattern) -> tuple[Any, str]:
        return self._random.choice(list(pattern.names.items()))

    def _filter(self, pattern: Pattern) -> list[str]:
        term, name = self._term(pattern)
        if isinstance(term, ox.Literal) and term.language:
            part = _written("".join(filter(str.isalpha, term.value))[:2])
            tests = [
                f'LANG({name}) = "{term.language}"',
                f"CONTAINS(LCASE(STR({name})), LCASE({part}))",
                f"STRLEN(STR({name})) < {len(term.value) + 5}",
                f'REGEX(STR({name}), "^[A-Z].*[a-z]{{3}}", "i")',
            ]
        elif isinstance(term, ox.Literal):
            tests = [f"{name} >= {term}", f"{name} != {term}", f"STR({name}) < {_written('m')}"]
        else:
            tests = [
                f"STRSTARTS(STR({name}), {_written(term.value[:28])})",
                f"{name} != {term}",
                f"{name} IN ({term}, <http://example.org/x>)",
                f"ISIRI({name}) || BOUND({name})",
            ]
        return [f"FILTER({self._random.choice(tests)})"]

    def _about(self, pattern: Pattern) -> tuple[str, Any]:
        """Return a variable with a triple of a term that it stands for."""
        known = [(term, name) for term, name in pattern.names.items() if term in self._of]
        term, name = self._random.choice(known)
        return name, self._random.choice(self._of[term])

    def _optional(self, pattern: Pattern) -> list[str]:
        name, triple = self._about(pattern)
        kept = " FILTER(ISLITERAL(?o1))" if self._chance(0.3) else ""
        return [f"OPTIONAL {{ {name} {triple.predicate} ?o1{kept} }}"]

    def _union(self, pattern: Pattern) -> list[str]:
        name, one = self._about(pattern)
        _, other = self._about(pattern)
        return [f"{{ {name} {one.predicate} ?u1 }} UNION {{ {name} {other.predicate} ?u2 }}"]

    def _minus(self, pattern: Pattern) -> list[str]:
        name, triple = self._about(pattern)
        return [f"MINUS {{ {name} {triple.predicate} {triple.object} }}"]

    def _absent(self, pattern: Pattern) -> list[str]:
        name, _ = self._about(pattern)
        other = self._random.choice(self._triples)
        word = self._random.choice(["EXISTS", "NOT EXISTS"])
        return [f"FILTER {word} {{ {name} {other.predicate} ?a1 }}"]

    def _values(self, pattern: Pattern) -> list[str]:
        term, name = self._term(pattern)
        other = self._random.choice(self._triples).subject
        return [f"VALUES {name} {{ {term} {other} }}"]

    def _bound(self, pattern: Pattern) -> list[str]:
        _, name = self._term(pattern)
        uses = [
            f"STRLEN(STR({name}))",
            f"UCASE(STR({name}))",
            f"DATATYPE({name})",
            f"MD5(STR({name}))",
        ]
        return [f"BIND({self._random.choice(uses)} AS ?b1)"]

    def _select(self) -> str:
        pattern = self._walk(self._random.randint(1, 4))
        names = self._random.sample(
            sorted(pattern.names.values()), self._random.randint(1, len(pattern.names))
        )
        distinct = "DISTINCT " if self._chance(0.5) else ""
        whole = f"SELECT {distinct}{' '.join(names)} {{\n  {self._group(pattern)}\n}}"
        return whole + self._ordered(names)

    def _ordered(self, names: list[str]) -> str:
        if self._chance(0.4):
            return ""
        keys = " ".join(f"DESC({name})" if self._chance(0.3) else name for name in names)
        cut = f" LIMIT {self._random.randint(1, 50)}" if self._chance(0.6) else ""
        cut += f" OFFSET {self._random.randint(1, 10)}" if cut and self._chance(0.3) else ""
        return f"\nORDER BY {keys}{cut}"

    def _grouped(self) -> str:
        pattern = self._walk(self._random.randint(1, 3))
        _, key = self._term(pattern)
        _, value = self._term(pattern)
        made = self._random.choice(
            [
                "COUNT(*)",
                f"COUNT(DISTINCT {value})",
                f"MIN(STR({value}))",
                f"MAX(STR({value}))",
                f"SUM(STRLEN(STR({value})))",
                f"AVG(STRLEN(STR({value})))",
            ]
        )
        having = " HAVING(COUNT(*) > 1)" if self._chance(0.3) else ""
        whole = (
            f"SELECT {key} ({made} AS ?n) {{\n  {self._group(pattern)}\n}} GROUP BY {key}{having}"
        )
        return whole + self._ordered(["?n", key])

    def _path(self) -> str:
        pattern = self._walk(2)
        first, second = (self._random.choice(self._triples).predicate for _ in range(2))
        start = self._random.choice(self._of[self._random.choice(self._triples).subject])
        shapes = [
            f"{start.subject} ({start.predicate}|{first})* ?v0",
            f"{start.subject} ({start.predicate}/^{start.predicate}) ?v0",
            f"?v0 {first}+ ?p1",
            f"?v0 ({first}|{second})/{start.predicate}? ?p1",
            f"{start.subject} !({first}|^{second}) ?v0",
        ]
        shape = self._random.choice(shapes)
        lines = [shape + " ."] + (pattern.lines[:1] if "?p1" in shape else [])
        names = ["?v0", "?p1"] if "?p1" in shape else ["?v0"]
        whole = f"SELECT DISTINCT {' '.join(names)} {{\n  {' '.join(lines)}\n}}"
        return whole + self._ordered(names)

    def _ask(self) -> str:
        return f"ASK {{\n  {self._group(self._walk(self._random.randint(1, 4)))}\n}}"

    def _construct(self) -> str:
        pattern = self._walk(self._random.randint(1, 3))
        nodes = [name for term, name in pattern.names.items() if isinstance(term, ox.NamedNode)]
        _, value = self._term(pattern)
        head = f"{self._random.choice(nodes)} <http://example.org/has> {value}"
        return f"CONSTRUCT {{ {head} }} WHERE {{\n  {self._group(pattern)}\n}}"

    def _in_graph(self) -> str:
        name, triple = self._about(self._walk(1))
        inside = f"GRAPH ?g {{ {name} ?p ?o }}"
        about = f"OPTIONAL {{ {name} {triple.predicate} ?o1 }}" if self._chance(0.5) else ""
        names = ["?g", name, "?o"]
        return f"SELECT {' '.join(names)} {{ {inside} {about} }}{self._ordered(names)}"

    def _of_subquery(self) -> str:
        pattern = self._walk(self._random.randint(1, 2))
        name, triple = self._about(pattern)
        inner = f"SELECT {name} (COUNT(*) AS ?n) {{ {' '.join(pattern.lines)} }} GROUP BY {name}"
        outer = f"{{ {inner} }} {name} {triple.predicate} ?o1"
        names = [name, "?n", "?o1"]
        return f"SELECT {' '.join(names)} {{\n  {outer}\n}}{self._ordered(names)}"


def _is_plain(term: object) -> bool:
    return isinstance(term, ox.NamedNode | ox.Literal)


def _written(text: str) -> str:
    return str(ox.Literal(text))
