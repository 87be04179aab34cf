"""The checks of the repository that no single query can say: functions that return what is wrong, in words.

Each takes what it looks at, so that a test can hand it a broken twin of the real thing.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery

from bri_kg.names import PREFIXES, split_passage
from bri_kg.stores.memory import Store

_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS = ox.NamedNode(PREFIXES["rdfs"] + "subClassOf")
# What only claims have, so that a query without it reads facts, which are live by construction.
_OF_A_CLAIM = r"bri:(evidence|isStatedIn|involves|hasSubject|compares|leavesOpen)\b"
_DIGEST = re.compile(r"[0-9a-f]{64}")


# 1 and 2


def unformatted(program: str, files: Sequence[Path]) -> list[str]:
    """What the formatter says of files that are not in its format."""
    done = subprocess.run(
        [program, "--check", *map(str, files)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return [] if done.returncode == 0 else [f"run turtlefmt: {done.stdout}{done.stderr}"]


def unsteady(make: Callable[[str], bytes], seeds: Sequence[str] = ("0", "1")) -> list[str]:
    """Whether something that is made twice, with different hash seeds, differs or is empty."""
    made = {make(seed) for seed in seeds}
    return ([] if len(made) == 1 else ["the bytes differ"]) + ([] if all(made) else ["no bytes"])


# 5


def disagreeing_versions(root: Path, version: str) -> list[str]:
    """Where another version than that of the package stands."""
    found = []
    kept = root / "ontology" / "releases"  # what earlier versions promised
    for path in sorted(set((root / "ontology").rglob("*.ttl")) - set(kept.glob("*.ttl"))):
        quads = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
        owl = {
            name: {
                (q.subject, q.object.value)  # type: ignore[union-attr]
                for q in quads
                if q.predicate.value == PREFIXES["owl"] + name
            }
            for name in ("versionIRI", "versionInfo")
        }
        headers = {
            q.subject
            for q in quads
            if q.predicate == _TYPE and q.object == ox.NamedNode(PREFIXES["owl"] + "Ontology")
        }
        for header in headers:
            iris = {iri for subject, iri in owl["versionIRI"] if subject == header}
            infos = {info for subject, info in owl["versionInfo"] if subject == header}
            # An ontology IRI that is its own version IRI could never have a second version.
            if iris != {f"{header.value}/{version}"}:  # type: ignore[union-attr]
                found.append(f"{path.name}: owl:versionIRI {sorted(iris)}")
            if infos != {version}:
                found.append(f"{path.name}: owl:versionInfo {sorted(infos)}")
    for name, pattern in (
        ("CITATION.cff", r"^version:\s*[\"']?([^\"'\s]+)"),
        ("CHANGELOG.md", r"^## \[?([0-9][^\]\s]*)"),
    ):
        stated = re.search(pattern, (root / name).read_text(encoding="utf-8"), re.MULTILINE)
        if stated is None or stated[1] != version:
            found.append(f"{name}: {stated[1] if stated else 'none'}")
    return found


# 16


def unasked_types(asserted: Iterable[ox.Quad], inferred: Iterable[ox.Triple]) -> list[str]:
    """Members of owl:Nothing, and classes gained that stand above no class asserted of the same thing.

    Stricter than what follows: a class that only a domain or range gives is found too, since then
    the author forgot to say what the thing is, or used the wrong property.
    """
    asserted = [quad.triple for quad in asserted]
    inferred = list(inferred)
    above: dict[object, set[object]] = {}
    said: dict[object, set[object]] = {}
    for triple in (*asserted, *inferred):
        if triple.predicate == _SUBCLASS:
            above.setdefault(triple.subject, {triple.subject}).add(triple.object)
    for triple in asserted:
        if triple.predicate == _TYPE:
            said.setdefault(triple.subject, set()).update(above.get(triple.object, {triple.object}))
    nothing = ox.NamedNode(PREFIXES["owl"] + "Nothing")
    return [
        f"{triple.subject} became {triple.object}"
        for triple in inferred
        if triple.predicate == _TYPE
        and (triple.object == nothing or triple.object not in said.get(triple.subject, set()))
    ]


# 22


def unanswered(folder: Path) -> list[str]:
    """Questions without a stored answer that has rows, and answers without a question."""
    questions = {path.stem for path in folder.glob("*.rq")}
    answers = {path.stem: path for path in folder.glob("*.csv")}
    empty = [n for n, p in answers.items() if len(p.read_text(encoding="utf-8").splitlines()) < 2]
    return [
        *(f"{name}: no answer" for name in sorted(questions - answers.keys())),
        *(f"{name}: no question" for name in sorted(answers.keys() - questions)),
        *(f"{name}: no rows" for name in sorted(empty)),
    ]


def asked_twice(texts: Mapping[str, str]) -> list[str]:
    """Questions that are the same but for spacing and names of variables, or that are worded alike."""
    seen: dict[str, str] = {}
    found = []
    for name, text in sorted(texts.items()):
        headers = dict(re.findall(r"^#\+ (summary(?:_zh)?): (.*)$", text, re.MULTILINE))
        for form in (_normal_form(text), *(v.strip().casefold() for v in headers.values())):
            if form in seen:
                found.append(f"{name} is {seen[form]} again")
            seen.setdefault(form, name)
    return found


def _normal_form(text: str) -> str:
    names: dict[str, str] = {}
    body = " ".join(_body(text).split())
    return re.sub(r"[?$]\w+", lambda m: names.setdefault(m[0][1:], f"?{len(names)}"), body)


def _body(text: str) -> str:
    """A query without its comments; a # in an IRI is none."""
    return re.sub(r"(?m)(?:^|\s)#.*$", "", text)


