"""Documents of OpenSearch, made of rows as the compiled contract says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

#: Version of the shape of `<dataset>.search.json`.
SEARCH_VERSION = 1

#: Field of every document that holds the digest of its columns.
ROW_HASH = "_row_hash"

#: Microseconds, as Spark has them, in the form that OpenSearch calls `strict_date_optional_time_nanos`.
_MOMENT = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'"

#: Digits after the point up to which `BigDecimal` writes no exponent. Source: Java 17, `BigDecimal.toString`.
_PLAIN_SCALE = 6

#: Columns of rows that are ready to be sent.
ID, VERSION, HASH, BODY = "_id", "_version", "_hash", "_body"


@dataclass(frozen=True)
class Field:
    """A column of a document, and its Spark type."""

    name: str
    type: str


@dataclass(frozen=True)
class SearchTarget:
    """How the rows of a dataset become documents of an index: `etl/contracts/search/<dataset>.json`."""

    name: str
    #: `entities`, whose rows replace each other, or `events`.
    kind: str
    alias: str
    #: What the names of indices begin with.
    prefix: str
    id: tuple[str, ...]
    version: str | None
    #: Column whose day names an event's index; None where one index has all.
    day: str | None
    fields: tuple[Field, ...]
    #: Digest of the template's settings and mappings.
    hash: str
    template: Mapping[str, Any]

    @staticmethod
    def parse(document: Mapping[str, Any]) -> SearchTarget:
        """Read a document that the compiler wrote.

        Raises ValueError when it was compiled for other jobs.
        """
        if document["schema_version"] != SEARCH_VERSION:
            raise ValueError(
                f"search of {document.get('name')}: compiled as version {document['schema_version']}, "
                f"these jobs read version {SEARCH_VERSION}; build the release again from one checkout"
            )
        values = {name: value for name, value in document.items() if name != "schema_version"}
        fields = tuple(Field(each["name"], each["type"]) for each in document["fields"])
        return SearchTarget(**{**values, "id": tuple(document["id"]), "fields": fields})


def documents(rows: DataFrame, target: SearchTarget) -> DataFrame:
    """Return `_id`, `_version` (microseconds since 1970, NULL for events), `_hash` and `_body` of every row.

    Columns without a value are left out, as OpenSearch treats both alike. Decimals are texts, since JSON's
    readers round numbers.
    """
    columns = F.struct(*[_json_value(field).alias(field.name) for field in target.fields])
    made = rows.select(
        _identifier(target).alias(ID),
        _version(target).alias(VERSION),
        F.to_json(columns, {"ignoreNullFields": "true"}).alias(BODY),
    )
    hashed = made.withColumn(HASH, F.sha2(BODY, 256))
    with_hash = F.concat(F.lit(f'{{"{ROW_HASH}":"'), HASH, F.lit('",'), F.expr(f"substring({BODY}, 2)"))
    return hashed.select(ID, VERSION, HASH, with_hash.alias(BODY))


def _json_value(field: Field) -> Expression:
    column = F.col(f"`{field.name}`")
    if field.type == "timestamp":
        return F.date_format(column, _MOMENT)
    if decimal := re.fullmatch(r"decimal\((\d+),(\d+)\)", field.type):
        return _plain(column, int(decimal[1]), int(decimal[2]))
    return column.cast("string") if field.type == "date" else column


def _plain(decimal: Expression, precision: int, scale: int) -> Expression:
    """Write a decimal with all digits of its scale. Spark writes those with many in powers of ten, `1E-7`."""
    if scale <= _PLAIN_SCALE:
        return decimal.cast("string")
    whole = precision - scale
    digits = F.lit(f"{'9' * (whole - 1) + '0' if whole else ''}.{'0' * scale}")
    text = F.trim(F.to_char(F.abs(decimal), digits))
    return F.concat(F.when(decimal < 0, "-").otherwise(""), text if whole else F.concat(F.lit("0"), text))


def _identifier(target: SearchTarget) -> Expression:
    """Join the key's texts by slashes; those that are part of a text are escaped, as in a URL."""
    types = {field.name: field for field in target.fields}
    texts = [_json_value(types[name]).cast("string") for name in target.id]
    escaped = [
        reduce(lambda text, pair: F.replace(text, *map(F.lit, pair)), (("%", "%25"), ("/", "%2F")), text)
        for text in texts
    ]
    return F.concat_ws("/", *escaped)


def _version(target: SearchTarget) -> Expression:
    if target.version is None:
        return F.lit(None).cast("bigint")
    return F.unix_micros(F.col(f"`{target.version}`"))
