"""JSON-LD: the context is whole, nothing is lost on the way there and back, and a thing reads like plain JSON."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from conftest import ROOT, Cli
from pyld import jsonld as pyld

from bri_kg.dataset.release import PARTS
from bri_kg.dataset.resources import find
from bri_kg.errors import InputError
from bri_kg.knowledge import KnowledgeGraph
from bri_kg.names import BASE, BRI, PREFIXES, expand
from bri_kg.publishing.jsonld import (
    Context,
    build_context,
    dataset_document,
    describe,
    frame_document,
    read_context,
)

CONTEXT = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
A = ox.NamedNode(PREFIXES["rdf"] + "type")
DEFAULT = ox.DefaultGraph()


@pytest.fixture(scope="module")
def context() -> Context:
    return read_context(find())


def refuse(url: str, options: object) -> dict[str, Any]:
    raise AssertionError(f"{url} was to be fetched")


def by_pyld(document: bytes) -> str:
    """The canonical N-Quads of a document, read and canonicalized by another processor, without a network."""
    options = {"format": "application/n-quads", "documentLoader": refuse, "algorithm": "URDNA2015"}
    return str(pyld.normalize(json.loads(document), options))


def by_oxigraph(document: bytes) -> str:
    return canonical(ox.parse(document, format=ox.RdfFormat.JSON_LD))


def by_rdflib(document: bytes) -> str:
    """The same by rdflib, told to leave the text of literals as it is."""
    dataset = rdflib.Dataset()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        dataset.parse(data=document, format="json-ld")
        text = dataset.serialize(format="nquads", encoding="utf-8")
    return canonical(ox.parse(text, format=ox.RdfFormat.N_QUADS))


def canonical(quads: Any) -> str:
    """The canonical N-Quads of RDFC-1.0."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# The context.


def test_the_context_has_a_key_for_every_term_with_the_kind_of_its_values(
    kg: KnowledgeGraph,
) -> None:
    definitions = [d for key, d in CONTEXT.items() if not key.startswith("@")]
    keys = {d if isinstance(d, str) else d.get("@id"): d for d in definitions}
    rows = kg.query("""SELECT ?term ?kind ?range WHERE {
        VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty }
        ?term a ?kind ; rdfs:isDefinedBy ?m . OPTIONAL { ?term rdfs:range ?range } }""")
    assert len(rows.rows) > 120
    for row in rows:
        term, kind = str(row.value("term")), str(row.value("kind")).rpartition("#")[2]
        assert term in keys, term
        definition = keys[term]
        if kind == "DatatypeProperty":
            if row["range"] is None:
                assert "@language" in str(definition["@container"]), term
            else:
                assert definition["@type"] == str(row.value("range")), term
        elif kind != "Class":
            assert definition["@type"] in ("@id", "@vocab"), term


def test_every_property_of_the_graph_has_a_key_but_the_targets_of_alignments(
    kg: KnowledgeGraph, context: Context
) -> None:
    asserted = ox.parse(path=str(kg.release.part("asserted")), format=ox.RdfFormat.N_QUADS)
    used = {q.predicate.value for q in asserted} - {A.value}
    assert used - context.properties - context.reverse.keys() == set()


def test_keys_read_like_words() -> None:
    assert CONTEXT["foundedBy"]["@id"] == BRI + "isFoundedBy"
    assert CONTEXT["name"]["@id"] == PREFIXES["skos"] + "prefLabel"
    assert CONTEXT["source"]["@id"] == BRI + "isPassageOf"
    assert all(key.isidentifier() for key in CONTEXT if not key.startswith("@"))


def test_the_context_stands_alone() -> None:
    text = json.dumps(CONTEXT)
    assert "@import" not in text and "@base" not in text
    assert not [d for d in CONTEXT.values() if isinstance(d, dict) and isinstance(d.get("@context"), str)]  # fmt: skip


def test_two_terms_of_one_key_are_an_error(copy: Path) -> None:
    with (copy.parent / "ontology/modules/programme.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "\nbri:hasTopic a owl:ObjectProperty ; rdfs:isDefinedBy <ontology/programme> .\n"
        )
    with pytest.raises(InputError, match=r"BRI281.*'topic'"):
        build_context(find(copy, alone=True))