# 23


def query_faults(text: str, *, question: bool) -> Iterator[str]:
    """What is wrong with a stored query as a text; a question must be ordered and count what counts."""
    for engine, parse in (("pyoxigraph", ox.Store().query), ("rdflib", prepareQuery)):
        try:
            parse(text)
        except Exception as error:
            yield f"{engine} cannot read it: {error}"
    body = _body(text)
    rest = re.sub(r"(?mi)^\s*prefix\s.*$", "", body)
    for prefix in re.findall(r"(?mi)^\s*prefix\s+([\w-]*):", body):
        if not re.search(rf"(?<![\w:-]){re.escape(prefix)}:", rest):
            yield f"the prefix {prefix} is not used"
    if question:
        yield from _question_faults(text, rest)


def _question_faults(text: str, rest: str) -> Iterator[str]:
    headers = dict(re.findall(r"^#\+ (\w+):[ \t]*(.*)$", text, re.MULTILINE))
    for key in ("summary", "summary_zh", "description", "tags", "columns"):
        if not headers.get(key, "").strip("[]{} "):
            yield f"the header lacks {key}"
    if "summary_zh" in headers and not re.search(r"[\u4e00-\u9fff]", headers["summary_zh"]):
        yield "summary_zh is not in Chinese"
    if not re.search(r"\}\s*(GROUP BY[^{}]*)?(HAVING[^{}]*)?ORDER BY", rest):
        yield "the rows have no order"
    # A number that a claim states says nothing of what is, unless the claim is live or shown for what it is.
    for claim in set(re.findall(r"(?:[.{})]|\n)\s*(\?\w+)\s+[^.{}]*?bri:hasQuantity\b", rest)):
        of_claim = rf"{re.escape(claim)}\s+[^.{{}}]*?"
        standing = re.search(rf"{of_claim}bri:standing (\?\w+)\b", rest)
        name = re.escape(standing[1]) if standing else ""
        live = re.search(rf"{of_claim}bri:standing bri-standing:(live|ahead)\b", rest) or (
            name and re.search(rf"FILTER \({name} = bri-standing:(live|ahead)\b", rest)
        )
        if not live and not re.search(rf"{of_claim}bri:factuality\b", rest):
            yield f"{claim} is counted, whatever its factuality"
        told = name and re.search(rf"FILTER \({name} (!=|IN) ", rest)
        if not live and not told:
            yield f"{claim} is counted though it may be silenced"
    # Numbers of claims are numbers in the graph and not in the world: the question says which it adds up.
    adds_up_claims = re.search(r"\b(COUNT|SUM|AVG)\s*\(", rest) and re.search(_OF_A_CLAIM, rest)
    if adds_up_claims and "factuality" not in rest + headers.get("description", ""):
        yield "claims are added up, and nothing is said of their factuality"


# 24


def evidence_faults(quads: Iterable[ox.Quad]) -> list[str]:
    """Claims without evidence, passages that are no spans of their source, digests that are none, quoted text."""
    store = Store(quads)
    found = [
        f"{row.value('claim')} has no evidence"
        for row in store.select("""
            SELECT ?claim WHERE { ?claim bri:factuality ?f FILTER NOT EXISTS { ?claim bri:evidence ?passage } }""")
    ]
    for row in (
        store.select("""
            SELECT ?passage ?digest ?length ?begin ?end ?named WHERE {
              { ?c bri:evidence|bri:hasContext ?passage } UNION { ?passage a bri:Passage }
              OPTIONAL { ?passage bri:sha256 ?digest }
              OPTIONAL { ?passage bri:begin ?begin ; bri:end ?end }
              OPTIONAL { ?passage bri:isPassageOf ?named . ?named bri:characterCount ?length } }""")
    ):
        passage, length = str(row.value("passage")), row.value("length")
        parts = split_passage(passage)
        if parts is None or parts[1:] != (row.value("begin"), row.value("end")):
            found.append(f"{passage} is not the span that its name says")
        elif not (isinstance(length, int) and 0 <= parts[1] < parts[2] <= length):
            found.append(f"{passage} is no span of its source")
        if not _DIGEST.fullmatch(str(row.value("digest"))):
            found.append(f"{passage} has no digest")
    found += [
        f"{row.value('source')} has no digest"
        for row in store.select("""
            SELECT ?source ?digest WHERE { ?source a bri:Source OPTIONAL { ?source bri:sha256 ?digest } }""")
        if not _DIGEST.fullmatch(str(row.value("digest")))
    ]
    quoting = {f"http://www.w3.org/ns/oa#{name}" for name in ("exact", "prefix", "suffix")}
    found += [f"{q.subject} quotes" for q in store.oxigraph if q.predicate.value in quoting]
    return found
