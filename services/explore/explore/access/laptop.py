"""SQL on this machine: DuckDB over the Iceberg tables of a lake's folders."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import duckdb_extension_avro
import duckdb_extension_iceberg
import pyarrow as pa
from sqlglot import exp

from explore.access.contracts import Contract
from explore.access.differences import BY_ZERO, MACROS, for_duckdb
from explore.access.engine import LIVE, Result, TableName
from explore.access.pointer import Published, read_pointer
from explore.access.serving import served_sql, with_serving
from explore.access.statement import Statement
from explore.access.types import align
from explore.errors import ExploreError, NotPublishedError

#: Tables of streams that only the streaming job reads.
_INTERNAL = "_versions"

#: Rows that are read at once when there is a limit.
_BATCH_ROWS = 10_000

#: Words before the message that say which part of DuckDB found the error.
_KINDS = (
    "Binder Error: ",
    "Catalog Error: ",
    "Conversion Error: ",
    "Parser Error: ",
    "Invalid Input Error: ",
)


class Laptop:
    """An engine over a lake in a folder. A statement reads the snapshots that are published as it begins."""

    def __init__(self, lake: Path, contracts: Mapping[str, Contract]) -> None:
        """Bind to a lake; nothing is read yet."""
        self.lake = lake.resolve()
        self._contracts = contracts

    @property
    def place(self) -> str:
        """Return the folder."""
        return str(self.lake)

    @property
    def version(self) -> str:
        """Return the run that published, and the snapshots of the live tables."""
        snapshots = self._snapshots()
        return " ".join(f"{name}@{snapshot}" for name, snapshot in sorted(snapshots.items(), key=str))

    def tables(self) -> list[TableName]:
        """Return every table. Raises NotPublishedError when there is none."""
        return with_serving(self._snapshots(), self._contracts)

    def query(self, sql: str, limit: int | None = None) -> Result:
        """Return the rows of a statement. Raises ExploreError."""
        began = time.monotonic()
        statement = Statement.parse(sql)
        snapshots = self._snapshots()
        known = with_serving(snapshots, self._contracts)
        statement = statement.resolve(known).named()
        statement = statement.expand_serving(lambda name: served_sql(name, snapshots, self._contracts))
        statement, snapshots = _as_of(for_duckdb(statement), snapshots)
        connection = _connect(self.lake)
        try:
            self._make_views(connection, statement, snapshots)
            table, has_more = _run(connection, statement, limit)
            # A count that Iceberg's metadata answers opens no data file.
            scanned = json.loads(connection.get_profiling_information("json")).get("total_bytes_read", 0)
        except duckdb.Error as error:
            raise _explained(error) from error
        finally:
            connection.close()
        return Result(table, has_more, scanned, time.monotonic() - began)

    def _snapshots(self) -> dict[TableName, str]:
        """Return the snapshot of every table; the live ones are looked up before the pointer."""
        live = {
            TableName(LIVE, folder.parent.name): snapshot
            for folder in sorted((self.lake / LIVE).glob("*/metadata"))
            if not folder.parent.name.endswith(_INTERNAL) and (snapshot := _current_snapshot(folder))
        }
        try:
            published = read_pointer(self.lake)
        except NotPublishedError:
            if not live:
                raise
            published = Published("", "", "")
        return {**published.snapshots, **live}

    def _make_views(
        self, connection: duckdb.DuckDBPyConnection, statement: Statement, snapshots: Mapping[TableName, str]
    ) -> None:
        for name in statement.names():
            folder = str(self.lake / name.schema / name.name.partition("@")[0]).replace("'", "''")
            connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{name.schema}"')
            # A lake may be copied or moved: its metadata names the files where they were written.
            connection.execute(
                f'CREATE VIEW "{name.schema}"."{name.name}" AS SELECT * FROM iceberg_scan('
                f"'{folder}', snapshot_from_id = {int(snapshots[name])}, allow_moved_paths = true)"
            )


def _current_snapshot(folder: Path) -> str:
    """Return what is current by the newest metadata of a table; empty before its first commit."""
    files = [(int(path.name[1:].partition(".")[0]), path) for path in folder.glob("v*.metadata.json")]
    if not files:
        return ""
    snapshot = json.loads(max(files)[1].read_text()).get("current-snapshot-id")
    # Tables without a snapshot have none, or -1 in metadata of older writers (Iceberg table spec).
    return "" if snapshot in (None, -1) else str(snapshot)


def _as_of(
    statement: Statement, snapshots: Mapping[TableName, str]
) -> tuple[Statement, dict[TableName, str]]:
    """Read `FOR VERSION AS OF <number>`, which DuckDB does not know, as a view of that snapshot."""
    tree, found = statement.tree.copy(), dict(snapshots)
    for table in Statement(tree).tables():
        version = table.args.get("version")
        if version is None:
            continue
        number = version.args.get("expression")
        if (
            version.name.upper() != "VERSION"
            or not isinstance(number, exp.Literal)
            or not number.name.isdigit()
        ):
            raise ExploreError(
                f"{table.sql()}: on a laptop a table is read as of the number of a snapshot",
                "write FOR VERSION AS OF <number>; runs/run=<id>/*.json have the numbers",
            )
        name = TableName(table.db, f"{table.name}@{number.name}")
        found[name] = number.name
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(table.name)))
        table.set("version", None)
        table.set("this", exp.to_identifier(name.name, quoted=True))
    return Statement(tree), found


def _connect(lake: Path) -> duckdb.DuckDBPyConnection:
    """Return a database in memory that can read files of the lake and nothing else."""
    offline: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(config=offline)
    for package, name in ((duckdb_extension_avro, "avro"), (duckdb_extension_iceberg, "iceberg")):
        (folder,) = package.__path__
        (extension,) = Path(folder).glob(f"extensions/*/{name}.duckdb_extension")
        connection.load_extension(str(extension))
    folder = str(lake).replace("'", "''")
    for setting in (
        "TimeZone = 'UTC'",
        # 7 / 2 is 3, as in Athena.
        "integer_division = true",
        "enable_profiling = 'no_output'",
        f"allowed_directories = ['{folder}/']",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    for macro in MACROS:
        connection.execute(macro)
    return connection


def _run(
    connection: duckdb.DuckDBPyConnection, statement: Statement, limit: int | None
) -> tuple[pa.Table, bool]:
    """Return the rows, and whether a limit left some out."""
    bounded = statement if limit is None else statement.limited(limit + 1)
    relation = connection.sql(bounded.sql("duckdb"))
    wide = [position for position, kind in enumerate(relation.types) if str(kind) == "HUGEINT"]
    table = relation.to_arrow_table(_BATCH_ROWS)
    has_more = limit is not None and table.num_rows > limit
    if has_more:
        table = table.slice(0, limit)
    try:
        for position in wide:
            # A sum of integers is a bigint in Athena.
            column = table.column(position).cast(pa.int64())
            table = table.set_column(position, table.schema.field(position).name, column)
        return align(table), has_more
    except pa.ArrowInvalid as error:
        raise ExploreError(
            f"a value of the result is beyond what its type in Athena holds: {error}",
            "cast what is computed to double, or to a decimal",
        ) from error


def _explained(error: duckdb.Error) -> ExploreError:
    """Return DuckDB's error: what is wrong, and the names that it proposes as the remedy."""
    text = str(error).strip()
    if BY_ZERO in text:
        return ExploreError("division by zero, as in Athena", "write nullif(<divisor>, 0), which gives NULL")
    for kind in _KINDS:
        text = text.removeprefix(kind)
    lines = text.split("\n\nLINE", 1)[0].splitlines()
    proposed = [line for line in lines[1:] if line.startswith(("Candidate", "Did you mean"))]
    remedy = proposed[0] if proposed else "correct the statement; the SQL is Athena's (docs/query.md)"
    return ExploreError(lines[0] if lines else text, remedy)
