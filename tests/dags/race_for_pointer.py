"""A Spark program: many writers read the pointer of a lake on S3, and all of them try to replace it.

Prints one line of JSON: who wrote the pointer first where none was, who replaced it, and what it says then.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pyspark.sql import SparkSession

from etl.storage.files import Files
from etl.storage.pointer import Pointer, PointerMovedError

WRITERS = 2


def _race(pointers: list[Pointer], run: str) -> list[str]:
    """All have read before any writes; return who won and what the others were refused with."""
    versions = [pointer.read()[1] for pointer in pointers]

    def write(number: int) -> str:
        try:
            pointers[number].replace({"run_id": f"{run}-{number}"}, versions[number])
        except PointerMovedError as error:
            return str(error)
        return f"{run}-{number}"

    return [write(number) for number in range(len(pointers))]


def main(root: str) -> None:
    """Race for a pointer that is not there, then for one that is."""
    spark = SparkSession.builder.getOrCreate()
    pointers = [Pointer(spark, Files(spark, root), "published/current.json") for _ in range(WRITERS)]
    created = _race(pointers, "first")
    moved = _race(pointers, "second")
    print(json.dumps({"created": created, "moved": moved, "pointer": pointers[0].read()[0]}))
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1])
