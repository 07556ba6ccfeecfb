"""Deletes old DAG runs from Airflow's database, which would grow with every run otherwise."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TypedDict

from platform_dag.airflow_api import AirflowApi

#: Days that a run stays where the facts are of a release that had no such setting.
DAYS = 30
#: Runs that one clean-up deletes at most: ten times what all DAGs of the platform make in a day, so that what
#: has piled up is gone in weeks, and an hour is enough for it.
MOST = 5000
#: Runs of one page. Airflow's option `api.maximum_page_limit` allows 100.
_PAGE = 100

log = logging.getLogger(__name__)


class Cleaned(TypedDict):
    """What one clean-up came to."""

    deleted: int
    #: Old runs that stay, being the newest of their DAG and type.
    kept: int
    #: Old runs that are left to the next clean-up.
    left: int


def delete_old_runs(api: AirflowApi, before: datetime) -> Cleaned:
    """Delete the runs that ended before a moment, the first first.

    The newest run of each DAG stays, and the newest of each type: from the newest scheduled one Airflow knows
    that a DAG which is to run once has run.

    :raises AirflowApiError: a request failed; what was deleted before it is gone.
    """
    newest: dict[tuple[str, str], str | None] = {}
    deleted = kept = left = 0
    while True:
        runs, total = api.ended_runs(before, offset=kept, limit=_PAGE)
        left = total - kept
        if not runs or deleted >= MOST:
            break
        for run in runs[: MOST - deleted]:
            kind = (run.dag_id, run.run_type)
            if kind not in newest:
                found = api.newest_run(*kind)
                newest[kind] = found.run_id if found else None
            if newest[kind] == run.run_id:
                kept += 1
            else:
                api.delete_run(run)
                deleted += 1
        log.info("%d runs deleted of those that ended before %s", deleted, before)
    if left:
        log.warning("%d old runs are left to the next clean-up: one deletes %d at most", left, MOST)
    return {"deleted": deleted, "kept": kept, "left": left}
