"""Finds the fields of all objects in lines of JSON, and what their values are."""

from __future__ import annotations

from collections.abc import Mapping

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from etl.sources.json_lines import fields_of_line, is_unique, parse_lines
from etl.sources.json_marks import EMPTY, NULL, OBJECT, OPTIONS, kind_of

#: Between the names of a path: no name in a file that people read has it.
_STEP = "\0"

Path = tuple[str, ...]


def fields_in(lines: DataFrame, most: int) -> Mapping[Path, frozenset[str]]:
    """The kinds of values of every field that becomes a column, by the names that lead to it, sorted.

    An object becomes a column for each of its fields; one that never has any, and one that is elsewhere
    something else, stays whole, as lists do. Names that differ in their case are different (RFC 8259, 8.3).
    One pass for each level of objects, and no further one when there are more than `most` fields.
    """
    parsed = parse_lines(lines, texts=True)
    sound = parsed.where(F.col("_sound") & is_unique(F.map_keys(fields_of_line())))
    level = sound.select(F.lit("").alias("path"), fields_of_line().alias("fields"))
    leaves: dict[Path, frozenset[str]] = {}
    while True:
        entries = level.select("path", F.explode("fields").alias("name", "text"))
        named = entries.select(
            F.concat("path", "name", F.lit(_STEP)).alias("path"),
            "text",
            kind_of(F.col("text")).alias("kind"),
        )
        kinds: dict[str, set[str]] = {}
        for row in named.select("path", "kind").distinct().collect():
            kinds.setdefault(row["path"], set()).add(row["kind"])
        objects = [
            path for path, found in kinds.items() if OBJECT in found and found <= {OBJECT, EMPTY, NULL}
        ]
        leaves.update(
            (tuple(path.split(_STEP)[:-1]), frozenset(found - {NULL}))
            for path, found in kinds.items()
            if path not in objects
        )
        if not objects or len(leaves) + len(objects) > most:
            leaves.update((tuple(path.split(_STEP)[:-1]), frozenset({OBJECT})) for path in objects)
            return dict(sorted(leaves.items()))
        below = named.where((F.col("kind") == OBJECT) & F.col("path").isin(objects))
        parsed_below = F.from_json("text", "map<string,string>", OPTIONS)
        level = below.select("path", parsed_below.alias("fields")).where(is_unique(F.map_keys("fields")))
