"""Writes a synthetic batch of raw files, whole or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from pyspark.sql import SparkSession

from etl.logs import Stages, log
from etl.model.layout import RUN_DATE_KEY
from etl.storage.files import Files
from etl.synthetic.datasets import DATASETS, Dataset
from etl.synthetic.packing import Packing
from etl.synthetic.plan import GENERATOR_VERSION, History, Plan, history_plan, later_plan

MARKER_VERSION = "1.0.0"


def run(
    spark: SparkSession, output: str, rows: int, seed: int, run_date: date, follows: date | None = None
) -> dict[str, Any]:
    """Write the batch of `run_date` below `output`; returns its marker, `_planted/run_date=…/planted.json`.

    `rows` counts orders. With `follows`, the batch continues the history generated for that day: new, late,
    changed and resent orders. A batch that is there, whole and made from the same options, is left as it is.

    Raises ValueError when the options do not fit together.
    """
    files = Files(spark, output)
    plan = (
        history_plan(rows, seed, run_date)
        if follows is None
        else _later_plan(files, rows, seed, run_date, follows)
    )
    marker = _marker_path(plan.run_date)
    present = files.read_json(marker)
    if present is not None and _is_whole(files, present, plan):
        log.info("kept", extra={"rows": present["rows"], "run_date": present["run_date"]})
        return dict(present)
    batch = Batch(spark, files, plan)
    document = batch.write()
    files.replace_json(marker, document)
    return document


class Batch:
    """One batch being written: first beside its place, then moved into it, and named complete last."""

    def __init__(self, spark: SparkSession, files: Files, plan: Plan) -> None:
        """Bind to a plan; nothing is written yet."""
        self._spark = spark
        self._files = files
        self._plan = plan
        self._packing = Packing(spark, files.root)
        self._day = f"{RUN_DATE_KEY}={plan.run_date}"
        self._unfinished = f"_generating/{self._day}"

    def write(self) -> dict[str, Any]:
        """Write all datasets; returns the marker's content. What an earlier attempt left is removed first."""
        self._files.delete(_marker_path(self._plan.run_date))
        self._files.delete(self._unfinished)
        stages = Stages()
        with ThreadPoolExecutor(len(DATASETS)) as pool:
            written = dict(zip(DATASETS, pool.map(lambda dataset: self._write(dataset, stages), DATASETS)))
        for dataset in DATASETS:
            place = f"{dataset.name}/{self._day}"
            self._files.delete(place)
            self._files.move(f"{self._unfinished}/packed/{dataset.name}", place)
        self._files.delete(self._unfinished)
        return {
            "schema_version": MARKER_VERSION,
            **self._plan.described(),
            "datasets": {dataset.name: planted for dataset, (planted, _) in written.items()},
            "files": {
                f"{dataset.name}/{self._day}/{name}": size
                for dataset, (_, packed) in written.items()
                for name, size in packed
            },
        }

    def _write(self, dataset: Dataset, stages: Stages) -> tuple[dict[str, Any], list[tuple[str, int]]]:
        """What is planted in a dataset, and the names and sizes of its files."""
        with stages.stage(f"generate {dataset.name}") as stage:
            rows = dataset.rows(self._spark, self._plan)
            lines = f"{self._unfinished}/lines/{dataset.name}"
            dataset.lines(rows, self._plan).write.text(self._files.path(lines))
            target = f"{self._unfinished}/packed/{dataset.name}"
            packed = self._packing.pack(lines, target, dataset.name, dataset.columns)
            planted = dataset.planted(rows, self._plan).as_document()
            stage.rows_in = stage.rows_out = planted["rows"]
            return planted, packed


def _later_plan(files: Files, rows: int, seed: int, run_date: date, follows: date) -> Plan:
    marker = files.read_json(_marker_path(follows))
    where = files.path(_marker_path(follows))
    if marker is None or marker["follows"] is not None:
        raise ValueError(
            f"--follows {follows}: {where} names no history; generate the batch of {follows} first"
        )
    if marker["seed"] != seed or marker["generator_version"] != GENERATOR_VERSION:
        raise ValueError(
            f"--seed {seed}: {where} says seed {marker['seed']}, generator "
            f"{marker['generator_version']} (this is {GENERATOR_VERSION}); pass --seed {marker['seed']} "
            f"or generate the batch of {follows} again"
        )
    return later_plan(History(marker["rows"], marker["seed"], follows), rows, run_date)


def _is_whole(files: Files, marker: dict[str, Any], plan: Plan) -> bool:
    """Whether the batch that a marker names is of this plan, and every file of it there in its whole size."""
    if any(marker.get(key) != value for key, value in plan.described().items()):
        return False
    folders = {path.rpartition("/")[0] for path in marker["files"]}
    found = {f"{folder}/{file.name}": file.size for folder in folders for file in files.listed(folder)}
    return bool(found == marker["files"])


def _marker_path(run_date: date) -> str:
    return f"_planted/{RUN_DATE_KEY}={run_date}/planted.json"