# There and back.


@pytest.mark.parametrize("read", [by_pyld, by_oxigraph])
@pytest.mark.slow
def test_the_whole_dataset_comes_back(kg: KnowledgeGraph, context: Context, read: Any) -> None:
    document = dataset_document(kg.store, context)
    assert digest(read(document)) == digest(canonical(kg.store))
    content = json.loads(document)
    content["@graph"][1].pop("id")
    assert digest(read(json.dumps(content).encode())) != digest(canonical(kg.store))


def test_export_writes_the_default_graph_and_the_graphs_of_claims(
    kg: KnowledgeGraph, cli: Cli, tmp_path: Path
) -> None:
    done = cli("export", "-f", "jsonld", "-o", str(tmp_path / "all.jsonld"))
    assert done.returncode == 0, done.stderr
    document = (tmp_path / "all.jsonld").read_bytes()
    # As the files of the release write their numbers; a store may write them otherwise.
    parts = [kg.release.part(name) for name in PARTS]
    quads = [q for part in parts for q in ox.parse(path=str(part), format=ox.RdfFormat.N_QUADS)]
    assert digest(by_pyld(document)) == digest(canonical(quads))
    named = [node for node in json.loads(document)["@graph"] if "@graph" in node]
    assert {node["id"] for node in named} == {
        g.value for g in kg.store.named_graphs() if isinstance(g, ox.NamedNode)
    }


XSD = PREFIXES["xsd"]
ODD = [
    (BRI + "begin", ox.Literal("007", datatype=ox.NamedNode(XSD + "integer"))),
    (BRI + "begin", ox.Literal("-0", datatype=ox.NamedNode(XSD + "integer"))),
    (BRI + "begin", ox.Literal("+7", datatype=ox.NamedNode(XSD + "integer"))),
    (BRI + "begin", ox.Literal(str(2**60 + 1), datatype=ox.NamedNode(XSD + "integer"))),
    (BRI + "begin", ox.Literal("many")),
    (BRI + "statedValue", ox.Literal("80.50", datatype=ox.NamedNode(XSD + "decimal"))),
    (BRI + "statedValue", ox.Literal("8.0E1", datatype=ox.NamedNode(XSD + "double"))),
    (BRI + "openList", ox.Literal("1", datatype=ox.NamedNode(XSD + "boolean"))),
    (BRI + "openList", ox.Literal("false", datatype=ox.NamedNode(XSD + "boolean"))),
    (BRI + "knownAs", ox.Literal("without a language")),
    (BRI + "knownAs", ox.Literal("12", datatype=ox.NamedNode(XSD + "integer"))),
    (BRI + "knownAs", ox.NamedNode(BASE + "id/org/cas")),
    (BRI + "isFoundedBy", ox.Literal("a word")),
    (BRI + "isFoundedBy", ox.NamedNode("urn:founder")),
    (BRI + "isFoundedBy", ox.BlankNode("founder")),
    (BRI + "factuality", ox.NamedNode(BASE + "vocab/factuality/achieved")),
    (BRI + "factuality", ox.NamedNode(BASE + "vocab/factuality/name")),
    (BRI + "factuality", ox.NamedNode(BASE + "vocab/factuality/")),
    (BRI + "factuality", ox.NamedNode(BASE + "vocab/factuality/a:b")),
    (BRI + "factuality", ox.NamedNode(BASE + "vocab/rank/normal")),
    (BRI + "factuality", ox.Literal("achieved")),
    (BRI + "leavesOpen", ox.NamedNode(BASE + "vocab/gap/time")),
    (BRI + "leavesOpen", ox.NamedNode(BASE + "vocab/gap/name")),
    (BRI + "leavesOpen", ox.NamedNode(BRI + "hasTime")),
    (BRI + "kind", ox.NamedNode(BASE + "vocab/name-kind/title")),
    (BRI + "kind", ox.NamedNode(BASE + "vocab/kind/alliance")),
    ("https://example.org/p", ox.Literal("text", language="zh")),
    ("https://example.org/p", ox.Literal("text")),
    ("https://example.org/p", ox.Literal("5", datatype=ox.NamedNode(XSD + "integer"))),
    ("https://example.org/p", ox.NamedNode("https://example.org/q")),
    (A.value, ox.NamedNode("https://example.org/Class")),
    (A.value, ox.NamedNode(BRI + "NameClaim")),
    (PREFIXES["skos"] + "prefLabel", ox.Literal("one", language="en")),
    (PREFIXES["skos"] + "prefLabel", ox.Literal("two", language="en")),
    (PREFIXES["skos"] + "prefLabel", ox.Literal('quoted "and"\n\t\\ broken', language="fr")),
]


