"""Which claims of several sources are held against each other by checks, and in which buckets (`bucket_tables`).

The header of a check says by which key (`bri_kg.checking.checks.KEYS`). In a bucket stand several groups of what can
be in one row together; a row that only shows because the rest of its own group is elsewhere does not count.
"""

from __future__ import annotations

from typing import Final

from bri_kg.corpus.bucket_tables import AT_A_TIME, LINE, TYPE, first_of, quoted, spread
from bri_kg.corpus.sharing_out import iri
from bri_kg.corpus.tables import Tables
from bri_kg.names import PREFIXES

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
# So many steps are looked at in this process; of more, ends are taken off in the tables first.
_STEPS: Final = 200_000

Step = tuple[str, ...]


def fill_for_checks(tables: Tables) -> None:
    """Put into buckets, key by key, whatever is to be held against anything else."""
    _of_comparisons(tables)
    _of_things(tables)
    _of_shared_values(tables, "label", LABELS)
    _of_shared_values(tables, "match", SAME_THING)
    _of_outranking(tables)
    _of_wholes(tables)
    _of_circles(tables)


def _of_comparisons(tables: Tables) -> None:
    compares = iri("compares")
    placed = spread(
        "comparisons", "name", first_of("comparison", "focus"), at_a_time=AT_A_TIME // 10
    )
    tables.sql(
        f"""
        CREATE TABLE comparisons AS SELECT DISTINCT s AS name, 1 AS n FROM told WHERE p = '{compares}';
        CREATE TABLE placed_comparisons AS SELECT name, bucket FROM {placed};
        INSERT INTO named SELECT bucket, {bare("name")} FROM placed_comparisons;
        INSERT INTO members SELECT DISTINCT s, bucket FROM (
          SELECT name AS s, bucket FROM placed_comparisons UNION ALL
          SELECT t.o, c.bucket FROM placed_comparisons c JOIN told t ON t.s = c.name AND t.p = '{compares}');
        DROP TABLE comparisons; DROP TABLE placed_comparisons
        """
    )


def _of_things(tables: Tables) -> None:
    """Claims of one class about one thing."""
    tables.sql(
        f"""
        CREATE TABLE sharing AS SELECT DISTINCT t.s, t.o AS thing, k.o AS class FROM told t
          JOIN told k ON k.s = t.s AND k.p = '{TYPE}'
          WHERE t.p = '{iri("hasSubject")}' AND k.o IN ({quoted(OF_ONE_THING)});
        CREATE TABLE shared AS SELECT thing, class, count(DISTINCT s) AS n FROM sharing
          GROUP BY thing, class HAVING count(DISTINCT s) > 1
        """
    )
    put_together(tables, first_of("thing"))


def put_together(tables: Tables, first: int) -> None:
    """Make members of the claims in `sharing` whose thing and class are among those `shared`; these tables go."""
    tables.sql(
        f"""
        CREATE TABLE crowds AS SELECT thing AS name, sum(n) AS n FROM shared GROUP BY thing;
        INSERT INTO members SELECT DISTINCT x.s, b.bucket FROM sharing x
          JOIN shared a ON a.thing = x.thing AND a.class = x.class
          JOIN {spread("crowds", "name", first)} b ON b.name = x.thing;
        DROP TABLE sharing; DROP TABLE shared; DROP TABLE crowds
        """
    )


def _of_shared_values(tables: Tables, key: str, predicates: tuple[str, ...]) -> None:
    """Nodes that have one value in common, with what tells whether they may."""
    those = ", ".join(f"'<{name}>'" for name in (*predicates, *_OF_LABELS))
    meant = ", ".join(f"'<{name}>'" for name in predicates)
    tables.sql(
        f"""
        CREATE TABLE everything AS SELECT s, p, o FROM told WHERE p IN ({those})
          UNION ALL SELECT s, p, o FROM ground WHERE p IN ({those});
        CREATE TABLE shared AS SELECT o AS name, 1 AS n FROM everything WHERE p IN ({meant})
          GROUP BY o HAVING count(DISTINCT s) > 1;
        INSERT INTO alone SELECT m.bucket, {LINE} FROM everything t JOIN (
            SELECT DISTINCT e.s, b.bucket FROM everything e
            JOIN {spread("shared", "name", first_of(key))} b ON b.name = e.o WHERE e.p IN ({meant})) m USING (s);
        DROP TABLE everything; DROP TABLE shared
        """
    )


