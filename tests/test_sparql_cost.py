"""No text costs the guards of queries, or the engine behind them, more than it is long."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from conftest import ROOT
from pyoxigraph import Store

from bri_kg.errors import BriKgError, InputError
from bri_kg.sparql import query_form, refuse_deep, refuse_network, refuse_updates, tokens
from bri_kg.sparql.columns import in_order_of_appearance
from bri_kg.sparql.diagnosis import syntax_error

# What is repeated, behind what begins the text.
HOSTILE = {
    "open string": ("'", "\\'"),
    "open double string": ('"', '\\"'),
    "open long string": ("'''", "\\'''"),
    "open long double string": ('"""', '\\"""'),
    "open strings of every line": ("", '"\\\n'),
    "quotes": ("", "'''\\'''"),
    "odd quotes": ("", '"\'"""'),
    "open IRI": ("<", "a"),
    "open IRIs": ("", "<a"),
    "escapes in an open IRI": ("<", "\\u0041"),
    "escapes": ("", "\\u0027"),
    "long prefix": ("", "a"),
    "names with dots": ("", "a.a."),
    "joiners": ("", "\u200c"),
    "dots": ("a", "."),
    "dots behind a name": ("a:b", "."),
    "blank node": ("_:a", "."),
    "numbers": ("", "1."),
    "digits": ("", "1"),
    "exponents": ("", "1e+"),
    "quoted triples": ("", "<< "),
    "annotations": ("", "{| "),
    "round brackets": ("", "("),
    "braces": ("", "{(?a<"),
    "closing brackets": ("", "]"),
    "comment": ("#", "'"),
    "comments": ("", "#\n"),
    "values": ("", "VALUES(?a "),
    "one block of values": ("VALUES (", "?a "),
    "backslashes": ("", "\\"),
    "language": ("@a", "-a"),
    "prefixes": ("", "PREFIX a: <http://x/> "),
    "graphs": ("SELECT * ", "FROM a:b "),
    "unknown words": ("SELECT * { ", "FILTR "),
    "undeclared prefixes": ("SELECT * { ", "ec:p "),
    "less than": ("", "?a<?b&&'>'"),
}


def _guard(text: str) -> None:
    query_form(text)
    in_order_of_appearance(text, ["a"])
    for _ in tokens(text):
        pass
    for guard in (refuse_deep, refuse_network, refuse_updates):
        with contextlib.suppress(BriKgError):
            guard(text)


def _diagnose(text: str) -> None:
    syntax_error(text, SyntaxError(f"error at 1:{len(text)}: expected ENCODE_FOR_URI"))


def _seconds(work: Callable[[str], None], text: str) -> float:
    """The least processor time of two runs, which other processes hardly change."""

    def run() -> float:
        refuse_deep("")  # what is kept of the last text is dropped
        start = time.process_time()
        work(text)
        return time.process_time() - start

    return min(run() for _ in range(2))


