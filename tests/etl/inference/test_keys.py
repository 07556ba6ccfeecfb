"""What names a row: a reason that the data's author would give, and not that values happen to differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from any_data import inferred

SENSORS = range(5)


def csv(head: str, rows: Iterable[Sequence[object]]) -> str:
    """A CSV file."""
    return f"{head}\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)


def sparse(i: int) -> int:
    """A whole number that no two rows share, with wide gaps between."""
    return 1_000_003 * i + 7


#: Files of one dataset each, and the key that they have.
FILES: dict[str, tuple[str, list[str]]] = {
    # A measure is there once in each row, by accident.
    "gapminder": (
        csv("country,year,pop", ((f"c{i % 20}", 1990 + i // 20, sparse(i)) for i in range(200))),
        ["country", "year"],
    ),
    "inhabited": (
        csv("place,year,souls", ((f"c{i % 20}", 1990 + i // 20, sparse(i)) for i in range(200))),
        ["place", "year"],
    ),
    "turned": (
        csv("pop,country,year", ((sparse(i), f"c{i % 20}", 1990 + i // 20) for i in range(200))),
        ["country", "year"],
    ),
    "grouped": (
        csv("country,year,pop", ((f"c{i % 20}", 1990 + i // 20, f'"{sparse(i):,}"') for i in range(200))),
        ["country", "year"],
    ),
    "dated": (
        csv("shop,day,visits", ((f"s{i % 5}", f"2024-01-{i // 5 + 1:02}", 17 * i) for i in range(100))),
        ["shop", "day"],
    ),
    "measured": (
        csv("device,seq,val", ((f"d{i % 5}", i // 5, 7 * i) for i in range(100))),
        ["device", "seq"],
    ),
    "counted": (csv("device,n,val", ((f"d{i % 5}", i // 5, 7 * i) for i in range(100))), ["device", "n"]),
    "gapless": (csv("device,seq,val", ((f"d{i % 5}", i // 5, i) for i in range(100))), ["device", "seq"]),
    "remarked": (
        csv("region,week,note", ((f"r{i % 5}", i // 5 + 1, f"note {i} of a day") for i in range(100))),
        ["region", "week"],
    ),
    "timed": (
        csv(
            "machine,at,watts",
            ((f"m{i % 7}", f"2024-01-01 00:{i // 60:02}:{i % 60:02}", 31 * i) for i in range(90)),
        ),
        ["machine", "at"],
    ),
    # Few rows of texts that differ much differ together, too.
    "random": (
        csv("bird,tree", ((f"b{i * 7919 % 97 % 29}", f"t{i * 104_729 % 89 % 31}") for i in range(40))),
        [],
    ),
    # Nothing but a measure is there once in each row.
    "unnamed": (csv("colour,weight", (("red" if i % 2 else "blue", sparse(i)) for i in range(60))), []),
    # Names of rows, by what they are called, where they stand and what they are.
    "orders": (csv("amount,order_id", ((7 * i, sparse(i)) for i in range(60))), ["order_id"]),
    "lines": (csv("customer_id,id", ((sparse(i), sparse(60 - i)) for i in range(60))), ["id"]),
    "carriers": (csv("carrier,name", ((f"C{i}", f"name {i}") for i in range(60))), ["carrier"]),
    "cities": (csv("city,code,souls", ((f"city {i}", f"X{i}", sparse(i)) for i in range(60))), ["code"]),
    "ranking": (csv("place,title,points", ((i + 1, f"t{i}", 11 * i) for i in range(60))), ["place"]),
    "accounts": (
        csv("acct,branch,owner", ((sparse(i) + 10**8, i % 5, f"o{i % 7}") for i in range(60))),
        ["acct"],
    ),
    "series": (csv("at,level", ((f"2024-01-{i + 1:02}", 3 * i) for i in range(30))), ["at"]),
    # Equal rows.
    "readings": (csv("sensor,value", ((f"s{i % 5}", i % 5 + 20) for i in range(50))), []),
    "by_id": (csv("sensor_id,value", ((i % 5, i % 5 + 20) for i in range(50))), []),
    "sensors": (csv("sensor_id,value", ((i % 5, i % 5 + 20) for i in range(50))), []),
    "states": (
        csv("device_id,changed_at", ((i % 5, f"2024-01-01 00:00:{i:02}") for i in range(50))),
        ["device_id", "changed_at"],
    ),
    "twice": (csv("id,value", ((i % 30, 7 * (i % 30)) for i in range(60))), ["id"]),
    "customers": (
        csv(
            "customer_id,tier,changed_at",
            ((i % 20, i // 20, f"2024-01-0{i // 20 + 1} 00:00:00") for i in range(60)),
        ),
        ["customer_id"],
    ),
}


@pytest.fixture(scope="module")
def found(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """All files in one folder, and what was seen of them."""
    root = tmp_path_factory.mktemp("keys")
    data = root / "data"
    data.mkdir()
    for name, (text, _) in FILES.items():
        (data / f"{name}.csv").write_text(text)
    return root, inferred(spark, data, root)


@pytest.mark.parametrize("name", FILES)
def test_a_key_is_what_names_rows(found: tuple[Path, dict[str, Any]], name: str) -> None:
    assert found[1][name]["key"] == FILES[name][1], found[1][name]["key_reason"]
