"""What a query asks once its variables are given values: constants say what a VALUES block says."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolution,
    QuerySolutions,
    RdfFormat,
    Store,
    Variable,
)
from rdflib import Graph

from bri_kg.errors import InputError, UsageError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import PREFIXES
from bri_kg.sparql import bind, bind_each
from bri_kg.sparql.prologue import with_prefixes

PROLOGUE = "PREFIX ex: <http://example.org/>\n"
DATA = """@prefix ex: <http://example.org/> .
ex:a ex:p ex:a , "x" , "x"@en , 5 ; ex:q ex:b , "y" .
ex:b ex:p ex:a , "x" ; ex:q ex:c , 5 .
ex:c ex:p ex:b , "x"@en ; ex:q ex:a , ex:c .
ex:p ex:q ex:q .
ex:g { ex:a ex:p ex:b . ex:b ex:q "x" }
ex:a { ex:c ex:p ex:a ; ex:q 5 }
"""


def solutions(store: Store, query: str) -> list[QuerySolution]:
    result = store.query(query)
    return list(result) if isinstance(result, QuerySolutions) else []


@pytest.fixture(name="store", scope="module")
def _store() -> Store:
    store = Store()
    store.load(DATA.encode(), RdfFormat.TRIG)
    return store


def _rows(store: Store, query: str) -> list[str]:
    try:
        result = store.query(query)
    except SyntaxError as error:
        return [f"syntax: {'VALUES' in str(error)}"]
    if isinstance(result, QueryBoolean):
        return [str(bool(result))]
    head = [str(result.variables)] if isinstance(result, QuerySolutions) else []
    return head + sorted(map(str, result))


# Where the block goes that is written by hand: @@.
SHAPES = [
    "SELECT * WHERE {@@ ?s ex:p ?o }",
    "SELECT ?s{@@ ?s ex:p ?o . OPTIONAL { ?o ex:p ?z } }",
    "SELECT ?o ?s { @@ ?s ex:p ?o } ORDER BY ?s ?o",
    "SELECT DISTINCT ?s { @@ ?z ex:p ?o } ORDER BY DESC(?s)",
    "SELECT (EXISTS { ?s ex:p ?s } AS ?x) ?s # { WHERE {\n WHERE # {\n {@@ ?s ex:p ?o }",
    "SELECT (COUNT(*) AS ?n) WHERE {@@ ?s ex:p ?o } GROUP BY ?s ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) ?s WHERE {@@ ?s ex:p ?o } GROUP BY ?s ?o HAVING (?s != ex:b) ORDER BY ?n",
    "SELECT (COUNT(*) AS ?n) ?o WHERE {@@ ?s ex:p ?o } GROUP BY ?s ?o",
    "SELECT (COUNT(DISTINCT ?s) AS ?n) (SAMPLE(?o) AS ?m) {@@ ?z ex:p ?y }",
    "SELECT ?z { @@ { SELECT ?z { ?z ex:p ?o } } FILTER (?z != ?s) }",
    "SELECT ?z ?s { @@ { SELECT ?z ?s { ?z ex:p ?s } LIMIT 2 } }",
    "SELECT ?z ?s { @@ { SELECT ?s WHERE { ?z ex:p ?s } } }",
    "SELECT ?z { @@ { SELECT DISTINCT ?z ?s { { ?z ex:p ?s } UNION { ?z ex:q ?o } } } }",
    "SELECT ?z { @@ { SELECT (?o AS ?s) ?z { ?z ex:p ?o } } }",
    "SELECT ?z ?s { @@ { SELECT * { ?z ex:p ?s } } }",
    "SELECT ?z { @@ ?z ex:p ?o MINUS { ?z ex:q ?s } }",
    "SELECT ?z { @@ ?z ex:p ?o MINUS { ?y ex:q ?o } }",
    "SELECT ?z { @@ ?z ex:p ?o FILTER NOT EXISTS { ?z ex:q ?s } }",
    "SELECT ?z ?b { @@ ?z ex:p ?o BIND (BOUND( # ?s\n ?s) && BOUND(?nothing) AS ?b) }",
    "SELECT ?z { @@ ?z ex:p ?y OPTIONAL { ?z ex:q ?w FILTER (?w = ?s) } FILTER (!BOUND(?w)) }",
    "SELECT ?z { @@ { ?z ex:p ?y FILTER (?y = ?s) } UNION { ?z ex:q ?s } }",
    "SELECT ?z { @@ { ?z ex:p ?y FILTER NOT EXISTS { ?z ex:q ?s } } UNION { ?z ex:q ?s } }",
    "SELECT ?z ?y { @@ { ?z ex:p ?y OPTIONAL { ?z ex:q ?s } } }",
    "SELECT ?z ?y { @@ ?z ex:q ?y OPTIONAL { ?z ex:p ?w OPTIONAL { ?w ex:q ?s } } }",
    "SELECT ?z { @@ VALUES (?s ?z) { (ex:a ex:b) (UNDEF ex:c) } ?z ex:p ?o }",
    "SELECT ?z { @@ ?z ex:p ?o } VALUES ?s { ex:a 'x' }",
    "SELECT ?z { @@ { BIND ('x' AS ?s) } ?z ex:p ?o }",
    "SELECT ?g ?z { @@ GRAPH ?g { ?z ex:p ?s } }",
    "SELECT ?z { @@ GRAPH ?s { ?z ex:p ?o } }",
    "SELECT ?z { @@ ?z ?s ?o }",
    "SELECT ?z { @@ ?z ex:p/(ex:q|^ex:p) ?s , ?o }",
    "SELECT ?z { @@ [] ex:p ?s ; ex:q ?z . ?o ex:p ?y }",
    "SELECT ?z { @@ ?z ex:p ?y FILTER (?y IN (?s,?o)&&?y!=?o||?y=?s) }",
    "SELECT ?z { @@ ?z ex:q ?y FILTER (?y<?o||?o>?y||-?o<?y) }",
    "SELECT ?z { @@ ?z ex:p ?y FILTER (STR(?s) != '?s' && \"\"\"?o\"\"\" != '''?s \\''''') } # ?s",
    "SELECT ?z $s { @@ ?z ex:p $s , $o }",
    "SELECT ?z { @@ ?z <http://example.org/p> ?s.?z ex:q?o}",
    "SELECT * { @@ { SELECT ?s { ?s ex:p ?o } LIMIT 9 # }\n} } LIMIT 5",
    "ASK {@@ ?s ex:p ?o FILTER(?o = 'x') }",
    "ASK {@@ ?z ex:p ?o FILTER(isIRI(?s)) }",
    "CONSTRUCT { ?s ex:q ?o . ?o ex:p ?s } WHERE {@@ ?z ex:p ?o }",
    "CONSTRUCT { } {@@ ?s ex:p ?o }",
    "DESCRIBE ?o WHERE {@@ ?s ex:p ?o }",
    "DESCRIBE ?z ex:a FROM ex:g {@@ ?z ex:p ?o }",
]
iris = st.sampled_from(["a", "b", "p", "g"]).map(lambda x: NamedNode("http://example.org/" + x))
terms = iris | st.sampled_from([Literal("x"), Literal("x", language="en"), Literal(5)])


def _agrees(store: Store, shape: str, values: dict[str, NamedNode | Literal]) -> None:
    by_hand = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in values.items())
    bound = bind(PROLOGUE + shape.replace("@@", ""), values)
    wanted = PROLOGUE + shape.replace("@@", by_hand)
    assert _rows(store, bound) == _rows(store, wanted), f"{bound}\n{wanted}"


@pytest.mark.parametrize("shape", SHAPES)
def test_binding_is_the_same_as_writing_values_by_hand(store: Store, shape: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(terms, terms | st.none())
    def agrees(subject: NamedNode | Literal, other: NamedNode | Literal | None) -> None:
        _agrees(store, shape, {"s": subject} if other is None else {"o": other, "s": subject})

    agrees()


variables = st.sampled_from(["?s", "?s", "?o", "?y", "?z"])
nodes = variables | st.sampled_from(["ex:a", "ex:b", "'x'"])
predicates = st.sampled_from(["ex:p", "ex:q", "^ex:p", "ex:p/ex:q", "(ex:p|ex:q)"])
triples = st.builds("{} {} {} .".format, variables, predicates, nodes)
expressions = st.one_of(
    st.builds("{} = {}".format, variables, nodes),
    st.builds("BOUND({})".format, variables),
    st.builds("isIRI({}) || {} != {}".format, variables, variables, nodes),
    st.builds("COALESCE({}, 1) = 1".format, variables),
)


def _elements(groups: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    fresh = count()
    # What MINUS takes away inside EXISTS is for each engine to say: the standard leaves open
    # which variables the solution outside brings along.
    asked = groups.filter(lambda group: "MINUS" not in group)
    return st.one_of(
        triples,
        triples,
        st.builds("OPTIONAL {}".format, groups),
        st.builds("{} UNION {}".format, groups, groups),
        groups,
        st.builds("MINUS {}".format, groups),
        st.builds("GRAPH ?g {}".format, groups),
        st.builds("FILTER ({})".format, expressions),
        st.builds("FILTER (EXISTS {} || {})".format, asked, expressions),
        st.builds("FILTER NOT EXISTS {}".format, asked),
        st.builds(lambda e: f"BIND ({e} AS ?new{next(fresh)})", expressions),
        st.builds("{{ SELECT DISTINCT ?y ?z {} }}".format, groups),
        st.builds("{{ SELECT ?y ?s {} }}".format, groups),
        st.builds("VALUES ?s {{ {} }}".format, st.sampled_from(["ex:a", "UNDEF 'x'"])),
    )


def _in_braces(elements: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(elements, min_size=1, max_size=3).map(lambda parts: f"{{ {' '.join(parts)} }}")


groups = st.recursive(
    _in_braces(triples), lambda inner: _in_braces(_elements(inner)), max_leaves=12
)
heads = st.sampled_from(
    ["SELECT ?s ?y ?z", "SELECT ?y ?z", "ASK", "SELECT (COUNT(*) AS ?n)", "SELECT DISTINCT *"]
)


@settings(max_examples=300, deadline=None)
@given(heads, groups, terms)
def test_so_it_is_for_queries_that_nobody_would_write(
    store: Store, head: str, group: str, value: NamedNode | Literal
) -> None:
    _agrees(store, head + group.replace("{", "{@@", 1), {"s": value})


def test_every_stored_question_gives_the_rows_of_a_block(kg: KnowledgeGraph) -> None:
    """With its defaults, and with other things of the kind that each parameter takes."""
    for name, question in kg.questions.items():
        for values in _several(kg, name):
            first = question.query.index("{", question.query.index("WHERE")) + 1
            row = " ".join(f"VALUES ?{key} {{ {value} }}" for key, value in values.items())
            by_hand = f"{question.query[:first]} {row} {question.query[first:]}"
            bound = bind(question.query, values)
            assert "VALUES" in question.query or "VALUES" not in bound, name
            found, wanted = (
                list(map(str, kg.store.query(text, prefixes=PREFIXES)))  # type: ignore[arg-type]
                for text in (bound, by_hand)
            )
            assert found == wanted, (name, values)


def _several(kg: KnowledgeGraph, name: str) -> list[dict[str, NamedNode | Literal]]:
    question = kg.questions[name]
    values = kg.bind(question, {}, "en")
    found = [values, kg.bind(question, {}, "zh")]
    for parameter in question.params:
        if parameter.cls:
            query = f"SELECT ?x {{ ?x a <{PREFIXES['bri']}{parameter.cls.partition(':')[2]}> }} ORDER BY ?x LIMIT 3"
            others = [row["x"] for row in kg.query(query)]
        elif parameter.type == "iri":
            others = [NamedNode(PREFIXES["bri-org"] + "cas")]
        else:
            others = [Literal("1", datatype=NamedNode(PREFIXES["xsd"] + parameter.type))]
        found += [{**values, parameter.name: other} for other in others]  # type: ignore[dict-item]
    return found


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("\\uU0041\"'\n {}"))
@example("\\u0041 \\\\u0041 \\U0001F600")
@example("\x1b41ab \x7f0041")
@pytest.mark.slow
def test_any_text_can_be_bound_and_comes_back_unchanged(text: str) -> None:

    for head in ("SELECT ?x WHERE { }", "SELECT ?x WHERE { VALUES ?x { UNDEF } }"):
        query = bind(head, {"x": Literal(text)})
        assert [row["x"] for row in solutions(Store(), query)] == [Literal(text)]
        # rdflib decodes codepoint escapes before it parses, as the standard says.
        assert [str(row[0]) for row in Graph().query(query)] == [text]  # type: ignore[index]


def test_the_authors_text_stays_as_it_is() -> None:
    query = "SELECT ?o\nWHERE { ?s ?p '?s' , ?o } # ?s\n"
    assert bind(query, {}) == query
    bound = bind(query, {"s": NamedNode("http://x/"), "a": Literal("1")})
    assert bound == query.replace("{ ?s", "{ <http://x/>")
    block = bind("SELECT * { ?s ?p '?s' } # ?s\n", {"s": NamedNode("http://x/")})
    assert block == "SELECT * { VALUES ?s { <http://x/> } ?s ?p '?s' } # ?s\n"


@pytest.mark.parametrize("name", ["", "?s", "a b", "a) {} #", "a-b", "a.b", "s}"])
def test_a_name_that_is_no_variable_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        bind("SELECT * { ?s ?p ?o }", {name: Literal("1")})


@pytest.mark.parametrize("name", ["s", "年", "a_1", "1st"])
def test_names_of_variables_may_be_in_any_script(name: str) -> None:
    for head in (f"SELECT ?{name} {{}}", "SELECT * {}"):
        query = bind(head, {name: Literal("1")})
        assert [row[name] for row in solutions(Store(), query)] == [Literal("1")]
    assert Variable(name).value == name


@pytest.mark.parametrize(
    "query",
    ["CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE ?s", "INSERT DATA {}", ""],
)
def test_a_query_without_a_group_to_bind_in_says_so(query: str) -> None:
    with pytest.raises(InputError) as caught:
        bind(query, {"s": Literal("1")})
    assert caught.value.code == "BRI105"


def test_several_values_of_one_variable(store: Store) -> None:
    query = PROLOGUE + "SELECT ?s { ?s ex:p 'x' }"
    wanted = [NamedNode(f"http://example.org/{s}") for s in "ab"]
    found = solutions(store, bind_each(query, "s", wanted))
    assert sorted(row["s"].value for row in found) == [node.value for node in wanted]
    assert solutions(store, bind_each(query, "s", [])) == []
    both = bind(bind_each(query, "s", wanted), {"s": wanted[0]})
    assert len(solutions(store, both)) == 1
    with pytest.raises(UsageError):
        bind_each(query, "a b", wanted)


def test_prefixes_are_declared_that_are_used_and_not_declared() -> None:
    query = (
        "PREFIX skos: <http://x/> SELECT ?s { ?s a bri:Claim ; skos:broader 'rdf:x' } # owl:Class"
    )
    assert with_prefixes(query, PREFIXES) == f"PREFIX bri: <{PREFIXES['bri']}>\n{query}"
    assert with_prefixes("SELECT * { ?s ?p ?o }", PREFIXES) == "SELECT * { ?s ?p ?o }"
