"""Which claims of several sources are held against each other by checks, and in which buckets (`bucket_tables`).

The header of a check says by which key (`bri_kg.checking.checks.KEYS`). In a bucket stand several groups of what can
be in one row together; a row that only shows because the rest of its own group is elsewhere does not count.
"""

from __future__ import annotations

from typing import Final

from bri_kg.corpus.bucket_tables import LINE, TYPE, kind_of, quoted
from bri_kg.corpus.sharing_out import iri, listed
from bri_kg.corpus.tables import Tables
from bri_kg.names import BRI, PREFIXES

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
    """Say what is to be held against what by checks on claims and facts."""
    _of_comparisons(tables)
    _of_shared_values(tables)
    _of_wholes(tables)
    _of_circles(tables)


def told_alone() -> dict[int, tuple[str, ...]]:
    """Return by which predicates alone members are told, in kinds of buckets that ask no more of them."""
    return {
        kind_of("label"): (*LABELS, *_OF_LABELS),
        kind_of("match"): (*SAME_THING, *_OF_LABELS),
        kind_of("outranking"): (BRI + "outranks",),
    }


def _of_comparisons(tables: Tables) -> None:
    kind, compares = kind_of("comparison", "focus"), iri("compares")
    tables.sql(
        f"""
        INSERT INTO belongs SELECT DISTINCT {kind}, s, s FROM told WHERE p = '{compares}'
          UNION ALL SELECT {kind}, s, o FROM told WHERE p = '{compares}';
        INSERT INTO counted_names SELECT DISTINCT {kind}, s, {bare("s")} FROM told WHERE p = '{compares}'
        """
    )


def _of_shared_values(tables: Tables) -> None:
    """Put nodes together that have one label in common, or one match."""
    of_labels = f"p IN ({listed(LABELS)})"
    tables.sql(
        f"""
        CREATE TABLE values_told AS SELECT CASE WHEN {of_labels} THEN {kind_of("label")} ELSE {kind_of("match")} END
            AS kind, s, o FROM (SELECT s, p, o FROM told UNION ALL SELECT s, p, o FROM ground)
          WHERE p IN ({listed((*LABELS, *SAME_THING))});
        INSERT INTO belongs SELECT DISTINCT v.kind, v.o, v.s FROM values_told v JOIN (
          SELECT kind, o FROM values_told GROUP BY kind, o HAVING count(DISTINCT s) > 1) b
          ON b.kind = v.kind AND b.o = v.o;
        DROP TABLE values_told
        """
    )


def _of_wholes(tables: Tables) -> None:
    """Put what is a part here and a whole there into a group, with two members of each of its wholes."""
    kind = kind_of("whole", "value")
    tables.sql(
        f"""
        CREATE TABLE belongings AS SELECT DISTINCT a.s, a.o AS thing, b.o AS whole, k.o AS class FROM told a
          JOIN told b ON b.s = a.s AND b.p = '{iri("hasObject")}'
          JOIN told k ON k.s = a.s AND k.p = '{TYPE}' AND k.o IN ({quoted(OF_WHOLES)})
          WHERE a.p = '{iri("hasSubject")}';
        CREATE TABLE amid AS SELECT DISTINCT x.thing FROM belongings x
          JOIN belongings y ON y.whole = x.thing AND y.class = x.class;
        INSERT INTO counted_names SELECT {kind}, thing, {bare("thing")} FROM amid;
        INSERT INTO belongs SELECT DISTINCT {kind}, thing, s FROM (
          SELECT thing, s FROM belongings SEMI JOIN amid USING (thing) UNION ALL
          SELECT m.thing, b.s FROM belongings b JOIN amid m ON m.thing = b.whole UNION ALL
          SELECT m.thing, z.s FROM amid m JOIN belongings y ON y.thing = m.thing JOIN (
            SELECT s, whole, class FROM (
              SELECT s, whole, class, row_number() OVER (PARTITION BY whole, class ORDER BY s) AS place
              FROM (SELECT DISTINCT s, whole, class FROM belongings)) WHERE place <= 2) z
            ON z.whole = y.whole AND z.class = y.class);
        DROP TABLE belongings; DROP TABLE amid
        """
    )


def _of_circles(tables: Tables) -> None:
    """Put claims together that outrank each other in a circle, or from which facts follow that make one."""
    groups = ((kind_of("outranking"), ("outranks",)), *((kind_of("circle"), of) for of in CIRCLES))
    whose = " ".join(
        f"WHEN p IN ({quoted(properties)}) THEN '{number}'"
        for number, (_, properties) in enumerate(groups)
    )
    every = quoted(tuple(name for _, properties in groups for name in properties))
    tables.sql(
        f"""
        CREATE TABLE steps AS SELECT DISTINCT CASE {whose} END AS ring, s, o, p FROM (
          SELECT s, p, o FROM facts WHERE g = '' UNION ALL SELECT s, p, o FROM told) WHERE p IN ({every})
        """
    )
    if _keep_circles(tables):
        outranking, circle = kind_of("outranking"), kind_of("circle")
        tables.sql(
            f"""
            INSERT INTO belongs SELECT DISTINCT {outranking}, '', s FROM steps WHERE ring = '0';
            INSERT INTO along SELECT {circle}, '', {LINE} FROM steps t WHERE ring != '0';
            INSERT INTO belongs SELECT DISTINCT {circle}, '', t.s FROM told t
              JOIN steps ON steps.s = t.o AND ring != '0' WHERE t.p = '{iri("hasSubject")}'
            """
        )
    tables.sql("DROP TABLE steps")


def _keep_circles(tables: Tables) -> bool:
    """Take away the steps that begin or end where nothing else does, again and again; return whether any are left."""
    before = -1
    while True:
        tables.sql(
            "CREATE OR REPLACE TABLE steps AS SELECT ring, s, o, p FROM steps "
            "SEMI JOIN (SELECT ring, s AS o FROM steps) x USING (ring, o) "
            "SEMI JOIN (SELECT ring, o AS s FROM steps) y USING (ring, s)"
        )
        steps = tables.sql(f"SELECT ring, s, o, p FROM steps LIMIT {_STEPS + 1}")
        if len(steps) <= _STEPS:
            left = _on_circles(steps)
            tables.sql(
                "CREATE OR REPLACE TABLE steps (ring VARCHAR, s VARCHAR, o VARCHAR, p VARCHAR)"
            )
            tables.insert("steps", left)
            return bool(left)
        [(now,)] = tables.sql("SELECT count(*) FROM steps")
        if now == before:
            return True
        before = now


def _on_circles(steps: list[Step]) -> list[Step]:
    """Return the steps that are left where the ends are taken off until none is left that can be."""
    while True:
        begun, ended = {step[:2] for step in steps}, {(step[0], step[2]) for step in steps}
        kept = [step for step in steps if (step[0], step[2]) in begun and step[:2] in ended]
        if len(kept) == len(steps):
            return sorted(kept)
        steps = kept


def bare(column: str) -> str:
    """Return SQL for an IRI without its brackets."""
    return f"substr({column}, 2, length({column}) - 2)"
