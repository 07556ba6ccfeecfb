"""Brings published tables into OpenSearch: an index for entities, one a day for events, behind one alias."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from etl.logs import log
from etl.model import load_contract
from etl.model.layout import QUARANTINE_ZONE, RUN_KEY, RUNS_ZONE
from etl.sinks.changes import Outcome, StillThere
from etl.sinks.documents import ID, SearchTarget, documents
from etl.sinks.errors import GoneError
from etl.storage.lake import Lake
from etl.streaming.serving import read_serving

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

#: Columns of refused documents, as they are put aside.
_REFUSED = "_id string, document string, reason string"


@dataclass(frozen=True)
class IndexOptions:
    """Options of the job `index`."""

    #: Address of OpenSearch, `http://127.0.0.1:9200`.
    url: str
    datasets: Sequence[str]
    #: Root of the lake.
    output: str
    run_id: str
    database_prefix: str = ""


def run(spark: SparkSession, options: IndexOptions) -> None:
    """Index datasets, one after the other, and leave what became of them in `runs/run=<id>/index.json`.

    Raises FileNotFoundError when a dataset is not searched or has no rows yet, DifferentError when an index
    does not become equal to its table, GoneError when another run replaces it meanwhile, ForbiddenError when
    the server lets nobody write.
    """
    client = connect(options.url)
    lake = Lake(spark, options.output, options.database_prefix)
    targets = [load_search(name) for name in options.datasets]
    results = {target.name: index_table(lake, client, target, options.run_id) for target in targets}
    lake.files.replace_json(f"{RUNS_ZONE}/{RUN_KEY}={options.run_id}/index.json", {"datasets": results})


def load_search(name: str) -> SearchTarget:
    """Read from the package how a dataset is searched.

    Raises FileNotFoundError when its contract names no OpenSearch server.
    """
    folder = files("etl").joinpath("contracts", "search")
    try:
        text = folder.joinpath(f"{name}.json").read_text(encoding="utf-8")
    except OSError as error:
        raise FileNotFoundError(
            f"{name}: is not searched; name an OpenSearch server in its contract (docs/search.md), "
            "and build the release again (`./platform bundle`)"
        ) from error
    return SearchTarget.parse(json.loads(text))


def searched(names: Iterable[str]) -> list[SearchTarget]:
    """Return how those of some datasets are searched that are."""
    folder = files("etl").joinpath("contracts", "search")
    return [load_search(name) for name in names if folder.joinpath(f"{name}.json").is_file()]


def connect(url: str) -> OpenSearch:
    """Return a client of OpenSearch. Raises ModuleNotFoundError where none is installed."""
    try:
        from opensearchpy import OpenSearch  # noqa: PLC0415 (not in every environment)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "opensearch-py is not installed where the jobs run: run `make install-search`"
        ) from error
    # The sink itself retries, and decides for how long.
    return OpenSearch(url, timeout=60, max_retries=0)


def index_table(lake: Lake, client: OpenSearch, target: SearchTarget, run_id: str) -> dict[str, Any]:
    """Let the indices of a dataset hold its rows, while a stream may bring new ones in.

    Returns what became of the rows. Raises what `run` raises.
    """

    def still_there(identifiers: Iterable[str]) -> set[str]:
        """What a stream has sent since the rows were read is in the lake: it commits before."""
        asked = lake.spark.createDataFrame([(each,) for each in identifiers], f"`{ID}` string")
        there = documents(rows_of(lake, target), target).join(asked, ID, "left_semi")
        return {row[ID] for row in there.select(ID).collect()}

    return index_rows(lake, client, target, rows_of(lake, target), run_id, still_there)


def index_rows(
    lake: Lake,
    client: OpenSearch,
    target: SearchTarget,
    rows: DataFrame,
    run_id: str,
    still_there: StillThere = lambda _: set(),
) -> dict[str, Any]:
    """Let the indices of a dataset hold the rows, then the alias name these indices and no others.

    Documents without a row go, but for those that `still_there` says have one by now. Returns what became of
    the rows. Those that are refused are in `quarantine/search_<dataset>/run=<id>`. Raises what `run` raises.
    """
    from etl.sinks.search_index import SearchIndex  # noqa: PLC0415 (needs opensearch-py)

    before = behind(client, target.alias)
    outcomes: dict[str, Outcome] = {}
    for name, part in parts(rows, target):
        index = SearchIndex(client, target, name)
        index.make()
        outcomes[name] = index.fill(part, still_there)
    _move_alias(client, target, before, set(outcomes))
    refused = put_aside(lake, target, outcomes.values(), run_id)
    result = {
        "alias": target.alias,
        "indices": sorted(outcomes),
        **{
            name: sum(getattr(outcome, name) for outcome in outcomes.values())
            for name in ("rows", "unchanged", "written", "deleted")
        },
        "refused": refused,
        "newer": sum(len(outcome.newer) for outcome in outcomes.values()),
    }
    log.info("indexed", extra={"dataset": target.name, **result})
    return result


def put_aside(lake: Lake, target: SearchTarget, outcomes: Iterable[Outcome], run_id: str) -> int:
    """Write refused documents to `quarantine/search_<dataset>/run=<id>`, and return how many there are."""
    refused = [each for outcome in outcomes for each in outcome.refused.values()]
    if refused:
        folder = f"{QUARANTINE_ZONE}/search_{target.name}/{RUN_KEY}={run_id}"
        # Of an attempt with the same name, which was broken off or began anew.
        lake.files.delete(folder)
        values = [(each.id, each.body, each.reason) for each in refused]
        lake.write_folders(lake.spark.createDataFrame(values, _REFUSED).coalesce(1), target.name, folder)
    for each in refused[:3]:
        log.warning("refused", extra={"dataset": target.name, "id": each.id, "reason": each.reason})
    return len(refused)


def rows_of(lake: Lake, target: SearchTarget) -> DataFrame:
    """Return the rows of a dataset as they are served at this moment, with the columns that are searched.

    Raises FileNotFoundError when there are none yet.
    """
    contract = load_contract(target.name)
    version = lake.published().tables.get(target.name)
    if contract.stream is None and version is None:
        raise FileNotFoundError(
            f"{lake.files.root}: nothing is published of {target.name}; run the pipeline first"
        )
    if version is None or contract.stream is not None:
        rows = read_serving(lake, contract)
    else:
        rows = lake.read_table(version, contract.ddl)
    return rows.select(*[field.name for field in target.fields])


def parts(rows: DataFrame, target: SearchTarget) -> Iterator[tuple[str, DataFrame]]:
    """Yield the name of each index with the documents that it has."""
    if target.day is None:
        yield f"{target.prefix}-{target.hash}", documents(rows, target)
        return
    day = F.to_date(F.col(target.day))
    for (value,) in sorted(rows.select(day).distinct().collect()):
        name = f"{target.prefix}-{value.isoformat()}-{target.hash}"
        yield name, documents(rows.where(day == F.lit(value)), target)


def is_of(target: SearchTarget, index: str) -> bool:
    """Return whether an index has the mapping of a contract."""
    return index.endswith(f"-{target.hash}")


def behind(client: OpenSearch, alias: str) -> set[str]:
    """Return the indices that an alias names; none when there is no alias.

    Raises ValueError when an index has its name.
    """
    if not client.indices.exists(alias):
        return set()
    # Not by the name of the alias alone, which asks for all indices, those of others included.
    found = set(client.indices.get_alias(index=alias))
    if alias in found:
        raise ValueError(f"{alias} is an index, and has to be an alias: remove or rename it")
    return found


def _move_alias(client: OpenSearch, target: SearchTarget, before: set[str], indices: set[str]) -> None:
    """Let an alias name these indices, and remove those that it named, in one step.

    A stream may have begun another day meanwhile; its index stays. Raises GoneError when another run has
    moved the alias since it named `before`.
    """
    alias, now = target.alias, behind(client, target.alias)
    begun = {name for name in now - before - indices if is_of(target, name)}
    now -= begun
    if now not in (before, indices):
        raise GoneError(
            f"{alias} names {', '.join(sorted(now)) or 'nothing'} now: another run has indexed the dataset "
            "meanwhile; start again"
        )
    actions: list[Mapping[str, Any]] = [
        *({"add": {"index": name, "alias": alias}} for name in sorted(indices - now)),
        *({"remove_index": {"index": name}} for name in sorted(now - indices)),
    ]
    if actions:
        client.indices.update_aliases({"actions": actions})
