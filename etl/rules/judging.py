"""Judges every row of a raw dataset: one projection gives its values and every reason against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from operator import and_, or_
from typing import Any, Callable

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from etl.model import Column, Contract, Rule
from etl.model.contract import table_ddl
from etl.model.layout import (
    ARRIVED_AT_COLUMN,
    LINE_COLUMN,
    QUARANTINE_COLUMNS,
    RAW_COLUMN,
    REASONS_COLUMN,
    SOURCE_FILE_COLUMN,
    VERDICT_COLUMN,
)
from etl.rules.casts import canonical, cast, readable, written
from etl.rules.checks import SET_RULES, breaks

VALID, INVALID = "valid", "invalid"


def raw_ddl(contract: Contract) -> str:
    """Schema of raw rows: every value is text, and a row with too few or many of them is kept whole.

    They have the contract's names: those of the raw files may be anything, and there twice.
    """
    return table_ddl([*_texts(contract), (LINE_COLUMN, "string")])


def quarantine_ddl(contract: Contract) -> str:
    """Schema of quarantined rows."""
    return table_ddl([*_texts(contract), *QUARANTINE_COLUMNS])


def _texts(contract: Contract) -> list[tuple[str, str]]:
    return [(column.name, "string") for column in contract.raw_columns]


def judge(
    raw: DataFrame,
    contract: Contract,
    run_date: date,
    known: Mapping[str, DataFrame] | None = None,
    keep: Sequence[str] = (),
) -> DataFrame:
    """Give each raw row its typed values, its verdict and its reasons.

    `raw` has the columns of `raw_ddl` and `SOURCE_FILE_COLUMN`; records of a stream have `ARRIVED_AT_COLUMN`,
    too. Columns to `keep` are added to the result as they are. `known` holds, by reason code of a reference
    rule, the keys that the column may name: one column, each key once. The raw texts stay only where the
    values do not give them back.
    """
    return Judge(contract, run_date, keep, ARRIVED_AT_COLUMN in raw.columns).judged(raw, known)


class Judge:
    """Judges rows of one dataset and day, as `judge` does.

    Its columns are built once: each costs several calls into the JVM, and a stream judges every few seconds.
    """

    def __init__(self, contract: Contract, run_date: date, keep: Sequence[str], has_arrival: bool) -> None:
        """Build the columns; a Spark session has to run."""
        context = [ARRIVED_AT_COLUMN, *keep] if has_arrival else list(keep)
        arrived_at = F.col(ARRIVED_AT_COLUMN) if has_arrival else None
        codes = [contract.malformed.id, *_row_rules(contract)]
        self._contract = contract
        self._values = Values(contract, context)
        self._flags = _flags(contract, run_date, arrived_at)
        self._bad = any_of([F.col(_flag(code)) for code in codes]).alias("_bad")
        self._verdict: list[Any] = [
            *contract.names,
            F.when(F.col("_bad") | ~_all_plain(contract), _raw_texts(contract)).alias(RAW_COLUMN),
            F.when(F.col("_bad"), F.col(LINE_COLUMN)).alias(LINE_COLUMN),
            SOURCE_FILE_COLUMN,
            F.when(F.col("_bad"), _listed(codes)).alias(REASONS_COLUMN),
            F.when(F.col("_bad"), F.lit(INVALID)).otherwise(F.lit(VALID)).alias(VERDICT_COLUMN),
            *keep,
        ]

    def judged(self, raw: DataFrame, known: Mapping[str, DataFrame] | None = None) -> DataFrame:
        """Give each raw row its typed values, its verdict and its reasons."""
        rows = self._values.of(raw)
        for column, rule in self._contract.references():
            rows = _with_reference(rows, column, rule, known[rule.id] if known else None)
        return rows.select("*", *self._flags).select("*", self._bad).select(*self._verdict)


def with_values(raw: DataFrame, contract: Contract) -> DataFrame:
    """Return texts and values of raw rows side by side, as `Values` has them."""
    return Values(contract).of(raw)


class Values:
    """Texts and values side by side, a value being NULL where its text is missing or cannot be read.

    Layer by layer: what several later columns need is computed once, and each layer becomes a method that is
    small enough for the JVM to compile (8,000 bytes of code at most). The pieces of a line that could not be
    cut into columns are not taken for texts.
    """

    def __init__(self, contract: Contract, keep: Sequence[str] = ()) -> None:
        """Build the columns; those to `keep` stay as they are."""
        columns, whole = contract.raw_columns, F.col(LINE_COLUMN).isNull()
        origins = [F.when(whole, F.col(c.name)).alias(_origin(c)) for c in columns]
        texts = [_meant(c).alias(_text(c)) for c in columns if c.missing_values]
        casts = [cast(c, F.col(_text(c))).alias(_cast(c)) for c in columns]
        forms = [_canonical(c).alias(_plain(c)) for c in columns]
        values = [_value(c).alias(c.name) for c in columns]
        first: list[Any] = [LINE_COLUMN, SOURCE_FILE_COLUMN, *dict.fromkeys(keep), *origins]
        self._layers: list[list[Any]] = [
            first,
            *(["*", *layer] for layer in (texts, casts, forms, values) if layer),
        ]
        self._left_out = [_cast(c) for c in columns]
        self._contract = contract

    def of(self, raw: DataFrame) -> DataFrame:
        """Return the texts and values of raw rows."""
        rows = raw
        for layer in self._layers:
            rows = rows.select(*layer)
        rows = rows.drop(*self._left_out)
        for column in self._contract.columns:
            if column.derived:
                rows = _DERIVED[column.derived](rows, column.name, self._contract.raw_columns)
        return rows


def _meant(column: Column) -> Expression:
    """The text, unless it is one that means that there is none."""
    return F.when(~F.col(_origin(column)).isin(*column.missing_values), F.col(_origin(column)))


def _value(column: Column) -> Expression:
    text, value = F.col(_text(column)), F.col(_cast(column))
    return F.when(readable(column, text, value, F.col(_plain(column))), value)


def _by_content(rows: DataFrame, name: str, columns: Sequence[Column]) -> DataFrame:
    """Name each row by its content: SHA-256 of all its values, told apart from those that are missing."""
    texts = [F.coalesce(F.col(column.name).cast("string"), F.lit("\0")) for column in columns]
    return rows.withColumn(name, F.sha2(F.concat_ws("\x1f", *texts), 256))


def _by_occurrence(rows: DataFrame, name: str, columns: Sequence[Column]) -> DataFrame:
    """Name each row by its texts and its number among the rows of the batch that have the same texts.

    The same batch gives the same names, in whatever order it is read. Texts, not values: rows of equal texts
    are valid together or in quarantine together, so a replay of those numbers them as the batch did. Texts
    that are missing are left out: a column that comes later changes no name of a row without it.
    """
    texts = F.struct(LINE_COLUMN, *[F.col(_origin(c)).alias(c.name) for c in columns])
    same_texts = Window.partitionBy("_texts").orderBy(SOURCE_FILE_COLUMN)
    number = F.row_number().over(same_texts).cast("string")
    named = rows.withColumn("_texts", F.sha2(F.to_json(texts), 256))
    return named.withColumn(name, F.sha2(F.concat_ws(".", "_texts", number), 256)).drop("_texts")


def _by_position(rows: DataFrame, name: str, _: Sequence[Column]) -> DataFrame:
    """Name each row by the position of its record, which a stream writes as the name of its file."""
    return rows.withColumn(name, F.col(SOURCE_FILE_COLUMN))


#: How a column that raw files do not have is made, by the word for it in contracts.
_DERIVED = {"content": _by_content, "occurrence": _by_occurrence, "position": _by_position}


def quarantined(rows: DataFrame, contract: Contract) -> DataFrame:
    """Rows of `judge` as quarantine keeps them: raw texts by the contract's names, and every reason."""
    return rows.select(*raw_texts(contract), LINE_COLUMN, SOURCE_FILE_COLUMN, REASONS_COLUMN)


