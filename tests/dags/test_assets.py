"""The assets between DAGs, and the guide's example of a DAG that is scheduled on one."""

from __future__ import annotations

import re
import textwrap
from types import SimpleNamespace

import pytest
from airflow.models.dagbag import DagBag
from airflow.sdk import DAG
from airflow.sdk.execution_time.context import TriggeringAssetEventsAccessor
from airflow_settings import ROOT
from environment_options import all_dags

from platform_dag.assets import PUBLISHED_TABLES, RAW_BATCHES

_DAGS = all_dags()
_WRITTEN = re.compile(r"^ +cat >dags/(\w+\.py) <<'EOT'\n(.*?)^ +EOT$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DAG]:
    """The DAGs of the guide, parsed as they stand there."""
    folder = tmp_path_factory.mktemp("guide")
    guide = (ROOT / "docs" / "guides" / "add-a-dag.md").read_text(encoding="utf-8")
    for name, text in _WRITTEN.findall(guide):
        (folder / name).write_text(textwrap.dedent(text), encoding="utf-8")
    bag = DagBag(folder, include_examples=False)
    assert bag.import_errors == {}
    return bag.dags


def _makers(asset: object) -> set[tuple[str, str]]:
    return {
        (dag.dag_id, task.task_id) for dag in _DAGS.values() for task in dag.tasks if asset in task.outlets
    }


def test_the_last_task_of_both_pipelines_says_that_tables_are_published() -> None:
    pipelines = ("big_data_pipeline", "big_data_pipeline_serverless")
    assert _makers(PUBLISHED_TABLES) == {(dag_id, "end_workflow") for dag_id in pipelines}
    for dag_id in pipelines:
        assert [task.task_id for task in _DAGS[dag_id].leaves] == ["end_workflow"]


def test_whoever_started_the_runs_says_that_raw_data_is_complete() -> None:
    assert _makers(RAW_BATCHES) == {("ingest_on_arrival", "finish_batches")}


def test_the_guide_s_example_is_scheduled_on_the_published_tables(examples: dict[str, DAG]) -> None:
    assert sorted(examples) == ["after_publication", "weekly_greeting"]
    condition = examples["after_publication"].timetable.asset_condition
    assert [asset.name for _, asset in condition.iter_assets()] == [PUBLISHED_TABLES.name]


def test_the_guide_s_example_reads_what_the_event_carries(examples: dict[str, DAG]) -> None:
    told = TriggeringAssetEventsAccessor.build(
        SimpleNamespace(asset=PUBLISHED_TABLES, source_aliases=[], extra={"run_id": run_id})
        for run_id in ("first", "second")
    )
    task = examples["after_publication"].get_task("name_new_runs")
    assert task.python_callable(told) == ["first", "second"]
    assert task.python_callable(TriggeringAssetEventsAccessor.build([])) == []
