"""Queries at random: an answer or a message, never a bug of ours, a crash or a hang.

`BRI_KG_FUZZ_SECONDS` is the time for it (20 where it is not set); `BRI_KG_FUZZ_SEED` begins elsewhere.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, Cli

from bri_kg.errors import BriKgError, InputError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.rdf.row_formats import ROW_FORMATS, write_boolean, write_rows
from bri_kg.rdf.rows import python_value
from bri_kg.sparql import query_form

SECONDS = float(os.environ.get("BRI_KG_FUZZ_SECONDS", "20"))
SEED = int(os.environ.get("BRI_KG_FUZZ_SEED", "1"))
_A_BATCH = 400

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

    def __init__(self, seed: int, stored: list[str]) -> None:
        self.random = random.Random(seed)
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


def _stored() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").rglob("*.rq"))]


def ask(kg: KnowledgeGraph, query: str) -> str:
    """What a query comes to, through all that a user would see of it; errors of ours are raised."""
    try:
        form = query_form(query)
        if form in ("SELECT", None):
            rows = kg.guarded.select(query, limit=50)
            for row in rows:
                for term in row:
                    python_value(term)
            for name in ROW_FORMATS:
                try:
                    write_rows(rows, name, width=80)
                except BriKgError as error:
                    if error.code != "BRI203":
                        raise
        elif form == "ASK":
            write_boolean(bool(kg.guarded.evaluate(query)), "json")
        else:
            for _, _ in zip(range(50), kg.guarded.construct(query), strict=False):
                pass
        kg.unknown_terms(query)
    except BriKgError as error:
        assert error.exit_code in (2, 3), error.render()
        assert error.render()
        return error.code
    return "answered"


def _work(start: int) -> None:
    """Ask a batch in this process; each query is written down before it is asked."""
    from collections import Counter

    import bri_kg

    kg = bri_kg.open()
    small = KnowledgeGraph(kg.resources, _small(), kg.release)
    makers, outcome = _stored(), Counter[str]()
    for number in range(start, start + _A_BATCH):
        query = Maker(number, makers).query()
        _say(f"asking {number}")
        began = time.process_time()
        outcome[ask(small, query)] += 1
        _say(f"seconds {time.process_time() - began}")
    _say(f"done {dict(outcome)}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _small():  # type: ignore[no-untyped-def]
    from pyoxigraph import BlankNode, Literal, NamedNode, Quad

    from bri_kg.stores.memory import Store

    nodes = [NamedNode(f"http://x/{name}") for name in "abgh"] + [BlankNode("b")]
    values = [*nodes, Literal("x", language="en"), Literal(1), Literal(1.5), Literal("\x01\r\t")]
    return Store(
        Quad(s, nodes[0], o, g) if g else Quad(s, nodes[0], o)
        for s in nodes
        for o in values
        for g in (None, nodes[2])
    )


@pytest.mark.fuzz
@pytest.mark.slow
def test_random_queries_are_answered_or_explained() -> None:
    end = time.monotonic() + SECONDS
    start = SEED * 1_000_000
    found = []
    while True:
        done = subprocess.run(
            [sys.executable, str(Path(__file__)), str(start)],
            capture_output=True,
            text=True,
            timeout=300,
            env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
        )
        lines = done.stdout.splitlines()
        slow = [line for line in lines if line.startswith("seconds") and float(line[8:]) > 5]
        if done.returncode or slow:
            number = int(next(line for line in reversed(lines) if line.startswith("asking"))[7:])
            query = Maker(number, _stored()).query()
            found.append(f"{number}: {query!r}: {done.returncode} {done.stderr[-300:]} {slow}")
        start += _A_BATCH
        if time.monotonic() > end:
            break
    assert not found, "\n".join(found)


# ------------------------------------------------------------ what was found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { BIND(<http://x/f>(1) AS ?x) }",
        "SELECT (xsd:int(1) AS ?x) {}",
        "ASK { FILTER(bri:f()) }",
        "DESCRIBE ?s { ?s ?p ?o } ORDER BY bri:f(?s)",
    ],
)
def test_a_function_that_no_engine_has_is_named_with_its_place(cli: Cli, query: str) -> None:
    done = cli("query", "-e", query)
    assert done.returncode == 2
    column = next(
        query.index(name) + 1 for name in ("<http://x/f>", "xsd:int", "bri:f") if name in query
    )
    assert done.stderr.startswith(f"1:{column}: error[BRI145]: there is no function ")


@pytest.mark.parametrize("arguments", ["", "1, 2"])
def test_a_cast_takes_one_value(kg: KnowledgeGraph, arguments: str) -> None:
    with pytest.raises(InputError) as caught:
        kg.query(f"SELECT * {{}} ORDER BY xsd:dateTime({arguments})")
    assert (caught.value.code, caught.value.column) == ("BRI145", 22)
    assert "is called wrongly" in caught.value.message


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_numbers_of_any_length_are_written(kg: KnowledgeGraph, name: str) -> None:
    digits = "9" * 5000
    rows = kg.query(f"SELECT ({digits} AS ?x) (1.{digits} AS ?y) {{}}")
    assert digits in str(write_rows(rows, name))
    assert python_value(rows[0]["x"]) == digits


if __name__ == "__main__":
    _work(int(sys.argv[1]))
