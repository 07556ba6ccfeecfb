"""What engines have in common: any implementation of the interface makes a pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import pytest
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from attempts import attempt
from environment_options import parse
from facts_fixture import serverless_facts

from platform_dag.engines import ENGINES
from platform_dag.engines.engine import Engine, EngineTasks, Plan
from platform_dag.facts import Processing
from platform_dag.pipeline import add_pipeline
from platform_dag.plan import plan_run
from platform_dag.program import Attempt, steps_of
from platform_metadata.usage import Awaited, Usage


class Workbench:
    """A third engine, of a few lines."""

    compute = "workbench"
    dag_id = "big_data_pipeline_workbench"
    tags = ("workbench",)

    def plan(self, attempt: Attempt) -> Plan:
        """Plan the names of the steps."""
        return Plan({"names": steps_of(attempt)}, summary={"bench": "first"})

    def add_tasks(self, plan: Any) -> EngineTasks:
        """Do nothing."""
        work, check = EmptyOperator(task_id="work"), EmptyOperator(task_id="check")
        plan >> work >> check
        return EngineTasks(check, EmptyOperator(task_id="clean").as_teardown(setups=work))

    def usage(
        self, environment: str, processing: Processing, runs: Sequence[Awaited], since: datetime
    ) -> Iterator[tuple[str, Usage]]:
        """Return nothing: the bench is free."""
        return iter(())


def test_a_new_engine_gets_its_pipeline_from_the_interface_alone() -> None:
    with DAG(dag_id=Workbench.dag_id, schedule=None) as dag:
        add_pipeline(Workbench())
    edges = {task.task_id: task.downstream_task_ids for task in dag.tasks}
    assert edges == {
        "begin_workflow": {"work"},
        "work": {"check", "clean"},
        "check": {"clean", "end_workflow"},
        "clean": {"end_workflow"},
        "end_workflow": set(),
    }


def test_a_plan_is_the_engine_s_work_and_which_run_it_is() -> None:
    plan = plan_run(Workbench(), attempt(serverless_facts()))
    assert plan["names"] == ["ingest", "curate", "marts"]
    assert plan.keys() == {"names", "run"}
    assert plan["run"].keys() == {"run_date", "run_id", "release", "results", "bench"}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_what_an_engine_plans_can_be_passed_on_by_xcom(engine: Engine) -> None:
    plan = plan_run(engine, attempt(serverless_facts()))
    assert json.loads(json.dumps(plan)) == plan


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_an_environment_has_the_pipeline_of_its_engine_and_no_other(engine: Engine) -> None:
    pipelines = {each.dag_id for each in ENGINES.values()}
    assert len(pipelines) == len(ENGINES)
    assert pipelines & set(parse({"platform.compute": engine.compute}).dags) == {engine.dag_id}
