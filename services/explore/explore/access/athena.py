"""SQL on AWS: Athena in the workgroup of an environment, over the tables of its Glue databases."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pyarrow as pa
from botocore.exceptions import BotoCoreError, ClientError
from pyathena import connect
from pyathena.error import Error as AthenaError
from pyathena.s3fs.cursor import S3FSCursor
from sqlglot import exp

from explore.access.contracts import Contract
from explore.access.engine import CURATED, LIVE, MARTS, Result, TableName
from explore.access.place import AthenaPlace
from explore.access.serving import served_sql, with_serving
from explore.access.statement import Statement
from explore.access.types import type_of
from explore.errors import ExploreError, NotPublishedError

#: Athena reuses results for seven days at most (Amazon Athena User Guide, "Reuse query results").
_LONGEST_REUSE = timedelta(days=7)

#: Results are reused that are younger than the last commit by at least this: clocks of AWS may differ.
_MARGIN = timedelta(minutes=1)

#: Seconds between two questions whether a query has ended.
_POLL_SECONDS = 0.5

#: Rows that are read at once.
_BATCH_ROWS = 50_000

#: Functions whose value is another one each time.
_CHANGING = (exp.CurrentTimestamp, exp.CurrentDate, exp.CurrentTime, exp.Rand, exp.Uuid)

_EXPIRED = {"ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId"}


@dataclass(frozen=True)
class _Known:
    """A table in Glue: its current metadata file, and when that last changed."""

    metadata: str
    updated: datetime


class Athena:
    """An engine over the tables of an environment. Results are reused until one of their tables changes."""

    def __init__(
        self, place: AthenaPlace, contracts: Mapping[str, Contract], session: boto3.Session | None = None
    ) -> None:
        """Bind to an environment; nothing is asked yet. `session` has the credentials."""
        self._place = place
        self._contracts = contracts
        self._session = session or boto3.Session(region_name=place.region)

    @property
    def place(self) -> str:
        """Return the workgroup and its region."""
        return f"{self._place.workgroup} in {self._place.region}"

    @property
    def version(self) -> str:
        """Return a digest of the metadata files that are current."""
        files = sorted(f"{name} {known.metadata}" for name, known in self._known().items())
        return hashlib.sha256("\n".join(files).encode()).hexdigest()

    def tables(self) -> list[TableName]:
        """Return every table. Raises NotPublishedError when there is none."""
        return with_serving(self._known(), self._contracts)

    def query(self, sql: str, limit: int | None = None) -> Result:
        """Return the rows of a statement. Raises ExploreError."""
        began = time.monotonic()
        statement = Statement.parse(sql)
        known = self._known()
        statement = statement.resolve(with_serving(known, self._contracts))
        statement = statement.expand_serving(lambda name: served_sql(name, known, self._contracts))
        reuse = _reuse_minutes(statement, known, datetime.now(UTC))
        if limit is not None:
            statement = statement.limited(limit + 1)
        found = self._run(statement.in_databases(self._place.database_prefix).sql(), reuse)
        has_more = limit is not None and found.table.num_rows > limit
        rows = found.table.slice(0, limit) if has_more else found.table
        return Result(rows, has_more, found.bytes_scanned, time.monotonic() - began, found.from_cache)

    def _run(self, sql: str, reuse_minutes: int) -> Result:
        with _explained(self.place):
            connection = connect(
                work_group=self._place.workgroup,
                region_name=self._place.region,
                s3_staging_dir=self._place.results,
                session=self._session,
                poll_interval=_POLL_SECONDS,
                cursor_class=S3FSCursor,
            )
            with connection.cursor() as cursor:
                cursor.execute(
                    sql, result_reuse_enable=reuse_minutes > 0, result_reuse_minutes=max(reuse_minutes, 1)
                )
                reused = bool(cursor.reused_previous_result)
                return Result(_rows(cursor), False, cursor.data_scanned_in_bytes, 0, reused)

    def _known(self) -> dict[TableName, _Known]:
        with _explained(self.place):
            glue = self._session.client("glue")
            known = {
                TableName(schema, table["Name"]): _Known(
                    table.get("Parameters", {}).get("metadata_location", ""),
                    table.get("UpdateTime", datetime.now(UTC)),
                )
                for schema in (CURATED, MARTS, LIVE)
                for table in _tables_of(glue, f"{self._place.database_prefix}{schema}")
            }
        if not known:
            raise NotPublishedError(
                f"{self.place}: the databases {self._place.database_prefix}* have no tables yet",
                "run the pipeline there: the first run that publishes makes them (docs/catalog.md)",
            )
        return known


def _rows(cursor: S3FSCursor) -> pa.Table:
    """Return the rows of a query. PyAthena tells an empty text from NULL by the quotation marks."""
    schema = pa.schema(
        [
            (name, type_of(kind, precision or 0, scale or 0))
            for name, kind, _, _, precision, scale, _ in cursor.description or []
        ]
    )
    batches = []
    while rows := cursor.fetchmany(_BATCH_ROWS):
        columns = [
            pa.array([_value(value, field.type) for value in values], field.type)
            for field, values in zip(schema, zip(*rows, strict=True), strict=True)
        ]
        batches.append(pa.record_batch(columns, schema=schema))
    return pa.Table.from_batches(batches, schema)


def _value(value: Any, kind: pa.DataType) -> Any:
    if pa.types.is_string(kind) and not isinstance(value, str | None):
        return json.dumps(value, default=str)
    return value


def _tables_of(glue: Any, database: str) -> Iterator[Mapping[str, Any]]:
    """Return the tables of a database; none where there is no such database."""
    try:
        for page in glue.get_paginator("get_tables").paginate(DatabaseName=database):
            yield from page["TableList"]
    except glue.exceptions.EntityNotFoundException:
        return


def _reuse_minutes(statement: Statement, known: Mapping[TableName, _Known], now: datetime) -> int:
    """Return how old a result may be: no older than the last commit to one of its tables.

    Athena itself does not look whether the tables have changed.
    """
    if next(iter(statement.tree.find_all(*_CHANGING)), None) is not None:
        return 0
    commits = [known[name].updated for name in statement.names()]
    age = min([_LONGEST_REUSE, *(now - commit - _MARGIN for commit in commits)])
    return max(0, age // timedelta(minutes=1))


@contextmanager
def _explained(place: str) -> Iterator[None]:
    """Turn what AWS answers into an error with its remedy."""
    try:
        yield
    except AthenaError as error:
        raise _failed_query(str(error)) from error
    except ClientError as error:
        raise _refused(place, error) from error
    except BotoCoreError as error:
        raise ExploreError(
            f"{place}: {error}", "sign in to the environment's account, for instance with `aws sso login`"
        ) from error


def _failed_query(message: str) -> ExploreError:
    """Return Athena's own words, without the code before them."""
    text = re.sub(r"^[A-Z_]+: ", "", message.strip().removeprefix("An error occurred: "))
    if "scanned" in text and "limit" in text:
        return ExploreError(text, "read fewer columns or days, or raise catalog.query_scan_limit_gb")
    return ExploreError(text, "correct the statement; the SQL is Athena's (docs/query.md)")


def _refused(place: str, error: ClientError) -> ExploreError:
    code = error.response.get("Error", {}).get("Code", "")
    message = error.response.get("Error", {}).get("Message", str(error))
    if code in _EXPIRED:
        remedy = "sign in to the environment's account again, for instance with `aws sso login`"
    elif "AccessDenied" in code:
        remedy = "take a role that may query: the data engineers' (docs/account.md)"
    else:
        remedy = "see docs/catalog.md for what has to be there"
    return ExploreError(f"{place}: {code}: {message}", remedy)
