"""The tables of docs/sizing.md: what is chosen from 1 GB to 10 TB."""

from __future__ import annotations

from collections.abc import Iterator

from platform_sizing.places import Cluster, Machine, Place, Worker, Workers
from platform_sizing.sizing import Sizing, size
from platform_sizing.volume import Volume

BEGIN, END = "<!-- begin: chosen sizes -->", "<!-- end: chosen sizes -->"

_GB = 10**9
_VOLUMES = {"1 GB": _GB, "10 GB": 10 * _GB, "100 GB": 100 * _GB, "1 TB": 1000 * _GB, "10 TB": 10_000 * _GB}

_GENERAL = ("m5.xlarge", "m5d.xlarge", "m6i.xlarge", "r5.xlarge", "r6i.xlarge")
_LARGE = ("m5.4xlarge", "m5d.4xlarge", "m6i.4xlarge", "r5.4xlarge")
#: The first of EMR and of EMR Serverless are the configuration's defaults.
PLACES: dict[str, Place] = {
    "A machine with 2 cores and 16 GiB": Machine(2, 16 * 1024),
    "A machine with 8 cores and 32 GiB": Machine(8, 32 * 1024),
    "EMR: the configuration's defaults, xlarge nodes, 2 to 6": Cluster(_GENERAL[:2], _GENERAL, 2, 6),
    "EMR: 4xlarge nodes, 4 to 100, primary m5.4xlarge": Cluster(("m5.4xlarge",), _LARGE, 4, 100),
    "EMR Serverless: the configuration's defaults, 16 vCPUs in all": Workers(
        Worker(2, 8, 20), Worker(4, 16, 40), 3
    ),
    "EMR Serverless: 1,600 vCPUs in all, executors of 8 vCPUs and 60 GB": Workers(
        Worker(8, 48, 100), Worker(8, 60, 200), 199
    ),
}


def renewed(page: str) -> str:
    """Put the tables of this moment between the two marks of a page."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


def tables() -> str:
    """Write a table for each place."""
    return "\n".join(line for name, place in PLACES.items() for line in _table(name, place))


def _table(name: str, place: Place) -> Iterator[str]:
    yield f"### {name}\n"
    yield (
        "| Parquet | executors | of cores | heap | beside it | driver's heap | shuffle partitions "
        "| AQE's aim | input a task | file |"
    )
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for words, stored in _VOLUMES.items():
        yield f"| {words} | {' | '.join(_cells(size(Volume(stored, stored), place)))} |"
    yield ""


def _cells(sizing: Sizing) -> Iterator[str]:
    first, most = sizing.initial_executors, sizing.maximum_executors
    yield str(most) if first == most else f"{first} to {most}"
    yield str(sizing.executor.cores)
    yield from map(_mib, (sizing.executor.heap_mib, sizing.executor.overhead_mib, sizing.driver.heap_mib))
    yield f"{sizing.shuffle_partitions:,}"
    yield from map(_mib, (sizing.advisory_mib, sizing.split_mib, sizing.file_mib))


def _mib(amount: int) -> str:
    return f"{amount:,} MiB" if amount else "-"