def raw_texts(contract: Contract) -> list[Expression]:
    """The texts that rows of `judge` were read from, by the contract's names."""
    raw = F.coalesce(F.col(RAW_COLUMN), _written_texts(contract))
    return [raw.getField(c.name).alias(c.name) for c in contract.raw_columns]


def _flags(contract: Contract, run_date: date, arrived_at: Expression | None) -> list[Expression]:
    """One flag for every row rule, named by its code.

    True where the row breaks it. A cut line breaks only one.
    """
    whole = F.col(LINE_COLUMN).isNull()
    flags = [(~whole).alias(_flag(contract.malformed.id))]
    for column in contract.raw_columns:
        text, value = F.col(_text(column)), F.col(column.name)
        for rule in column.rules:
            if rule.kind == "reference":
                flags.append((value.isNotNull() & F.col(_missing(rule))).alias(_flag(rule.id)))
            elif rule.kind not in SET_RULES:
                broken = whole & breaks(rule, column, text, value, run_date, arrived_at)
                flags.append(F.coalesce(broken, F.lit(False)).alias(_flag(rule.id)))
    return flags


def _row_rules(contract: Contract) -> list[str]:
    """Codes of the rules that one row alone, or its reference, can break; in the order of the contract."""
    rules = [rule for column in contract.raw_columns for rule in column.rules]
    return [rule.id for rule in rules if rule.kind == "reference" or rule.kind not in SET_RULES]


