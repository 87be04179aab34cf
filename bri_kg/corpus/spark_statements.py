"""Statements in the SQL of DuckDB, as Spark reads them: sqlglot translates, names of tables become those of views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlglot import expressions as exp


def parsed(statement: str) -> list[exp.Expr]:
    """Return the statements of a text."""
    import sqlglot

    return [one for one in sqlglot.parse(statement, read="duckdb") if one is not None]


def tables_in(one: exp.Expr) -> Counter[str]:
    """Return the tables that a statement asks, and how often it does."""
    from sqlglot import expressions as exp

    own = {table.alias for table in one.find_all(exp.CTE)}
    return Counter(table.name for table in one.find_all(exp.Table) if table.name not in own)


def copy_of(one: exp.Expr) -> str | None:
    """Return the table of which a statement asks everything as it stands, if that is what it does."""
    bare = one.sql(dialect="duckdb")
    return next((name for name in tables_in(one) if bare == f"SELECT * FROM {name}"), None)


def without_order(one: exp.Expr) -> exp.Expr:
    """Return what a table is made of without its order, which says in DuckDB how it lies on the disk.

    Spark would ask for everything twice, to learn how to deal it out.
    """
    bare = one.copy()
    if not bare.args.get("limit"):
        bare.set("order", None)
    return bare


def in_spark(one: exp.Expr, views: Mapping[str, str]) -> str:
    """Return a statement as Spark reads it, over views in place of tables."""
    from sqlglot import expressions as exp

    written = one.copy()
    for table in list(written.find_all(exp.Table)):
        if (name := table.name) in views:
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(name)))
            table.set("this", exp.to_identifier(views[name]))
    # Inner ones first, since an outer one is written anew.
    for number, within in enumerate(reversed(list(written.find_all(exp.In)))):
        if within.args.get("query"):
            within.replace(_as_join(within, f"among_{number}"))
    return written.sql(dialect="spark", identify=True)


def _as_join(within: exp.In, name: str) -> exp.Expr:
    """Return `IN (SELECT …)` as `EXISTS`, which Spark joins by hashes; our columns are never null.

    Of what is denied it makes a join of all rows with all rows, for the sake of nulls.
    """
    import sqlglot

    query = within.args["query"].sql(dialect="duckdb")
    sought = within.this.sql(dialect="duckdb")
    made: exp.Expr = sqlglot.parse_one(
        f"EXISTS (SELECT 1 FROM {query} AS {name}({name}_is) WHERE {name}_is = {sought})",
        read="duckdb",
    )
    return made
