"""Queries at random, from the grammar, out of joint, and stored ones changed: by the API and by `bri-kg query`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from fuzz_inputs import Input

import bri_kg
from bri_kg.errors import BriKgError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.row_formats import ROW_FORMATS, write_boolean, write_rows
from bri_kg.rdf.rows import python_value
from bri_kg.sparql import query_form
from bri_kg.stores.memory import Store

_ROOT = Path(__file__).parent.parent
_TERMS = [
    *("?s", "?p", "?o", "?x", "$y", "_:b", "[]", "[ ?p ?o ]", "( 1 ?x )", "ex:a", "bri:agent"),
    *("<http://x/f>", "<rel>", "a", "1", "-1", "1.5", "1e400", ".5e-3", "9" * 5000, "true"),
    *('"x"', "'y'@en", '"""z"""', '"1"^^xsd:integer', '"x"^^xsd:date', '"a"@en--ltr', "'\\u0000'"),
    *("<< ?s ?p ?o >>", "<<( ?s ?p ?o )>>", "bri:", ":", "ex:%20", "UNDEF", "*"),
]
_FUNCTIONS = """
    STR LANG DATATYPE IRI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN SUBSTR UCASE REPLACE
    ENCODE_FOR_URI CONTAINS STRBEFORE YEAR MONTH SECONDS TIMEZONE TZ NOW UUID MD5 SHA512 COALESCE
    IF STRLANG STRDT SAMETERM ISIRI REGEX COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT BOUND TRIPLE
    SUBJECT ISTRIPLE STRLANGDIR <http://x/f> ex:f xsd:integer xsd:dateTime xsd:duration
""".split()  # noqa: SIM905 - a list would take a line for each
_OPERATORS = ["=", "!=", "<", ">=", "+", "-", "*", "/", "&&", "||", "IN", "NOT IN"]
_WORDS = """
    SELECT WHERE FILTER OPTIONAL UNION MINUS GRAPH BIND VALUES AS DISTINCT REDUCED FROM NAMED GROUP
    BY HAVING ORDER DESC LIMIT OFFSET EXISTS NOT SERVICE LOAD INSERT LATERAL { } ( ) [ ] . ; , | ^
    / * + ? ! <<( )>> {| |} ~ @ ^^ # \\ ' " < > & \0 \ud800 \U0010ffff \\u005c