def _of_outranking(tables: Tables) -> None:
    """The claims that outrank each other in a circle."""
    tables.sql(f"CREATE TABLE steps AS SELECT s, o, p FROM told WHERE p = '{iri('outranks')}'")
    if _keep_circles(tables):
        tables.sql(
            f"INSERT INTO alone SELECT {first_of('outranking')}, {LINE} FROM told t "
            f"WHERE p = '{iri('outranks')}' AND s IN (SELECT s FROM steps)"
        )
    tables.sql("DROP TABLE steps")


def _of_wholes(tables: Tables) -> None:
    """What is a part or member here and a whole there, with two members of each of its wholes."""
    placed = spread("amid", "name", first_of("whole", "value"), at_a_time=AT_A_TIME // 10)
    tables.sql(
        f"""
        CREATE TABLE belongings AS SELECT DISTINCT a.s, a.o AS thing, b.o AS whole, k.o AS class FROM told a
          JOIN told b ON b.s = a.s AND b.p = '{iri("hasObject")}'
          JOIN told k ON k.s = a.s AND k.p = '{TYPE}' AND k.o IN ({quoted(OF_WHOLES)})
          WHERE a.p = '{iri("hasSubject")}';
        CREATE TABLE amid AS SELECT DISTINCT x.thing AS name, 1 AS n FROM belongings x
          JOIN belongings y ON y.whole = x.thing AND y.class = x.class;
        CREATE TABLE placed_amid AS SELECT name AS thing, bucket FROM {placed};
        INSERT INTO named SELECT bucket, {bare("thing")} FROM placed_amid;
        INSERT INTO members SELECT DISTINCT s, bucket FROM (
          SELECT s, bucket FROM belongings JOIN placed_amid USING (thing) UNION ALL
          SELECT x.s, m.bucket FROM belongings x JOIN placed_amid m ON x.whole = m.thing UNION ALL
          SELECT z.s, m.bucket FROM placed_amid m JOIN belongings y ON y.thing = m.thing JOIN (
            SELECT s, whole, class FROM (
              SELECT s, whole, class, row_number() OVER (PARTITION BY whole, class ORDER BY s) AS place
              FROM (SELECT DISTINCT s, whole, class FROM belongings)) WHERE place <= 2) z
            ON z.whole = y.whole AND z.class = y.class);
        DROP TABLE belongings; DROP TABLE amid; DROP TABLE placed_amid
        """
    )


def _of_circles(tables: Tables) -> None:
    """Facts along which things are parts or makers of each other, with the claims that say so."""
    bucket = first_of("circle")
    for properties in CIRCLES:
        tables.sql(
            f"CREATE TABLE steps AS SELECT DISTINCT s, o, p FROM (SELECT s, p, o FROM facts WHERE g = '' UNION ALL "
            f"SELECT s, p, o FROM told) WHERE p IN ({quoted(properties)})"
        )
        if _keep_circles(tables):
            tables.sql(
                f"""
                INSERT INTO extra SELECT {bucket}, {LINE} FROM steps t;
                INSERT INTO members SELECT DISTINCT t.s, {bucket} FROM told t JOIN steps ON steps.s = t.o
                  WHERE t.p = '{iri("hasSubject")}'
                """
            )
        tables.sql("DROP TABLE steps")


def _keep_circles(tables: Tables) -> bool:
    """Take away the steps that begin or end where nothing else does, again and again; return whether any are left."""
    before = -1
    while True:
        tables.sql(
            "CREATE OR REPLACE TABLE steps AS SELECT DISTINCT s, o, p FROM steps "
            "WHERE o IN (SELECT s FROM steps) AND s IN (SELECT o FROM steps)"
        )
        steps = tables.sql(f"SELECT s, o, p FROM steps LIMIT {_STEPS + 1}")
        if len(steps) <= _STEPS:
            left = _on_circles(steps)
            tables.sql("CREATE OR REPLACE TABLE steps (s VARCHAR, o VARCHAR, p VARCHAR)")
            tables.insert("steps", left)
            return bool(left)
        [(now,)] = tables.sql("SELECT count(*) FROM steps")
        if now == before:
            return True
        before = now


def _on_circles(steps: list[Step]) -> list[Step]:
    """Return the steps that are left where the ends are taken off until none is left that can be."""
    while True:
        begun, ended = {step[0] for step in steps}, {step[1] for step in steps}
        kept = [step for step in steps if step[1] in begun and step[0] in ended]
        if len(kept) == len(steps):
            return sorted(kept)
        steps = kept


def bare(column: str) -> str:
    """Return SQL for an IRI without its brackets."""
    return f"substr({column}, 2, length({column}) - 2)"