@pytest.mark.slow
@pytest.mark.parametrize("work", [_guard, _diagnose])
@pytest.mark.parametrize("family", HOSTILE)
def test_four_times_the_text_takes_about_four_times_as_long(
    family: str, work: Callable[[str], None]
) -> None:
    start, unit = HOSTILE[family]
    short, long = (start + unit * (size // len(unit)) for size in (1_500, 6_000))
    work(short[:100])
    # What grows with the square takes sixteen times as long.
    assert _seconds(work, long) < 10 * _seconds(work, short) + 0.01


NESTED: dict[str, Callable[[int], str]] = {
    "brackets": lambda n: f"FILTER({'(' * n}1{')' * n})",
    "functions": lambda n: f"FILTER({'STR(' * n}?o{')' * n})",
    "conditions": lambda n: f"FILTER({'IF(?o,' * n}1{',2)' * n})",
    "negations": lambda n: f"FILTER({'!' * n}true)",
    "alternatives": lambda n: f"FILTER({'||'.join(f'?o={i}' for i in range(n))})",
    "sums": lambda n: f"FILTER(?o{' +1' * n} = 1)",
    "lists of IN": lambda n: f"FILTER({'?o IN (' * n}1{')' * n})",
    "EXISTS": lambda n: "FILTER NOT EXISTS { ?s ?p ?o " * n + "}" * n,
    "OPTIONAL": lambda n: "OPTIONAL { ?s ?p ?o " * n + "}" * n,
    "many OPTIONAL": lambda n: "".join(f"OPTIONAL {{ ?s :p{i} ?o{i} }} " for i in range(n)),
    "MINUS": lambda n: "MINUS { ?s ?p ?o } " * n,
    "UNION": lambda n: " UNION ".join(["{ ?s ?p ?o }"] * n),
    "nested UNION": lambda n: "{ {?s ?p ?o} UNION " * n + "{?s ?p ?o}" + "}" * n,
    "groups": lambda n: "{ " * n + "?s ?p ?o" + " }" * n,
    "many groups": lambda n: "{ ?s ?p ?o } " * n,
    "GRAPH": lambda n: "GRAPH ?g { ?s ?p ?o } " * n,
    "subqueries": lambda n: "{ SELECT * { " * n + "?s ?p ?o" + " } }" * n,
    "patterns": lambda n: " . ".join(f"?s{i} ?p ?s{i + 1}" for i in range(n)),
    "objects": lambda n: "?s ?p " + ", ".join(map(str, range(n))),
    "predicates": lambda n: "?s " + "; ".join(f":p{i} ?o" for i in range(n)),
    "VALUES": lambda n: "VALUES ?o { 1 } " * n,
    "BIND": lambda n: "".join(f"BIND(1 AS ?b{i}) " for i in range(n)),
    "FILTER": lambda n: "FILTER(?o = 1) " * n,
    "path": lambda n: "?s " + "/".join([":p"] * n) + " ?o",
    "alternative paths": lambda n: "?s " + "|".join([":p"] * n) + " ?o",
    "path brackets": lambda n: "?s " + "(" * n + ":p" + ")*" * n + " ?o",
    "inverse paths": lambda n: "?s " + "^(" * n + ":p" + ")" * n + " ?o",
    "blank nodes": lambda n: "?s ?p " + "[ :p " * n + "1" + " ]" * n,
    "list": lambda n: "?s ?p (" + " 1" * n + ")",
    "lists": lambda n: "?s ?p " + "( " * n + "1" + " )" * n,
    "quoted triples": lambda n: "<< " * n + "?a ?b ?c" + " >> ?b ?c" * n,
    "triple terms": lambda n: "BIND(" + "<<( :a :b " * n + ":c" + " )>>" * n + " AS ?x)",
    "annotations": lambda n: "?s ?p ?o " + "{| ?a ?b " * n + " |}" * n,
}


def _query(family: str, size: int) -> str:
    return f"PREFIX : <http://e/> SELECT * {{ ?s ?p ?o . {NESTED[family](size)} }}"


def _most(family: str) -> int:
    """How many a query of a family may hold."""
    least, most = 1, 3000
    while most - least > 1:
        middle = (least + most) // 2
        try:
            refuse_deep(_query(family, middle))
            least = middle
        except InputError:
            most = middle
    return least


@pytest.mark.parametrize("family", NESTED)
@pytest.mark.slow
def test_what_nests_without_end_is_refused_with_a_message(family: str) -> None:
    with pytest.raises(InputError) as caught:
        refuse_deep(_query(family, 3000), file="q.rq")
    assert caught.value.code == "BRI106"
    assert caught.value.line == 1
    assert caught.value.fix


@pytest.mark.parametrize("family", sorted(set(NESTED) - {"path brackets"}))
def test_what_people_write_is_not_refused(family: str) -> None:
    refuse_deep(_query(family, 15))


def test_paths_repeated_inside_each_other_are_few() -> None:
    refuse_deep(_query("path brackets", 8))
    with pytest.raises(InputError, match="repeats a path"):
        refuse_deep(_query("path brackets", 9))


_IN_A_CHILD = """
import resource, sys, pyoxigraph as ox
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
store = ox.Store()
store.add(ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("1")))
try:
    next(iter(store.query(sys.stdin.read())), None)
except SyntaxError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX")
@pytest.mark.parametrize("family", NESTED)
def test_what_is_let_through_ends_no_process(family: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _IN_A_CHILD],
        input=_query(family, _most(family)),
        text=True,
        capture_output=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr


def test_many_parts_that_are_planned_apart_are_let_through() -> None:
    branches = " UNION ".join(f"{{ ?s :a{i} ?x ; :b{i} ?y ; :c{i} ?z }}" for i in range(60))
    rows = " ".join(f"(<http://e/{i}> {i})" for i in range(5000))
    made = " . ".join(f"?s :p{i} ?o" for i in range(300))
    subqueries = "".join(f"{{ SELECT * {{ {' . '.join(['?s ?p ?o'] * 40)} }} }}" for _ in range(5))
    for query in (
        f"SELECT * {{ {branches} }}",
        f"SELECT * {{ VALUES (?s ?n) {{ {rows} }} ?s ?p ?n }}",
        f"CONSTRUCT {{ {made} }} WHERE {{ ?s ?p ?o }}",
        f"SELECT * {{ {subqueries} }}",
    ):
        refuse_deep(query)
        Store().query("PREFIX : <http://e/> " + query)
