"""Judges every row of a raw dataset: one projection gives its values and every reason against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.contracts import Column, Contract, Rule
from etl.transforms.casts import canonical, typed, written
from etl.transforms.rules import SET_RULES, breaks

#: Columns that ingest adds to the contract's own.
RAW, LINE, SOURCE, REASONS, VERDICT = "_raw", "_line", "_source_file", "_reasons", "_verdict"

VALID, INVALID = "valid", "invalid"


def raw_ddl(contract: Contract) -> str:
    """Schema of the raw files: every value is text, and a row with too few or many of them is kept whole."""
    texts = ", ".join(f"`{column.physical_name}` string" for column in contract.columns)
    return f"{texts}, `{LINE}` string"


def judge(
    raw: DataFrame, contract: Contract, run_date: date, known: Mapping[str, DataFrame] | None = None
) -> DataFrame:
    """Give each raw row its typed values, its verdict and its reasons.

    `raw` has the columns of `raw_ddl` and `SOURCE`. `known` holds, by reason code of a reference rule, the
    keys that the column may name: one column, each key once. The raw texts stay only where the values do not
    give them back.
    """
    whole = F.col(LINE).isNull()
    texts = {c.name: F.when(whole, F.col(f"`{c.physical_name}`")) for c in contract.columns}
    staged = raw.select(
        LINE,
        SOURCE,
        *[text.alias(_text(name)) for name, text in texts.items()],
        *[typed(c, texts[c.name]).alias(c.name) for c in contract.columns],
    )
    for column, rule in contract.references():
        keys = known[rule.id] if known else None
        staged = _with_reference(staged, column, rule, keys)
    reasons = F.when(~whole, F.array(F.lit(contract.malformed.id))).otherwise(
        F.array_remove(F.array(*_codes(contract, run_date)), "")
    )
    judged = staged.withColumn(REASONS, reasons)
    bad = F.size(REASONS) > 0
    plain = F.lit(True)
    for column in contract.columns:
        plain = plain & canonical(column, F.col(_text(column.name)), F.col(column.name))
    return judged.select(
        *contract.names,
        F.when(bad | ~plain, _raw_texts(contract)).alias(RAW),
        F.when(bad, F.col(LINE)).alias(LINE),
        SOURCE,
        F.when(bad, F.col(REASONS)).alias(REASONS),
        F.when(bad, F.lit(INVALID)).otherwise(F.lit(VALID)).alias(VERDICT),
    )


def quarantined(rows: DataFrame, contract: Contract) -> DataFrame:
    """Rows of `judge` as quarantine keeps them: the raw texts under their own names, and every reason."""
    raw = F.coalesce(F.col(RAW), _written_texts(contract))
    texts = [raw.getField(c.physical_name).alias(c.physical_name) for c in contract.columns]
    return rows.select(*texts, LINE, SOURCE, REASONS)


def _codes(contract: Contract, run_date: date) -> list[Expression]:
    codes = []
    for column in contract.columns:
        text, value = F.col(_text(column.name)), F.col(column.name)
        for rule in column.rules:
            if rule.kind == "reference":
                broken = value.isNotNull() & F.col(_missing(rule))
            elif rule.kind in SET_RULES:
                continue
            else:
                broken = breaks(rule, column, text, value, run_date)
            codes.append(F.when(broken, F.lit(rule.id)).otherwise(F.lit("")))
    return codes


def _with_reference(rows: DataFrame, column: Column, rule: Rule, keys: DataFrame | None) -> DataFrame:
    if keys is None:
        raise ValueError(f"contract rule {rule.id}: the keys of {rule.params['dataset']} were not given")
    key = F.col(keys.columns[0])
    known = keys.select(key.alias(f"_key_{column.name}"), F.lit(True).alias(f"_known_{column.name}"))
    joined = rows.join(known, F.col(column.name) == F.col(f"_key_{column.name}"), "left")
    return joined.withColumn(_missing(rule), F.col(f"_known_{column.name}").isNull()).drop(*known.columns)


def _raw_texts(contract: Contract) -> Expression:
    return F.struct(*[F.col(_text(c.name)).alias(c.physical_name) for c in contract.columns])


def _written_texts(contract: Contract) -> Expression:
    return F.struct(*[written(c, F.col(c.name)).alias(c.physical_name) for c in contract.columns])


def _text(name: str) -> str:
    return f"_text_{name}"


def _missing(rule: Rule) -> str:
    return f"_missing_{rule.id.replace('.', '_')}"
