"""Cuts lines of JSON into a contract's columns, as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Column, Contract
from etl.model.layout import LINE_COLUMN, SOURCE_FILE_COLUMN

#: Where Jackson's double of a fraction has an exponent, and how much of it a decimal takes.
EXACT = "decimal(38,10)"

_STEP = re.compile(r"\.([^.\[\]]+)|\['((?:[^'\\]|\\.)*)'\]")


@dataclass
class Fields:
    """The fields of an object that a contract names: leaves, and objects with fields of their own."""

    below: dict[str, Fields] = field(default_factory=dict)

    @property
    def ddl(self) -> str:
        """The object as Spark SQL DDL, every leaf being text."""
        named = [f"{_quoted(name)}: {fields.ddl}" for name, fields in self.below.items()]
        return f"struct<{', '.join(named)}>" if named else "string"


def steps_of(physical_name: str) -> tuple[str, ...]:
    """The keys that lead to a column: one, or those of a path such as `$.address['post code']`."""
    if not physical_name.startswith("$"):
        return (physical_name,)
    found = list(_STEP.finditer(physical_name, 1))
    if "".join(match.group(0) for match in found) != physical_name[1:] or not found:
        raise ValueError(f"{physical_name!r} is no path into a JSON object: write it as $.key.key")
    return tuple(match.group(1) or re.sub(r"\\(.)", r"\1", match.group(2)) for match in found)


def path_of(steps: tuple[str, ...]) -> str:
    """The physical name of the column that keys lead to; `steps_of` reads it."""
    if len(steps) == 1 and not steps[0].startswith("$"):
        return steps[0]
    return "$" + "".join(
        f".{step}" if re.fullmatch(r"\w+", step) else "['" + re.sub(r"(['\\])", r"\\\1", step) + "']"
        for step in steps
    )


def cut_lines(lines: DataFrame, contract: Contract) -> DataFrame:
    """Rows of `raw_ddl` from lines: `value` and the file's name.

    A line that is not one JSON object, has a scalar where the contract has an object, or has a field that the
    contract does not know is kept whole. Blank lines are no rows.
    """
    paths = {column.name: steps_of(column.physical_name) for column in contract.raw_columns}
    fields = fields_of(paths)
    line = F.regexp_replace("value", "^\ufeff", "")
    whole = lines.select(line.alias("_value"), SOURCE_FILE_COLUMN).where(F.trim("_value") != "")
    corrupt = f"{fields.ddl[:-1]}, {_quoted(LINE_COLUMN)}: string>"
    parsed = whole.select(
        "*",
        F.from_json("_value", corrupt, {"columnNameOfCorruptRecord": LINE_COLUMN}).alias("_object"),
        # As the one item of a list: whatever stands after the object makes the list unreadable, or longer.
        F.from_json(F.concat(F.lit("["), "_value", F.lit("]")), "array<map<string,string>>").alias("_list"),
    )
    keys = F.map_keys(F.col("_list")[0])
    unknown = F.size(F.array_except(keys, F.array(*[F.lit(name) for name in fields.below])))
    sound = (
        F.col("_value").rlike(r"^\s*\{")
        & (F.size("_list") == 1)
        & F.col("_object").getField(LINE_COLUMN).isNull()
        & (unknown == 0)
        & ~_has_unknown_below(fields, "$")
    )
    marked = parsed.withColumn(LINE_COLUMN, F.when(~F.coalesce(sound, F.lit(False)), F.col("_value")))
    texts = [_text(column, _at(paths[column.name])).alias(column.name) for column in contract.raw_columns]
    return marked.select(*texts, LINE_COLUMN, SOURCE_FILE_COLUMN)


def fields_of(paths: Mapping[str, tuple[str, ...]]) -> Fields:
    """The object that all paths lead into. Raises ValueError when one path ends where another goes on."""
    root = Fields()
    for steps in paths.values():
        here = root
        for step in steps:
            here = here.below.setdefault(step, Fields())
    leaves = set(paths.values())
    for steps in leaves:
        if any(steps[:length] in leaves for length in range(1, len(steps))):
            raise ValueError(f"{path_of(steps)} leads into a column: name the object or its fields, not both")
    return root


def _has_unknown_below(fields: Fields, path: str) -> Expression:
    found = F.lit(False)
    for name, inner in fields.below.items():
        if not inner.below:
            continue
        place = f"{path}['{name}']"
        keys = F.json_object_keys(F.get_json_object("_value", place))
        unknown = F.size(F.array_except(keys, F.array(*[F.lit(key) for key in inner.below])))
        found = found | (F.coalesce(unknown, F.lit(0)) > 0) | _has_unknown_below(inner, place)
    return found


def _at(steps: tuple[str, ...]) -> Expression:
    value = F.col("_object")
    for step in steps:
        value = value.getField(step)
    return value


def _text(column: Column, text: Expression) -> Expression:
    """A large fraction comes back with an exponent, which a decimal has not."""
    if not column.type.startswith("decimal"):
        return text
    return F.when(text.rlike("[0-9][eE]"), text.cast(EXACT).cast("string")).otherwise(text)


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
