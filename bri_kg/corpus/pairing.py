"""Candidates for comparison in a corpus: which claims can be a pair, and the buckets in which their checks say so.

Checks that find all pairs about one thing or one whole look at all its claims together. Of a name, a number or
a kind, which many claims share, the pairs to be held against each other are made here, in tables; a bucket holds
the claims of some of them, so that it stays small however popular they are.
"""

from __future__ import annotations

from typing import Final

from bri_kg.corpus.bucket_tables import (
    AT_A_TIME,
    EVERY_PAIR,
    LINE,
    NAMED_PAIRS,
    TYPE,
    kind_of,
    quoted,
)
from bri_kg.corpus.bucketing import LABELS, bare
from bri_kg.corpus.bucketing import OF_ONE_THING as THINGS_OF_CHECKS
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


def fill_for_claims_alike(tables: Tables) -> None:
    """Say which claims are held against each other since they share a thing, by checks and among candidates."""
    _prepare(tables)
    _of_one(tables)
    _of_names(tables)
    _count(tables)
    _of_numbers(tables)
    _of_kinds(tables)
    _lay_beside(tables)


def _prepare(tables: Tables) -> None:
    """Make the tables of which things are of which class or place, told or not, and which source tells a claim."""
    within = f"p IN ('{TYPE}', '{iri('isWithin')}')"
    tables.sql(
        f"""
        CREATE TABLE placed AS SELECT s, p, o FROM told WHERE {within}
          UNION SELECT s, p, o FROM facts WHERE g = '' AND {within}
          UNION SELECT s, p, o FROM settled WHERE {within};
        CREATE TABLE stated AS SELECT DISTINCT s, source FROM nodes WHERE kind = 'claim' AND source IS NOT NULL
        """
    )


def _of_one(tables: Tables) -> None:
    """Put claims of one class together that share a thing; of candidates, where several sources tell them."""
    of_checks = kind_of("thing")
    looks = (
        (of_checks, "hasSubject", THINGS_OF_CHECKS),
        (kind_of("thing", EVERY_PAIR), "hasSubject", OF_ONE_THING),
        (kind_of("whole", EVERY_PAIR), "hasObject", OF_ONE_WHOLE),
    )
    rows = " UNION ALL ".join(
        f"SELECT {kind} AS kind, s, thing, class FROM parts_of_claims WHERE p = '{iri(part)}' "
        f"AND class IN ({quoted(classes)})"
        for kind, part, classes in looks
    )
    every = quoted(tuple(sorted({name for _, _, classes in looks for name in classes})))
    tables.sql(
        f"""
        CREATE TABLE parts_of_claims AS SELECT DISTINCT t.s, t.p, t.o AS thing, k.o AS class FROM told t
          JOIN told k ON k.s = t.s AND k.p = '{TYPE}'
          WHERE t.p IN ('{iri("hasSubject")}', '{iri("hasObject")}') AND k.o IN ({every});
        CREATE TABLE sharing AS {rows};
        INSERT INTO belongs SELECT DISTINCT x.kind, x.thing, x.s FROM sharing x JOIN (
            SELECT kind, thing, class FROM sharing LEFT JOIN stated USING (s) GROUP BY kind, thing, class
            HAVING count(DISTINCT CASE WHEN kind = {of_checks} THEN s ELSE source END) > 1) a
          ON a.kind = x.kind AND a.thing = x.thing AND a.class = x.class;
        DROP TABLE parts_of_claims; DROP TABLE sharing
        """
    )


def _of_names(tables: Tables) -> None:
    """Put the least claim of each name together with the least claim about what has a longer name."""
    labels = ", ".join(f"'<{name}>'" for name in LABELS)
    text = 'regexp_extract({0}, \'(?s)^"(.*)"[^"]*$\', 1)'
    lang = "regexp_extract({0}, '@([A-Za-z0-9-]+)$', 1)"
    opening = "split_part({0}, ' ', 1) || ' ' || split_part({0}, ' ', 2)"
    tables.sql(
        f"""
        CREATE TABLE called AS SELECT '<' || min({bare("c.s")}) || '>' AS s, t.o AS thing,
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
        CREATE TABLE involving AS SELECT t.o AS other, '<' || min({bare("t.s")}) || '>' AS value FROM told t
          JOIN (SELECT DISTINCT s FROM told WHERE p = '{iri("evidence")}') e ON e.s = t.s
          JOIN (SELECT DISTINCT other FROM begun) b ON b.other = t.o WHERE t.p IN ({_PARTS}) GROUP BY t.o;
        CREATE TABLE paired AS SELECT DISTINCT b.s AS one, i.value AS other, b.line
          FROM begun b JOIN involving i ON i.other = b.other
        """
    )
    _number(tables, "label")
    tables.sql(
        f"""
        INSERT INTO along SELECT DISTINCT n.kind, n.name, p.line FROM paired p
          JOIN numbered n ON n.one = p.one AND n.other = p.other;
        INSERT INTO along SELECT DISTINCT n.kind, n.name, {LINE} FROM numbered n
          JOIN told x ON x.o = n.one AND x.p = '{iri("compares")}'
          JOIN told y ON y.s = x.s AND y.p = '{iri("compares")}' JOIN told t ON t.s = y.o WHERE t.p IN ({_PARTS});
        DROP TABLE called; DROP TABLE labels; DROP TABLE begun; DROP TABLE involving; DROP TABLE paired;
        DROP TABLE numbered
        """
    )


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