@pytest.mark.parametrize("subject", [ox.NamedNode(BASE + "claim/x"), ox.BlankNode("x")])
def test_odd_values_come_back_alone_and_together(
    context: Context, subject: ox.NamedNode | ox.BlankNode
) -> None:
    quads = [ox.Quad(subject, ox.NamedNode(p), value) for p, value in ODD]
    for some in ([quad] for quad in quads):
        document = dataset_document(some, context)
        assert by_pyld(document) == by_oxigraph(document) == canonical(some), document.decode()
        assert by_rdflib(document) == canonical(some), document.decode()
    document = dataset_document(quads, context)
    assert by_pyld(document) == by_oxigraph(document) == by_rdflib(document) == canonical(quads)


def test_what_a_key_means_on_a_class_is_read_alike(kg: KnowledgeGraph, context: Context) -> None:
    kinds = [q for q in kg.store if q.predicate.value == BRI + "kind"]
    claims = {q.subject for q in kinds}
    quads = [*kinds, *(q for q in kg.store if q.predicate == A and q.subject in claims)]
    document = dataset_document(quads, context)
    assert by_pyld(document) == by_rdflib(document) == canonical(quads)
    words = [value for node in json.loads(document)["@graph"] for value in node["kind"]]
    assert len([word for word in words if ":" not in word]) > 100
    # Two classes that give a key a meaning of its own: neither wins.
    both = ["NameClaim", "StatementClaim"]
    node = ox.NamedNode("urn:x")
    quads = [ox.Quad(node, A, ox.NamedNode(BRI + name)) for name in both]
    quads += [ox.Quad(node, kinds[0].predicate, quad.object) for quad in kinds]
    document = dataset_document(quads, context)
    assert by_pyld(document) == by_rdflib(document) == canonical(quads)


def test_numbers_that_javascript_would_round_are_strings(context: Context) -> None:
    subject, begin = ox.NamedNode("urn:x"), ox.NamedNode(BRI + "begin")
    whole = ox.NamedNode(XSD + "integer")
    for number in (2**53 - 1, 2**53):
        quad = ox.Quad(subject, begin, ox.Literal(str(number), datatype=whole))
        (node,) = json.loads(dataset_document([quad], context))["@graph"]
        assert node["begin"] == (number if number < 2**53 else str(number))


def test_the_order_of_the_quads_does_not_matter(kg: KnowledgeGraph, context: Context) -> None:
    quads = list(kg.store.quads_for_pattern(ox.NamedNode(str(expand("bri-org:anso"))), None, None))
    assert dataset_document(quads, context) == dataset_document(quads[::-1], context)


# One thing as a tree.


def described(kg: KnowledgeGraph, name: str, context: Context) -> dict[str, Any]:
    node = ox.NamedNode(str(expand(name)))
    found: dict[str, Any] = json.loads(frame_document(describe(kg.store, node, context), context))
    return found


def test_a_thing_reads_like_plain_json(kg: KnowledgeGraph, context: Context) -> None:
    doc = described(kg, "bri-org:anso", context)
    assert list(doc)[:4] == ["@context", "id", "type", "name"]
    assert doc["type"] == ["Organization"]
    assert doc["name"]["en"] == "Alliance of International Science Organizations"
    assert "ANSO" in doc["altLabel"]["en"]
    founders = {founder["name"]["en"] for founder in doc["foundedBy"]}
    assert {row.value("cofounderLabel") for row in kg.ask("cofounders")} < founders
    members = {node["id"] for node in doc["@reverse"]["memberOf"]}
    assert expand("bri-org:ras") in members
    assert doc["creationTime"][0]["edtf"] == "2018"
    # Jena 5.2 reads nothing where it is the other way round.
    assert list(doc).index("@reverse") < list(doc).index("involvedIn")


