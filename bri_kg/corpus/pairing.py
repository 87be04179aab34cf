"""Candidates for comparison in a corpus: which claims can be a pair, and the buckets in which their checks say so.

Checks that find all pairs about one thing or one whole look at all its claims together. Of a name, a number or
a kind, which many claims share, the pairs to be held against each other are made here, in tables; a bucket holds
the claims of some of them, so that it stays small however popular they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bri_kg.corpus.bucketing import (
    AT_A_TIME,
    EVERY_PAIR,
    LABELS,
    LINE,
    NAMED_PAIRS,
    TYPE,
    Bucket,
    as_name,
    parts_of_members,
    quoted,
)
from bri_kg.corpus.part_of_corpus import Part
from bri_kg.corpus.sharing_out import iri
from bri_kg.corpus.tables import Tables
from bri_kg.names import PREFIXES

# Classes of claims that candidates hold against each other where they are about one thing, or of one whole.
OF_ONE_THING: Final = (
    "CreationClaim", "DocumentClaim", "EventClaim", "LocationClaim", "MembershipClaim", "NameClaim",
    "PositionClaim", "QuantityClaim", "StructureClaim", "SupportClaim",
)  # fmt: skip
OF_ONE_WHOLE: Final = ("MembershipClaim", "PositionClaim", "StructureClaim")
# So many claims tell a check that a kind is counted often.
_OFTEN: Final = 5
_ABOVE: Final = f"<{PREFIXES['rdfs']}subPropertyOf>"
_BARE: Final = "substr({0}, 2, length({0}) - 2)"


def buckets_of_candidates(tables: Tables) -> Iterator[Bucket]:
    """Yield the buckets of every key by which candidates are looked for."""
    _prepare(tables)
    yield from _of_one(tables, "thing", "hasSubject", OF_ONE_THING)
    yield from _of_one(tables, "whole", "hasObject", OF_ONE_WHOLE)
    yield from _of_names(tables)
    _count(tables)
    yield from _of_numbers(tables)
    yield from _of_kinds(tables)


def _prepare(tables: Tables) -> None:
    """Make the tables of which things are of which class or place, told or not, and which source tells a claim."""
    within = f"p IN ('{TYPE}', '{iri('isWithin')}')"
    tables.sql(
        f"""
        CREATE TABLE placed AS SELECT s, p, o FROM told WHERE {within}
          UNION SELECT s, p, o FROM facts WHERE g = '' AND {within}
          UNION SELECT s, p, o FROM settled WHERE {within};
        CREATE TABLE stated AS SELECT DISTINCT s, source FROM nodes WHERE kind = 'claim' AND source IS NOT NULL;
        CREATE TABLE extra (bucket BIGINT, line VARCHAR)
        """
    )


def _of_one(tables: Tables, key: str, part: str, classes: tuple[str, ...]) -> Iterator[Bucket]:
    """Yield claims of one class that share a thing in one part, where several sources tell them."""
    tables.sql(
        f"""
        CREATE TABLE sharing AS SELECT DISTINCT t.s, t.o AS thing, k.o AS class FROM told t
          JOIN told k ON k.s = t.s AND k.p = '{TYPE}'
          WHERE t.p = '{iri(part)}' AND k.o IN ({quoted(classes)});
        CREATE TABLE shared AS SELECT thing, class, count(DISTINCT x.s) AS n FROM sharing x JOIN stated USING (s)
          GROUP BY thing, class HAVING count(DISTINCT source) > 1;
        CREATE TABLE members AS SELECT DISTINCT x.s, b.bucket FROM sharing x
          JOIN shared a ON a.thing = x.thing AND a.class = x.class
          JOIN (SELECT thing, sum(n) OVER (ORDER BY thing ROWS UNBOUNDED PRECEDING) // {AT_A_TIME} AS bucket
                FROM (SELECT thing, sum(n) AS n FROM shared GROUP BY thing)) b ON b.thing = x.thing
        """
    )
    yield from _made(tables, key, pairs=False)
    tables.sql("DROP TABLE sharing; DROP TABLE shared")


def _of_names(tables: Tables) -> Iterator[Bucket]:
    """Yield the least claim of each name with the least claim about what has a longer name."""
    labels = ", ".join(f"'<{name}>'" for name in LABELS)
    text = 'regexp_extract({0}, \'(?s)^"(.*)"[^"]*$\', 1)'
    lang = "regexp_extract({0}, '@([A-Za-z0-9-]+)$', 1)"
    opening = "split_part({0}, ' ', 1) || ' ' || split_part({0}, ' ', 2)"
    tables.sql(
        f"""
        CREATE TABLE called AS SELECT '<' || min({_BARE.format("c.s")}) || '>' AS s, t.o AS thing,
            lower({text.format("n.o")}) || ' ' AS name, {lang.format("n.o")} AS lang FROM told c
          JOIN told t ON t.s = c.s AND t.p = '{iri("hasSubject")}' JOIN told n ON n.s = c.s AND n.p = '{iri("name")}'
          WHERE c.p = '{TYPE}' AND c.o = '{iri("NameClaim")}' AND contains({text.format("n.o")}, ' ')
          GROUP BY t.o, n.o;
        CREATE TABLE labels AS SELECT s, line, label, lang, {opening.format("label")} AS opening FROM (
          SELECT DISTINCT t.s, {LINE} AS line, lower({text.format("t.o")}) || ' ' AS label, {lang.format("t.o")} AS lang
          FROM (SELECT s, p, o FROM told UNION ALL SELECT s, p, o FROM ground) t WHERE p IN ({labels}));
        CREATE TABLE begun AS SELECT DISTINCT c.s, l.s AS other, l.line FROM
          (SELECT s, thing, name, lang, {opening.format("name")} AS opening FROM called) c
          JOIN labels l ON l.opening = c.opening AND l.lang = c.lang
          WHERE l.s != c.thing AND l.label != c.name AND starts_with(l.label, c.name);
        CREATE TABLE involving AS SELECT t.o AS other, '<' || min({_BARE.format("t.s")}) || '>' AS value FROM told t
          JOIN (SELECT DISTINCT s FROM told WHERE p = '{iri("evidence")}') e ON e.s = t.s
          JOIN (SELECT DISTINCT other FROM begun) b ON b.other = t.o WHERE t.p IN ({_PARTS}) GROUP BY t.o;
        CREATE TABLE paired AS SELECT DISTINCT b.s AS one, i.value AS other, b.line
          FROM begun b JOIN involving i ON i.other = b.other
        """
    )
    _number(tables)
    tables.sql(
        f"""
        INSERT INTO extra SELECT DISTINCT n.bucket, p.line FROM paired p
          JOIN numbered n ON n.one = p.one AND n.other = p.other;
        INSERT INTO extra SELECT DISTINCT n.bucket, {LINE} FROM numbered n
          JOIN told x ON x.o = n.one AND x.p = '{iri("compares")}'
          JOIN told y ON y.s = x.s AND y.p = '{iri("compares")}' JOIN told t ON t.s = y.o WHERE t.p IN ({_PARTS})
        """
    )
    yield from _made(tables, "label")
    tables.sql("DROP TABLE called; DROP TABLE labels; DROP TABLE begun; DROP TABLE involving")


def _count(tables: Tables) -> None:
    """Make the tables of counts, of bodies with what belongs to them, and of which body each count is."""
    counted = " ".join(
        f"{how} (SELECT s, o AS {name} FROM told WHERE p = '{iri(part)}') {name}s ON {name}s.s = c.s"
        for how, name, part in (
            ("JOIN", "kind", "countedKind"), ("JOIN", "quantity", "hasQuantity"),
            ("LEFT JOIN", "unit", "unit"), ("LEFT JOIN", "per", "perKind"),
        )
    )  # fmt: skip
    body = iri("Organization")
    tables.sql(
        f"""
        CREATE TABLE counted AS SELECT DISTINCT c.s, kind, quantity,
            coalesce(unit, '') AS measure, coalesce(per, '') AS portion
          FROM told c {counted} WHERE c.p = '{TYPE}' AND c.o = '{iri("QuantityClaim")}';
        CREATE TABLE counts_of AS SELECT DISTINCT t.s, t.o AS thing FROM told t
          JOIN (SELECT DISTINCT s FROM counted) c ON c.s = t.s WHERE t.p = '{iri("hasSubject")}';
        CREATE TABLE bodies AS SELECT DISTINCT s FROM placed WHERE p = '{TYPE}'
          AND (o = '{body}' OR o IN (SELECT lower FROM above WHERE upper = '{body}'));
        CREATE TABLE belonging AS SELECT a.o AS item, b.o AS body, min(c.s) AS claim FROM told c
          JOIN told a ON a.s = c.s AND a.p = '{iri("hasSubject")}'
          JOIN told b ON b.s = c.s AND b.p = '{iri("hasObject")}' JOIN bodies o ON o.s = b.o
          WHERE c.p = '{TYPE}' AND c.o = '{iri("MembershipClaim")}' GROUP BY a.o, b.o;
        CREATE TABLE owned AS SELECT c.s, c.thing AS body FROM counts_of c JOIN bodies b ON b.s = c.thing
          UNION SELECT c.s, b.body FROM counts_of c JOIN belonging b ON b.item = c.thing
        """
    )


def _of_numbers(tables: Tables) -> Iterator[Bucket]:
    """Yield counts of one number: of one kind by thing; of other kinds where things belong together, or by kind."""
    group = ("quantity", "kind", "measure", "body")
    tables.sql(
        f"""
        CREATE TABLE paired AS SELECT one, other FROM (
          SELECT c.centre AS one, '<' || min({_BARE.format("x.s")}) || '>' AS other
          FROM {_centres(*group)} c JOIN {_SIDES} x ON {_same(*group)} JOIN counts_of t ON t.s = x.s
          WHERE NOT EXISTS (SELECT 1 FROM counts_of a JOIN counts_of b ON b.thing = a.thing
                            WHERE a.s = c.centre AND b.s = x.s)
          GROUP BY c.centre, {", ".join(f"c.{name}" for name in group)}, t.thing);
        CREATE TABLE tied AS SELECT DISTINCT s, o FROM told
          WHERE p IN ({_PARTS}) AND o IN (SELECT thing FROM counts_of);
        CREATE TABLE near AS SELECT thing AS here, thing AS there FROM counts_of
          UNION SELECT a.o, b.o FROM tied a JOIN tied b ON b.s = a.s WHERE a.o != b.o;
        INSERT INTO paired SELECT a.s, b.s FROM counted a JOIN counts_of t ON t.s = a.s
          JOIN near ON here = t.thing JOIN counts_of u ON u.thing = there
          JOIN counted b ON b.s = u.s AND b.quantity = a.quantity AND b.measure = a.measure WHERE a.kind != b.kind;
        INSERT INTO paired SELECT c.centre, '<' || min({_BARE.format("x.s")}) || '>'
          FROM {_centres("quantity", "measure")} c JOIN counted x ON {_same("quantity", "measure")}
          GROUP BY c.centre, c.quantity, c.measure, x.kind;
        """
    )
    _number(tables)
    _lay_bodies_beside(tables)
    tables.sql(
        f"""
        INSERT INTO extra SELECT DISTINCT n.bucket, a.s || ' ' || p.p || ' ' || a.o || ' .' || chr(10)
            || a.s || ' ' || p.p || ' ' || b.o || ' .' || chr(10) FROM numbered n
          JOIN counts_of c ON c.s = n.one JOIN counts_of d ON d.s = n.other
          JOIN (SELECT x.o AS here, y.o AS there, min(x.s) AS s FROM tied x JOIN tied y ON y.s = x.s
                GROUP BY x.o, y.o) a0 ON a0.here = c.thing AND a0.there = d.thing
          JOIN tied a ON a.s = a0.s AND a.o = a0.here JOIN tied b ON b.s = a0.s AND b.o = a0.there
          CROSS JOIN (SELECT '{iri("involves")}' AS p) p
        """
    )
    yield from _made(tables, "quantity")
    tables.sql("DROP TABLE tied")


def _of_kinds(tables: Tables) -> Iterator[Bucket]:
    """Yield the least count of a kind with the least of each other number that another source tells."""
    group = ("kind", "measure", "portion", "body")
    tables.sql(
        f"""
        CREATE TABLE paired AS SELECT c.centre AS one, '<' || min({_BARE.format("x.s")}) || '>' AS other
          FROM {_centres(*group)} c JOIN {_SIDES} x ON {_same(*group)}
          JOIN stated a ON a.s = c.centre JOIN stated b ON b.s = x.s AND b.source != a.source
          LEFT JOIN counted own ON own.s = c.centre AND own.quantity = x.quantity WHERE own.s IS NULL
          GROUP BY c.centre, {", ".join(f"c.{name}" for name in group)}, x.quantity
        """
    )
    _number(tables)
    _lay_bodies_beside(tables)
    tables.sql(
        f"""
        INSERT INTO extra SELECT DISTINCT n.bucket, {LINE} FROM numbered n
          JOIN (SELECT DISTINCT s, kind FROM counted) c ON c.s = n.one
          JOIN (SELECT s, p, o, row_number() OVER (PARTITION BY o ORDER BY s) AS place
                FROM (SELECT DISTINCT s, p, o FROM told WHERE p = '{iri("countedKind")}')) t
            ON t.o = c.kind AND t.place <= {_OFTEN}
        """
    )
    yield from _made(tables, "kind")


def _centres(*group: str) -> str:
    """Return a table of the least count of each group; what is of no body has '' for one."""
    names = ", ".join(group)
    if "body" not in group:
        return f"(SELECT {names}, '<' || min({_BARE.format('s')}) || '>' AS centre FROM counted GROUP BY {names})"
    return (
        f"(SELECT {names}, '<' || min({_BARE.format('s')}) || '>' AS centre FROM (SELECT c.*, coalesce(o.body, '') "
        f"AS body FROM counted c LEFT JOIN owned o ON o.s = c.s) GROUP BY {names})"
    )


# Counts under each body that they are of, and under none: so they are held against the least of these.
_SIDES: Final = (
    "(SELECT c.*, o.body FROM counted c JOIN owned o ON o.s = c.s "
    "UNION ALL SELECT c.*, '' AS body FROM counted c)"
)
# The properties whose values a claim involves (queries/links).
_PARTS: Final = f"SELECT s FROM ground WHERE p = '{_ABOVE}' AND o = '{iri('involves')}'"


def _same(*group: str) -> str:
    return " AND ".join(f"x.{name} = c.{name}" for name in group)


def _number(tables: Tables) -> None:
    """Set the pairs apart: those that belong together stand beside each other, and the claims are the members."""
    tables.sql(
        f"""
        CREATE TABLE numbered AS SELECT one, other, (row_number() OVER (ORDER BY one, other) - 1) // {AT_A_TIME // 4}
            AS bucket FROM (SELECT DISTINCT one, other FROM paired WHERE one != other);
        CREATE TABLE members AS SELECT one AS s, bucket FROM numbered UNION SELECT other, bucket FROM numbered
        """
    )


def _lay_bodies_beside(tables: Tables) -> None:
    """Put beside the counts which bodies the things are members of that they count."""
    tables.sql(
        f"""
        INSERT INTO extra SELECT DISTINCT m.bucket, b.claim || ' {TYPE} {iri("MembershipClaim")} .' || chr(10)
            || b.claim || ' {iri("hasSubject")} ' || b.item || ' .' || chr(10)
            || b.claim || ' {iri("hasObject")} ' || b.body || ' .' || chr(10)
            || b.body || ' {TYPE} {iri("Organization")} .' || chr(10)
          FROM members m JOIN counts_of c ON c.s = m.s JOIN belonging b ON b.item = c.thing
        """
    )


def _made(tables: Tables, key: str, *, pairs: bool = True) -> Iterator[Bucket]:
    """Yield each bucket of `members`, with what is `extra`, and the classes and places of what its claims name."""
    tables.sql(
        f"""
        INSERT INTO extra SELECT DISTINCT m.bucket, {LINE} FROM members m
          JOIN told x ON x.s = m.s JOIN placed t ON t.s = x.o
        """
    )
    for number, part in parts_of_members(tables):
        lines = tables.sql("SELECT DISTINCT line FROM extra WHERE bucket = ?", number)
        whole = Part(part.told, part.beside + "".join(line for (line,) in lines).encode())
        if not pairs:
            yield Bucket(key, whole, EVERY_PAIR)
            continue
        rows = tables.sql("SELECT one, other FROM numbered WHERE bucket = ?", number)
        names = frozenset(as_name(one[1:-1], other[1:-1]) for one, other in rows)
        yield Bucket(key, whole, NAMED_PAIRS, names)
    tables.sql("DROP TABLE extra; CREATE TABLE extra (bucket BIGINT, line VARCHAR)")
    if pairs:
        tables.sql("DROP TABLE numbered; DROP TABLE paired")