def has_unreadable(column: Column) -> Expression:
    """Whether a row of `with_values` has a text that is no value of the column."""
    text = F.col(_text(column))
    return F.coalesce((text != "") & F.col(column.name).isNull(), F.lit(False))


def any_of(flags: list[Expression]) -> Expression:
    """Whether one of the flags is true; none may be NULL."""
    return _balanced(or_, flags)


def _all_plain(contract: Contract) -> Expression:
    return _balanced(and_, [F.col(_plain(column)) for column in contract.raw_columns])


def _balanced(both: Callable[[Expression, Expression], Expression], parts: list[Expression]) -> Expression:
    """All parts in one expression of little depth: Spark walks it by recursion, and has a stack."""
    while len(parts) > 1:
        pairs = [both(a, b) for a, b in zip(parts[::2], parts[1::2])]
        parts = pairs + parts[len(pairs) * 2 :]
    return parts[0]


def _listed(codes: list[str]) -> Expression:
    named = [F.when(F.col(_flag(code)), F.lit(code)).otherwise(F.lit("")) for code in codes]
    return F.array_remove(F.array(*named), "")


def _with_reference(rows: DataFrame, column: Column, rule: Rule, keys: DataFrame | None) -> DataFrame:
    if keys is None:
        raise ValueError(f"contract rule {rule.id}: the keys of {rule.params['dataset']} were not given")
    key = F.col(keys.columns[0])
    known = keys.select(key.alias(f"_key_{column.name}"), F.lit(True).alias(f"_known_{column.name}"))
    joined = rows.join(known, F.col(column.name) == F.col(f"_key_{column.name}"), "left")
    return joined.withColumn(_missing(rule), F.col(f"_known_{column.name}").isNull()).drop(*known.columns)


def _raw_texts(contract: Contract) -> Expression:
    return F.struct(*[F.col(_origin(c)).alias(c.name) for c in contract.raw_columns])


def _written_texts(contract: Contract) -> Expression:
    return F.struct(*[written(c, F.col(c.name)).alias(c.name) for c in contract.raw_columns])


def _canonical(column: Column) -> Expression:
    origin = F.col(_origin(column))
    plain = canonical(column, origin, F.col(_cast(column)))
    return plain & origin.eqNullSafe(F.col(_text(column))) if column.missing_values else plain


def _origin(column: Column) -> str:
    """The text as it is in the raw file."""
    return f"_origin_{column.name}"


def _text(column: Column) -> str:
    """The text without those that mean that there is none."""
    return f"_text_{column.name}" if column.missing_values else _origin(column)


def _cast(column: Column) -> str:
    return f"_cast_{column.name}"


def _plain(column: Column) -> str:
    return f"_plain_{column.name}"


def _flag(code: str) -> str:
    return f"_broken_{code.replace('.', '_')}"


def _missing(rule: Rule) -> str:
    return f"_missing_{rule.id.replace('.', '_')}"