def test_evidence_is_nested_with_its_passage_and_source(
    kg: KnowledgeGraph, context: Context
) -> None:
    doc = described(kg, "bri-org:anso", context)
    claim = next(c for c in doc["involvedIn"] if c["id"].endswith("/cas-decade-anso-founders"))
    assert (claim["type"], claim["factuality"], claim["rank"]) == (
        ["CreationClaim"],
        "achieved",
        "normal",
    )
    assert claim["role"] == "founder"
    assert claim["subject"] == [{"id": doc["id"]}]
    (passage,) = claim["evidence"]
    assert passage["id"] == f"{BASE}source/cas-decade#char={passage['begin']},{passage['end']}"
    assert isinstance(passage["begin"], int) and len(passage["sha256"]) == 64
    assert passage["source"]["name"]["en"].startswith("the Academy")
    assert "achieved" not in json.dumps(claim["evidence"])


def test_a_claim_a_passage_a_concept_and_a_class_are_described_too(
    kg: KnowledgeGraph, context: Context
) -> None:
    claim = described(kg, "bri-claim:cas-decade-anso-founders", context)
    assert claim["agent"][0]["name"]["zh"] == "中国科学院"
    passage_iri = claim["evidence"][0]["id"]
    found = describe(kg.store, ox.NamedNode(passage_iri), context)
    passage = json.loads(frame_document(found, context))
    assert claim["id"] in {c["id"] for c in passage["evidenceOf"]}
    concept = described(kg, "bri-theme:science-technology-and-innovation", context)
    assert concept["inScheme"]["id"] == BASE + "vocab/theme"
    parents = {node["id"] for node in described(kg, "bri:Country", context)["subClassOf"]}
    assert BRI + "Place" in parents


def test_a_concept_is_a_word_even_where_the_word_is_a_key(
    kg: KnowledgeGraph, context: Context
) -> None:
    claim = described(kg, "bri-claim:std-decade-anso-members-count", context)
    assert claim["leavesOpen"] == ["time"] and claim["countedKind"] == "member"
    assert claim["quantity"]["comparator"] == "exactly"
    rows = kg.query("SELECT ?c WHERE { ?c a bri:Claim }")
    for row in rows:
        node = row["c"]
        assert isinstance(node, ox.NamedNode)
        doc = json.loads(frame_document(describe(kg.store, node, context), context))
        doc.pop("@context")
        for key in ("factuality", "rank", "role", "leavesOpen", "theme", "modality"):
            assert BASE not in json.dumps(doc.get(key)), (node, key)


def sample(kg: KnowledgeGraph) -> list[ox.NamedNode]:
    """Every entity and source, and some claims, passages, concepts, values and terms."""
    nodes = sorted(
        {q.subject for q in kg.store.quads_for_pattern(None, None, None, DEFAULT)}, key=str
    )
    named = [node for node in nodes if isinstance(node, ox.NamedNode)]
    entities = [
        n
        for n in named
        if n.value.startswith(BASE + "id/") or ("#" not in n.value and "/source/" in n.value)
    ]
    return entities + [node for node in named if node not in set(entities)][::12]


@pytest.mark.slow
def test_the_frame_of_a_thing_expands_to_its_description_and_nothing_else(
    kg: KnowledgeGraph, context: Context
) -> None:
    nodes = sample(kg)
    assert len(nodes) > 300
    for at, node in enumerate(nodes):
        found = describe(kg.store, node, context)
        triples = found.all_triples
        assert all(quad in kg.store for quad in triples), node
        frame = frame_document(found, context)
        assert by_pyld(frame) == canonical(triples), node
        if at % 9 == 0:
            assert by_rdflib(frame) == canonical(triples), node


