"""Checks that hold claims of several sources against each other, run unchanged over buckets.

A bucket holds whatever can stand in one row together: the header of a check says by which key
(`bri_kg.checking.checks.KEYS`). Several buckets are looked at together, as one part; a row that only
shows because the rest of its own bucket is elsewhere is left out by `rows_of`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bri_kg.corpus.part_of_corpus import Part
from bri_kg.corpus.sharing_out import iri
from bri_kg.corpus.tables import Tables
from bri_kg.names import PREFIXES

TYPE: Final = f"<{PREFIXES['rdf']}type>"
LINE: Final = "t.s || ' ' || t.p || ' ' || t.o || ' .' || chr(10)"
AT_A_TIME: Final = 2000
# Classes of claims that checks by subject hold against each other.
OF_ONE_THING: Final = ("CreationClaim", "NameClaim", "QuantityClaim")
OF_WHOLES: Final = ("MembershipClaim", "StructureClaim")
# The properties along which whole-of-itself walks in circles.
CIRCLES: Final = (
    ("isPartOf", "isPillarOf", "isSubordinateTo", "isMemberOf"),
    ("isFoundedBy", "isSetUpBy", "isCreatedBy", "isBuiltBy"),
)
SAME_THING: Final = (
    PREFIXES["skos"] + "exactMatch", PREFIXES["owl"] + "sameAs", PREFIXES["schema"] + "sameAs",
    PREFIXES["dcterms"] + "identifier",
)  # fmt: skip
LABELS: Final = (PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel")
_OF_LABELS: Final = (PREFIXES["dcterms"] + "source", PREFIXES["skos"] + "inScheme")
# Which keys buckets are made of; the two others are looked at in parts. Those of candidates are in pairing.py.
IN_BUCKETS: Final = ("comparison", "thing", "label", "match", "outranking", "whole", "circle")


@dataclass(frozen=True)
class Bucket:
    """Some buckets of a key as one part. Of the rows found there, those count whose column `by` is among `names`.

    Where `is_of_candidates`, the checks of that room are asked, and of the pairs that they find those count that
    are among `pairs`; with None all do.
    """

    key: str
    part: Part
    by: str | None = None
    names: frozenset[str] = frozenset()
    is_of_candidates: bool = False
    pairs: frozenset[tuple[str, str]] | None = None


def as_pair(one: str, other: str) -> tuple[str, str]:
    """Return two claims as `Bucket.pairs` holds them, whichever of them a check names first."""
    return (one, other) if one < other else (other, one)


def buckets(tables: Tables) -> Iterator[Bucket]:
    """Yield the buckets of every key in which there is anything to be held against anything else."""
    yield from _of_comparisons(tables)
    yield from _of_things(tables)
    yield from _of_shared_values(tables, "label", LABELS)
    yield from _of_shared_values(tables, "match", SAME_THING)
    yield from _of_outranking(tables)
    yield from _of_wholes(tables)
    yield from _of_circles(tables)


def _of_comparisons(tables: Tables) -> Iterator[Bucket]:
    compares = iri("compares")
    tables.sql(
        "CREATE TABLE comparisons AS SELECT s AS name, row_number() OVER (ORDER BY s) // "
        f"{AT_A_TIME // 10} AS bucket FROM (SELECT DISTINCT s FROM told WHERE p = '{compares}'); "
        "CREATE TABLE members AS SELECT DISTINCT s, bucket FROM ("
        "SELECT name AS s, bucket FROM comparisons UNION ALL "
        f"SELECT t.o, c.bucket FROM comparisons c JOIN told t ON t.s = c.name AND t.p = '{compares}')"
    )
    names: dict[int, set[str]] = {}
    for bucket, name in tables.sql("SELECT bucket, name FROM comparisons"):
        names.setdefault(bucket, set()).add(name[1:-1])
    for bucket, part in parts_of_members(tables):
        yield Bucket("comparison", part, "focus", frozenset(names[bucket]))


def _of_things(tables: Tables) -> Iterator[Bucket]:
    """Yield claims of one class about one thing."""
    tables.sql(
        f"""
        CREATE TABLE things AS SELECT t.s, t.o AS thing, k.o AS class FROM told t
          JOIN told k ON k.s = t.s AND k.p = '{TYPE}'
          WHERE t.p = '{iri("hasSubject")}' AND k.o IN ({quoted(OF_ONE_THING)});
        CREATE TABLE alike AS SELECT thing, class FROM things GROUP BY ALL HAVING count(DISTINCT s) > 1;
        CREATE TABLE members AS SELECT DISTINCT s, bucket FROM things JOIN alike USING (thing, class)
          JOIN (SELECT thing, sum(n) OVER (ORDER BY thing ROWS UNBOUNDED PRECEDING) // {AT_A_TIME} AS bucket
                FROM (SELECT thing, count(*) AS n FROM things GROUP BY thing)) b USING (thing);
        """
    )
    yield from (Bucket("thing", part) for _, part in parts_of_members(tables))


def _of_shared_values(tables: Tables, key: str, predicates: tuple[str, ...]) -> Iterator[Bucket]:
    """Yield nodes that have one value in common, with what tells whether they may."""
    those = ", ".join(f"'<{name}>'" for name in (*predicates, *_OF_LABELS))
    tables.sql(
        f"""
        CREATE TABLE everything AS SELECT s, p, o FROM told WHERE p IN ({those})
          UNION ALL SELECT s, p, o FROM ground WHERE p IN ({those});
        CREATE TABLE shared AS SELECT o FROM everything
          WHERE p IN ({", ".join(f"'<{name}>'" for name in predicates)})
          GROUP BY o HAVING count(DISTINCT s) > 1;
        CREATE TABLE members AS SELECT DISTINCT e.s, b.bucket FROM everything e JOIN
          (SELECT o, row_number() OVER (ORDER BY o) // {AT_A_TIME} AS bucket FROM shared) b USING (o)
          WHERE e.p IN ({", ".join(f"'<{name}>'" for name in predicates)});
        """
    )
    lines = tables.sql(
        f"SELECT m.bucket, string_agg({LINE}, '') FROM everything t JOIN members m USING (s) GROUP BY m.bucket"
    )
    tables.sql("DROP TABLE everything; DROP TABLE shared; DROP TABLE members")
    yield from (Bucket(key, Part(text.encode())) for _, text in sorted(lines))


def _of_outranking(tables: Tables) -> Iterator[Bucket]:
    """Yield the claims that outrank each other in a circle: what is left where ends are taken off again and again."""
    tables.sql(f"CREATE TABLE steps AS SELECT s, o FROM told WHERE p = '{iri('outranks')}'")
    _keep_circles(tables)
    lines = tables.sql(
        f"SELECT {LINE} FROM told t WHERE p = '{iri('outranks')}' AND s IN (SELECT s FROM steps)"
    )
    tables.sql("DROP TABLE steps")
    if lines:
        yield Bucket("outranking", Part("".join(line for (line,) in lines).encode()))


def _of_wholes(tables: Tables) -> Iterator[Bucket]:
    """Yield what is a part or member here and a whole there, with two members of each of its wholes."""
    tables.sql(
        f"""
        CREATE TABLE belongings AS SELECT DISTINCT a.s, a.o AS thing, b.o AS whole, k.o AS class FROM told a
          JOIN told b ON b.s = a.s AND b.p = '{iri("hasObject")}'
          JOIN told k ON k.s = a.s AND k.p = '{TYPE}' AND k.o IN ({quoted(OF_WHOLES)})
          WHERE a.p = '{iri("hasSubject")}';
        CREATE TABLE amid AS SELECT thing, row_number() OVER (ORDER BY thing) // {AT_A_TIME // 10} AS bucket
          FROM (SELECT DISTINCT x.thing FROM belongings x JOIN belongings y ON y.whole = x.thing AND y.class = x.class);
        CREATE TABLE members AS SELECT DISTINCT s, bucket FROM (
          SELECT s, bucket FROM belongings JOIN amid USING (thing) UNION ALL
          SELECT x.s, bucket FROM belongings x JOIN amid ON x.whole = amid.thing UNION ALL
          SELECT z.s, bucket FROM amid JOIN belongings USING (thing) JOIN (
            SELECT s, whole, class FROM (
              SELECT s, whole, class, row_number() OVER (PARTITION BY whole, class ORDER BY s) AS place
              FROM (SELECT DISTINCT s, whole, class FROM belongings)) WHERE place <= 2) z
            ON z.whole = belongings.whole AND z.class = belongings.class);
        """
    )
    names: dict[int, set[str]] = {}
    for bucket, name in tables.sql("SELECT bucket, thing FROM amid"):
        names.setdefault(bucket, set()).add(name[1:-1])
    for bucket, part in parts_of_members(tables):
        yield Bucket("whole", part, "value", frozenset(names[bucket]))


def _of_circles(tables: Tables) -> Iterator[Bucket]:
    """Yield facts along which things are parts or makers of each other, with the claims that say so."""
    lines: list[str] = []
    tables.sql("CREATE TABLE members (s VARCHAR, bucket BIGINT)")
    for properties in CIRCLES:
        tables.sql(
            f"CREATE TABLE steps AS SELECT DISTINCT s, o, p FROM (SELECT s, p, o FROM facts WHERE g = '' UNION ALL "
            f"SELECT s, p, o FROM told) WHERE p IN ({quoted(properties)})"
        )
        _keep_circles(tables)
        lines += [line for (line,) in tables.sql(f"SELECT {LINE} FROM steps t")]
        tables.sql(
            f"INSERT INTO members SELECT DISTINCT t.s, 0 FROM told t JOIN steps ON steps.s = t.o "
            f"WHERE t.p = '{iri('hasSubject')}'"
        )
        tables.sql("DROP TABLE steps")
    for _, part in parts_of_members(tables):
        yield Bucket("circle", Part(part.told, part.beside + "".join(lines).encode()))


def _keep_circles(tables: Tables) -> None:
    """Take away the steps that begin or end where nothing else does, until none is left that does."""
    before, now = -1, 0
    while before != now:
        before = now
        tables.sql(
            "CREATE OR REPLACE TABLE steps AS SELECT DISTINCT * FROM steps "
            "WHERE o IN (SELECT s FROM steps) AND s IN (SELECT o FROM steps)"
        )
        [(now,)] = tables.sql("SELECT count(*) FROM steps")


def parts_of_members(tables: Tables) -> Iterator[tuple[int, Part]]:
    """Yield each bucket of `members`: what is told of these, and beside it what it names, outranks and compares."""
    tables.sql(
        f"""
        CREATE TABLE together AS SELECT DISTINCT bucket, t.s, t.p, t.o FROM members JOIN told t USING (s);
        CREATE TABLE along AS SELECT DISTINCT bucket, line FROM (
          SELECT bucket, c.line FROM together g JOIN context c ON c.s = g.o UNION ALL
          SELECT m.bucket, {LINE} FROM told t JOIN members m ON m.s = t.o WHERE t.p = '{iri("outranks")}' UNION ALL
          SELECT m.bucket, {LINE} FROM told t JOIN members m ON m.s = t.o WHERE t.p = '{iri("compares")}' UNION ALL
          SELECT m.bucket, {LINE} FROM told x JOIN members m ON m.s = x.o
            JOIN told t ON t.s = x.s AND t.p = '{TYPE}' WHERE x.p = '{iri("compares")}')
        """
    )
    numbers = [
        number for (number,) in tables.sql("SELECT DISTINCT bucket FROM together ORDER BY bucket")
    ]
    for number in numbers:
        told = "".join(
            line
            for (line,) in tables.sql(f"SELECT {LINE} FROM together t WHERE bucket = ?", number)
        )
        along = "".join(
            line for (line,) in tables.sql("SELECT line FROM along WHERE bucket = ?", number)
        )
        yield number, Part(told.encode(), along.encode())
    for table in ("together", "along", "members"):
        tables.sql(f"DROP TABLE {table}")


def quoted(names: tuple[str, ...]) -> str:
    """Return properties or classes of ours for an SQL list."""
    return ", ".join(f"'{iri(name)}'" for name in names)
