"""The plan of one run, made once by its first task and passed on by XCom."""

from __future__ import annotations

from typing import Any

from platform_dag.engines.engine import Engine
from platform_dag.fact_types import Processing
from platform_dag.layout import MAINTENANCE_RECORD, RESULTS_RECORD, RUN_KEY, RUNS_ZONE
from platform_dag.program import Attempt
from platform_dag.release import Release, ReleaseError


def plan_run(engine: Engine, attempt: Attempt) -> dict[str, Any]:
    """Plan one attempt; each key becomes an XCom.

    `run` says which run it is, for mails, metrics and asset events. The other keys are the engine's.

    :raises ReleaseError: the release was built for another EMR release.
    :raises PlatformError: the engine cannot run it.
    """
    _check_release(attempt.facts.processing, attempt.release)
    plan = engine.plan(attempt)
    return {**plan.work, "run": {**_summary(attempt), **plan.summary}}


def _check_release(processing: Processing, release: Release) -> None:
    if release.emr_release != processing.release_label:
        raise ReleaseError(
            f"Release {release.name} was built for {release.emr_release}, "
            f"but this environment runs {processing.release_label}: publish a bundle for that release, "
            f"or set emr_release back and apply processing."
        )


def _summary(attempt: Attempt) -> dict[str, str]:
    run = attempt.run
    batch = {} if run.run_date is None else {"run_date": run.run_date}
    record = MAINTENANCE_RECORD if run.run_date is None else RESULTS_RECORD
    return {
        **batch,
        "run_id": run.run_id,
        "release": attempt.release.name,
        "results": f"s3://{attempt.facts.lake.data_bucket}/{RUNS_ZONE}/{RUN_KEY}={run.run_id}/{record}",
    }
