"""A statement in Athena's SQL: that it only reads, which tables it names, and how another engine says it."""

from __future__ import annotations

import difflib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from explore.access.engine import SCHEMAS, SERVING, TableName
from explore.errors import ExploreError, UnknownTableError

#: Athena's engine version 3 is Trino (Amazon Athena User Guide, "Athena engine version 3").
DIALECT = "athena"

#: Nodes that change something, wherever in a statement they are.
_WRITES = (
    exp.DML,
    exp.DDL,
    exp.Drop,
    exp.Alter,
    exp.Command,
    exp.Copy,
    exp.Into,
    exp.Set,
    exp.Pragma,
    exp.Use,
)

# It warns of every statement that it reads as a command, which is refused here.
logging.getLogger("sqlglot").setLevel(logging.ERROR)

_READ_ONLY = "ask with SELECT; SHOW TABLES and DESCRIBE <table> list names; only the pipeline changes tables"


@dataclass(frozen=True)
class Statement:
    """One SELECT, parsed. Nothing here is changed: each rewriting returns another statement."""

    tree: exp.Query

    @staticmethod
    def parse(sql: str) -> Statement:
        """Read one statement. Raises ExploreError with line and column, or when it does not only read."""
        try:
            found = [tree for tree in sqlglot.parse(sql, read=DIALECT) if tree is not None]
        except ParseError as error:
            raise _misspelt(error) from error
        except TokenError as error:
            raise ExploreError(
                "the statement cannot be read: a quotation mark or a comment is not closed",
                "close it, and ask again",
            ) from error
        if not found:
            raise ExploreError("there is no statement", 'write one, for example "select 1"')
        if len(found) > 1:
            raise ExploreError(f"there are {len(found)} statements", "ask one at a time")
        _require_read_only(found[0])
        assert isinstance(found[0], exp.Query)
        return Statement(found[0])

    def tables(self) -> list[exp.Table]:
        """Return the places in the tree that name a table: no names of the statement's own WITH."""
        own = {cte.alias_or_name.lower() for cte in self.tree.find_all(exp.CTE)}
        return [table for table in self.tree.find_all(exp.Table) if table.db or table.name.lower() not in own]

    def resolve(self, known: Sequence[TableName]) -> Statement:
        """Give every table its schema. Raises UnknownTableError with the nearest names."""
        tree = self.tree.copy()
        for table in Statement(tree).tables():
            found = _find(table, known)
            table.set("this", exp.to_identifier(found.name))
            table.set("db", exp.to_identifier(found.schema))
        for column in tree.find_all(exp.Column):
            # `curated.orders.order_id` is `orders.order_id`, whatever the schema is called where it is asked.
            column.set("db", None)
        return Statement(tree)

    def names(self) -> set[TableName]:
        """Return the tables of a resolved statement."""
        return {TableName(table.db, table.name) for table in self.tables()}

    def expand_serving(self, sql_of: Callable[[str], str]) -> Statement:
        """Put the query of each `serving.<dataset>` in the place of its name."""
        tree = self.tree.copy()
        for table in Statement(tree).tables():
            if table.db != SERVING:
                continue
            query = sqlglot.parse_one(sql_of(table.name), read=DIALECT)
            served = exp.Subquery(
                this=query, alias=exp.TableAlias(this=exp.to_identifier(table.alias_or_name))
            )
            if table.args.get("joins"):
                served.set("joins", table.args["joins"])
            table.replace(served)
        return Statement(tree)

    def in_databases(self, prefix: str) -> Statement:
        """Put a prefix before every schema: Glue's databases are called `<prefix>curated`."""
        tree = self.tree.copy()
        for table in Statement(tree).tables():
            # A column may be named with its table, which has no schema any more.
            if not table.alias:
                table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
            table.set("db", exp.to_identifier(f"{prefix}{table.db}"))
        return Statement(tree)

    def limited(self, rows: int) -> Statement:
        """Return the statement with at most so many rows; its order stays, and a limit that is no number."""
        tree = self.tree.copy()
        limit = tree.args.get("limit")
        asked = limit.args.get("expression") or limit.args.get("count") if limit is not None else None
        is_all = limit is None or isinstance(asked, exp.Var)
        is_more = isinstance(asked, exp.Literal) and asked.is_int and int(asked.name) > rows
        # FETCH FIRST ROW ONLY has no number. What is none may be fewer rows, or is the engine's to refuse.
        if not (is_all or is_more):
            return self
        tree.set("limit", exp.Limit(expression=exp.Literal.number(rows)))
        return Statement(tree)

    def named(self) -> Statement:
        """Name columns without a name as Athena does: `_col0`, by their position."""
        tree = self.tree.copy()
        first = tree if isinstance(tree, exp.Select) else tree.find(exp.Select)
        if first is not None and not any(column.is_star for column in first.expressions):
            columns = [
                column if column.output_name else exp.alias_(column, f"_col{position}")
                for position, column in enumerate(first.expressions)
            ]
            first.set("expressions", columns)
        return Statement(tree)

    def sql(self, dialect: str = DIALECT) -> str:
        """Return the statement in the dialect of an engine."""
        return self.tree.sql(dialect=dialect)


def _require_read_only(tree: exp.Expr) -> None:
    """Raise ExploreError when a statement does anything but read tables by their names."""
    writing = next(iter(tree.find_all(*_WRITES)), None)
    if not isinstance(tree, exp.Query):
        verb = tree.sql(dialect=DIALECT).split(maxsplit=1)[0]
    elif writing is not None:
        verb = writing.key
    else:
        verb = ""
    if verb:
        raise ExploreError(
            f"{verb.upper()} is refused: only statements that begin with SELECT or WITH are allowed",
            _READ_ONLY,
        )
    for table in tree.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            raise ExploreError(
                f"{table.sql(dialect=DIALECT)} is refused: it is not a table of the platform",
                f"read a table by its name, <schema>.<table>, with a schema of {', '.join(SCHEMAS)}",
            )


def _find(table: exp.Table, known: Sequence[TableName]) -> TableName:
    schema, name = table.db.lower(), table.name.lower()
    found = [one for one in known if one.name == name and schema in ("", one.schema)]
    if not schema and len(found) > 1:
        # A dataset that has a stream is in three schemas; without a schema the published one is meant.
        found = found[:1]
    if found and not table.catalog:
        return found[0]
    asked = table.sql(dialect=DIALECT)
    near = _nearest(f"{schema}.{name}", known)
    remedy = f"did you mean {' or '.join(near)}?" if near else f"use one of {', '.join(map(str, known))}"
    raise UnknownTableError(f"there is no table {asked}", remedy)


def _nearest(asked: str, known: Sequence[TableName]) -> list[str]:
    """Return up to three names that are like the one that was asked for, the likeliest first."""
    wanted = asked.lower().removeprefix(".")
    by_text = {str(one): one for one in known}
    near = difflib.get_close_matches(wanted, list(by_text), n=3, cutoff=0.6)
    last = wanted.rpartition(".")[2]
    for one in known:
        alike = difflib.SequenceMatcher(None, last, one.name).ratio()
        if alike >= 0.75 and str(one) not in near:  # noqa: PLR2004 - of difflib's similarity, 0 to 1
            near.append(str(one))
    return near[:3]


def _misspelt(error: ParseError) -> ExploreError:
    where = error.errors[0]
    line, column, word = where.get("line"), where.get("col"), where.get("highlight")
    return ExploreError(
        f"the statement cannot be read at line {line}, column {column}, near {word!r}",
        "correct it; the SQL is Athena's (docs/query.md)",
    )