# What a description holds, said again in SPARQL.
OWN = """SELECT DISTINCT ?p ?o WHERE { ?s ?p ?o
  FILTER (?p != rdf:type && (STRSTARTS(STR(?p), STR(bri:)) || STRSTARTS(STR(?p), STR(skos:))
    || STRSTARTS(STR(?p), STR(dcterms:)) || ?p IN (foaf:homepage, schema:url))) }"""
OF_CLAIMS = """SELECT DISTINCT ?claim ?p ?o WHERE { ?claim a bri:Claim ; bri:involves ?s ; ?p ?o
  FILTER (?p NOT IN (rdf:type, bri:involves)) }"""
OF_PASSAGES = """SELECT DISTINCT ?passage ?p ?o WHERE { ?claim a bri:Claim ; bri:involves ?s .
  ?claim bri:evidence|bri:hasContext ?passage . ?passage ?p ?o FILTER (?p != rdf:type) }"""


def test_a_description_holds_all_of_the_thing_its_claims_and_their_passages(
    kg: KnowledgeGraph, context: Context
) -> None:
    rows = kg.query("SELECT ?x WHERE { ?x a bri:Organization } ORDER BY ?x")
    for row in list(rows)[:40]:
        node = row["x"]
        assert isinstance(node, ox.NamedNode)
        triples = describe(kg.store, node, context).all_triples
        have = {(q.subject, q.predicate, q.object) for q in triples if q.predicate != A}
        own = {(node, r["p"], r["o"]) for r in kg.guarded.select(OWN, {"s": node})}
        claims = {(r["claim"], r["p"], r["o"]) for r in kg.guarded.select(OF_CLAIMS, {"s": node})}
        passages = {
            (r["passage"], r["p"], r["o"]) for r in kg.guarded.select(OF_PASSAGES, {"s": node})
        }
        assert own | claims | passages <= have, node
        assert {t for t in have if t[0] == node} == own
        assert {(c, ox.NamedNode(BRI + "involves"), node) for c, _, _ in claims} <= have


# The command line.


def test_describe_gives_the_same_bytes_in_every_run(cli: Cli) -> None:
    runs = [cli("describe", "ANSO", "-f", "jsonld", PYTHONHASHSEED=seed).stdout for seed in "012"]
    assert runs[0] and len(set(runs)) == 1
    doc = json.loads(runs[0])
    assert doc["name"]["zh"]
    # Of the context, what is used and no more.
    assert "Quantity" not in json.loads(cli("describe", "bri:Place", "-f", "jsonld").stdout)["@context"]  # fmt: skip


def test_a_limit_cuts_a_description_and_says_so(cli: Cli) -> None:
    done = cli("describe", "ANSO", "-f", "jsonld", "--limit", "5")
    assert done.returncode == 0 and "cut after 5 triples" in done.stderr
    assert by_pyld(done.stdout.encode()).count("\n") == 5


def test_a_graph_of_ones_own_needs_no_context_file(copy: Path, cli: Cli) -> None:
    path = copy.parent / "ontology" / "context.jsonld"
    whole = cli(
        "describe", "bri-place:beijing", "-f", "jsonld", "--graph", str(copy), "--alone"
    ).stdout
    path.unlink()
    without = cli("describe", "bri-place:beijing", "-f", "jsonld", "--graph", str(copy), "--alone")
    assert without.stdout == whole and json.loads(whole)["latitude"] == "39.9075"
    for broken in ("[]", '{"@context": {"name": 5}}', "{"):
        path.write_text(broken, encoding="utf-8")
        done = cli("describe", "bri-place:beijing", "-f", "jsonld", "--graph", str(copy), "--alone")
        assert done.returncode == 2 and "BRI280" in done.stderr, done.stderr


@pytest.mark.slow
def test_a_claim_described_and_read_back_validates_as_part_of_the_graph(
    cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "claim.jsonld"
    file.write_text(
        cli("describe", "bri-claim:cas-decade-anso-founders", "-f", "jsonld").stdout,
        encoding="utf-8",
    )
    done = cli("validate", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