""".split()  # noqa: SIM905 - as above


class Maker:
    """Makes queries, some of the grammar, some out of joint."""

    def __init__(self, chance: random.Random, stored: list[str]) -> None:
        self.random = chance
        self.stored = stored

    def query(self) -> str:
        text = self.random.choice(self.stored) if self.chance(0.4) else self._generated()
        while self.chance(0.45):
            text = self._changed(text)
        return text

    def chance(self, part: float) -> bool:
        return self.random.random() < part

    def term(self) -> str:
        return self.random.choice(_TERMS)

    def expression(self, depth: int = 0) -> str:
        kind = self.random.randrange(5) if depth < 4 else 0
        if kind == 0:
            return self.term()
        inner = [self.expression(depth + 1) for _ in range(self.random.randint(0, 3))]
        if kind == 1:
            return f"{self.random.choice(_FUNCTIONS)}({', '.join(inner)})"
        if kind == 2:
            return f"({f' {self.random.choice(_OPERATORS)} '.join(inner) or '1'})"
        if kind == 3:
            return f"{self.random.choice('!-+')}({' + '.join(inner) or '1'})"
        return f"NOT EXISTS {{ {self.group(depth + 1)} }}"

    def path(self, depth: int = 0) -> str:
        step = self.random.choice(["ex:a", "a", "rdfs:label", "?p", "skos:broader", "!ex:a", "^a"])
        if depth < 3 and self.chance(0.4):
            other = self.path(depth + 1)
            step = f"({step}{self.random.choice('/|')}{other}){self.random.choice(['', '*', '?', '+'])}"
        return step

    def group(self, depth: int = 0) -> str:
        if depth > 4:
            return ""
        return " . ".join(self._part(depth) for _ in range(self.random.randint(0, 3)))

    def _part(self, depth: int) -> str:
        if depth > 3 or self.chance(0.5):
            return f"{self.term()} {self.path()} {self.term()}"
        form = self.random.choice(
            [
                "OPTIONAL { $g }",
                "{ $g } UNION { $g }",
                "MINUS { $g }",
                "GRAPH $t { $g }",
                "FILTER($e)",
                "BIND($e AS ?b)",
                "VALUES (?x ?y) { ($t $t) }",
                "{ SELECT ?x ($e AS ?n) { $g } GROUP BY ?x }",
                "?s ?p ?o {| $t $t |}",
            ]
        )
        return self._filled(form, depth + 1)

    def _filled(self, form: str, depth: int) -> str:
        """A form with groups, expressions and terms in place of ``$g``, ``$e`` and ``$t``."""
        makers = {"g": self.group, "e": self.expression, "t": lambda _: self.term()}
        return re.sub(r"\$([get])\b", lambda match: makers[match[1]](depth), form)

    def _generated(self) -> str:
        forms = ["SELECT *", "SELECT DISTINCT ?s ?x", "SELECT ($e AS ?n)", "ASK", "DESCRIBE ?s"]
        form = self.random.choice([*forms, "CONSTRUCT { $t $t $t }", "DESCRIBE ex:a"])
        dataset = self.random.choice(["", "", "FROM ex:g", "FROM ex:g FROM NAMED ex:h FROM <rel>"])
        tails = [
            "",
            "ORDER BY $e",
            "GROUP BY ?s HAVING ($e)",
            "LIMIT 3 OFFSET 1",
            "LIMIT " + "9" * 30,
        ]
        head = self.random.choice(["", "BASE <http://b/> ", "PREFIX ex: <http://x/> "])
        whole = f"{head}{form} {dataset} WHERE {{ $g }} {self.random.choice(tails)}"
        return self._filled(whole, 0)

    def _changed(self, text: str) -> str:
        at = self.random.randrange(len(text) + 1)
        end = min(len(text), at + self.random.choice([0, 1, 5, 40]))
        new = self.random.choice([*_WORDS, self.term(), text[at:end] * 2, ""])
        blank = self.random.choice(["", " "])
        return text[:at] + blank + new + blank + text[end:]


@cache
def _stored() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((_ROOT / "queries").rglob("*.rq"))]


def prepare() -> None:
    bri_kg.open()


def make(chance: random.Random) -> Input:
    query = Maker(chance, _stored()).query().encode("utf-8", "surrogatepass")
    if chance.random() < 0.5:
        return Input(files={"q.rq": query}, api="ask")
    args = ("query", "q.rq", "--store", "small.trig", "--limit", "50")
    args += chance.choice(((), (), ("--engine", "reference"), ("--lang", "zh")))
    args += chance.choice(((), ("-f", chance.choice(ROW_FORMATS)), ("-f", "ttl")))
    return Input(args, {"q.rq": query, "small.trig": _small()})


def _ask(folder: Path) -> None:
    """Ask the query in the folder through all that a user would see of it."""
    ask(_graph(), (folder / "q.rq").read_bytes().decode("utf-8", "surrogatepass"))


API: Mapping[str, Callable[[Path], object]] = {"ask": _ask}


def ask(kg: KnowledgeGraph, query: str) -> None:
    """Ask a query of any form, write its rows in every format, and look for the terms that it does not know."""
    form = query_form(query)
    if form in ("SELECT", None):
        rows = kg.guarded.select(query, limit=50)
        for row in rows:
            for term in row:
                python_value(term)
        for name in ROW_FORMATS:
            try:
                write_rows(rows, name)
            except BriKgError as error:
                if error.code != "BRI203":
                    raise
    elif form == "ASK":
        write_boolean(bool(kg.guarded.evaluate(query)), "json")
    else:
        for _, _ in zip(range(50), kg.guarded.construct(query), strict=False):
            pass
    kg.unknown_terms(query)


@cache
def _graph() -> KnowledgeGraph:
    kg = bri_kg.open()
    quads = ox.parse(_small(), ox.RdfFormat.TRIG)
    return KnowledgeGraph(kg.resources, Store(quads), kg.release)


@cache
def _small() -> bytes:
    nodes = [ox.NamedNode(f"http://x/{name}") for name in "abgh"] + [ox.BlankNode("b")]
    values = [
        *nodes,
        *(ox.Literal("x", language="en"), ox.Literal(1), ox.Literal(1.5), ox.Literal("\x01\r\t")),
    ]
    quads = [
        ox.Quad(subject, nodes[0], value, graph)
        for subject in nodes
        for value in values
        for graph in (ox.DefaultGraph(), nodes[2])
    ]
    return ox.serialize(quads, format=ox.RdfFormat.TRIG)
