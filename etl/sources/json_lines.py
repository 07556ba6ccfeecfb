"""Cuts lines of JSON into a contract's columns, as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pyspark.sql import Column as Expression
from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.model import Contract
from etl.model.layout import LINE_COLUMN
from etl.sources.json_marks import END, OPTIONS, is_markable, marked, unmarked

#: Where a line is kept that does not have the contract's shape: no name of a field has this character.
_CORRUPT = f"{END}line"

#: How long the list is that a line is parsed in.
_PAIR = 2

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
    """Rows of `raw_ddl` from lines: `value` and the file's name, and the columns that folders name.

    A line that is not one JSON object, has a name twice in one, has a scalar where the contract has an
    object, or has a field that the contract does not know is kept whole. Numbers, lists and objects are kept
    as they are written, without blanks between their parts. Blank lines are no rows.
    """
    return _cut(parse_lines(lines, _others(lines)), _others(lines), contract)


def cut_values(values: DataFrame, contract: Contract) -> DataFrame:
    """Rows of `raw_ddl` from values, each of which is one row, blank or not, and the other columns."""
    others = _others(values)
    return _cut(_parsed(values, others), others, contract)


def _others(lines: DataFrame) -> list[str]:
    return [name for name in lines.columns if name != "value"]


def _cut(parsed: DataFrame, others: Sequence[str], contract: Contract) -> DataFrame:
    paths = {column.name: steps_of(column.physical_name) for column in contract.raw_columns}
    fields = fields_of({name: steps for name, steps in paths.items() if name not in others})
    parsed = parsed.withColumn(
        "_object",
        F.from_json(
            "_marked",
            f"{fields.ddl[:-1]}, {_quoted(_CORRUPT)}: string>",
            {**OPTIONS, "columnNameOfCorruptRecord": _CORRUPT},
        ),
    )
    sound = (
        F.col("_sound") & F.col("_object").getField(_CORRUPT).isNull() & _is_known(fields, fields_of_line())
    )
    marked = parsed.withColumn(LINE_COLUMN, F.when(~F.coalesce(sound, F.lit(False)), F.col("_value")))
    texts = [
        F.col(name) if name in others else unmarked(_at(steps)).alias(name) for name, steps in paths.items()
    ]
    return marked.select(*texts, LINE_COLUMN, *[name for name in others if name not in paths])


def parse_lines(lines: DataFrame, others: Sequence[str] = (), texts: bool = False) -> DataFrame:
    """Every line that is not blank: `_value`, what is `_marked` in it, its values in `fields_of_line`.

    `_sound` says whether it is one object and nothing else. A map keeps names that are there twice.
    """
    return _parsed(lines, others, texts).where(F.trim("_value") != "")


def _parsed(lines: DataFrame, others: Sequence[str], texts: bool = False) -> DataFrame:
    line = F.regexp_replace("value", "^\ufeff", "")
    whole = lines.select(line.alias("_value"), *others)
    marks = whole.withColumn("_marked", marked(F.col("_value"), texts))
    # As one of two items of a list: whatever stands after the object makes it unreadable, longer or shorter.
    pair = F.concat(F.lit("["), "_marked", F.lit(f',{{"{END}":null}}]'))
    parsed = marks.withColumn("_pair", F.from_json(pair, "array<map<string,string>>", OPTIONS))
    is_one = (F.size("_pair") == _PAIR) & F.map_contains_key(F.col("_pair")[1], END)
    sound = F.col("_value").rlike(r"^\s*\{") & is_markable(F.col("_value")) & is_one
    return parsed.withColumn("_sound", F.coalesce(sound, F.lit(False)))


def fields_of_line() -> Expression:
    """The values of a line of `parse_lines`, by name."""
    return F.col("_pair")[0]


def is_unique(names: Expression) -> Expression:
    """Whether no name of an object is there twice."""
    return F.size(F.array_distinct(names)) == F.size(names)


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


def _is_known(fields: Fields, place: Expression) -> Expression:
    """Whether an object, and those in it, have each name once, and none that the contract does not know."""
    keys = F.map_keys(place)
    unknown = F.array_except(keys, F.array(*[F.lit(name) for name in fields.below]).cast("array<string>"))
    known = (F.size(unknown) == 0) & is_unique(keys)
    for name, inner in fields.below.items():
        if inner.below:
            below = F.from_json(place[name], "map<string,string>", OPTIONS)
            known = known & (place[name].isNull() | _is_known(inner, below))
    return known


def _at(steps: tuple[str, ...]) -> Expression:
    value = F.col("_object")
    for step in steps:
        value = value.getField(step)
    return value


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