def _of_numbers(tables: Tables) -> None:
    """Put counts of one number together: of one kind by thing; of others where things belong together, or by kind."""
    group = ("quantity", "kind", "measure", "body")
    tables.sql(
        f"""
        CREATE TABLE paired AS SELECT one, other FROM (
          SELECT c.centre AS one, '<' || min({bare("x.s")}) || '>' AS other
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
        INSERT INTO paired SELECT c.centre, '<' || min({bare("x.s")}) || '>'
          FROM {_centres("quantity", "measure")} c JOIN counted x ON {_same("quantity", "measure")}
          GROUP BY c.centre, c.quantity, c.measure, x.kind;
        """
    )
    _number(tables, "quantity")
    tables.sql(
        f"""
        INSERT INTO along SELECT DISTINCT n.kind, n.name, a.s || ' ' || p.p || ' ' || a.o || ' .' || chr(10)
            || a.s || ' ' || p.p || ' ' || b.o || ' .' || chr(10) FROM numbered n
          JOIN counts_of c ON c.s = n.one JOIN counts_of d ON d.s = n.other
          JOIN (SELECT x.o AS here, y.o AS there, min(x.s) AS s FROM tied x JOIN tied y ON y.s = x.s
                GROUP BY x.o, y.o) a0 ON a0.here = c.thing AND a0.there = d.thing
          JOIN tied a ON a.s = a0.s AND a.o = a0.here JOIN tied b ON b.s = a0.s AND b.o = a0.there
          CROSS JOIN (SELECT '{iri("involves")}' AS p) p;
        DROP TABLE tied; DROP TABLE near; DROP TABLE paired; DROP TABLE numbered
        """
    )


def _of_kinds(tables: Tables) -> None:
    """Put the least count of a kind together with the least of each other number that another source tells."""
    group = ("kind", "measure", "portion", "body")
    tables.sql(
        f"""
        CREATE TABLE paired AS SELECT c.centre AS one, '<' || min({bare("x.s")}) || '>' AS other
          FROM {_centres(*group)} c JOIN {_SIDES} x ON {_same(*group)}
          JOIN stated a ON a.s = c.centre JOIN stated b ON b.s = x.s AND b.source != a.source
          LEFT JOIN counted own ON own.s = c.centre AND own.quantity = x.quantity WHERE own.s IS NULL
          GROUP BY c.centre, {", ".join(f"c.{name}" for name in group)}, x.quantity
        """
    )
    _number(tables, "kind")
    tables.sql(
        f"""
        INSERT INTO along SELECT DISTINCT n.kind, n.name, {LINE} FROM numbered n
          JOIN (SELECT DISTINCT s, kind FROM counted) c ON c.s = n.one
          JOIN (SELECT s, p, o, row_number() OVER (PARTITION BY o ORDER BY s) AS place
                FROM (SELECT DISTINCT s, p, o FROM told WHERE p = '{iri("countedKind")}')) t
            ON t.o = c.kind AND t.place <= {_OFTEN};
        DROP TABLE paired; DROP TABLE numbered
        """
    )


def _centres(*group: str) -> str:
    """Return a table of the least count of each group; what is of no body has '' for one."""
    names = ", ".join(group)
    if "body" not in group:
        return f"(SELECT {names}, '<' || min({bare('s')}) || '>' AS centre FROM counted GROUP BY {names})"
    return (
        f"(SELECT {names}, '<' || min({bare('s')}) || '>' AS centre FROM (SELECT c.*, coalesce(o.body, '') "
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


def _number(tables: Tables, key: str) -> None:
    """Put the pairs into groups: those of one claim stand together, where they are not many."""
    one, other = bare("one"), bare("other")
    tables.sql(
        f"""
        CREATE TABLE numbered AS SELECT {kind_of(key, NAMED_PAIRS)} AS kind, one, other,
            CASE WHEN count(*) OVER (PARTITION BY one) > {AT_A_TIME // 4} THEN one || other ELSE one END AS name
          FROM (SELECT DISTINCT one, other FROM paired WHERE one != other);
        INSERT INTO belongs SELECT kind, name, one FROM numbered UNION ALL SELECT kind, name, other FROM numbered;
        INSERT INTO counted_names
          SELECT kind, name, least({one}, {other}) || '|' || greatest({one}, {other}) FROM numbered
        """
    )


def _lay_beside(tables: Tables) -> None:
    """Make the table of which bodies the things are members of that claims count."""
    tables.sql(
        f"""
        CREATE TABLE beside_counts AS SELECT DISTINCT c.s, b.claim || ' {TYPE} {iri("MembershipClaim")} .' || chr(10)
            || b.claim || ' {iri("hasSubject")} ' || b.item || ' .' || chr(10)
            || b.claim || ' {iri("hasObject")} ' || b.body || ' .' || chr(10)
            || b.body || ' {TYPE} {iri("Organization")} .' || chr(10) AS line
          FROM counts_of c JOIN belonging b ON b.item = c.thing;
        DROP TABLE stated; DROP TABLE counted; DROP TABLE counts_of; DROP TABLE bodies;
        DROP TABLE belonging; DROP TABLE owned
        """
    )
