"""Jobs in a process that kills itself, JVM and all, with SIGKILL: `killed_runs.py <plan.json>`.

One process is enough for many kills: each run goes as far as its boundary and stands still there for
good, while its lake is put aside and the next run begins on a fresh one. The kill then takes all of them at
once. What Python and the JVM do at an end that they see coming, they never do here.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build" / "test-bundle" / "etl.zip"), str(Path(__file__).parent)]

from pyspark.sql import SparkSession  # noqa: E402 - the path comes first

from boundaries import Calls, run_job, traced_calls  # noqa: E402 - the same
from killing import session_to_kill  # noqa: E402 - the same
from stream_boundaries import UPKEEP, run_upkeep, trace  # noqa: E402 - the same


def stop_at(spark: SparkSession, calls: Calls, root: Path, boundary: dict[str, str]) -> None:
    """Run a job until it stands at the boundary. It never goes on."""
    reached = threading.Event()

    def stand(moment: str, _: str) -> None:
        if moment == boundary["moment"]:
            reached.set()
            threading.Event().wait()

    calls.begin(stand)
    work = run_upkeep if boundary["job"] == UPKEEP else partial(run_job, job=boundary["job"])
    job = threading.Thread(target=work, args=(spark, root), daemon=True)
    job.start()
    while not reached.wait(0.01):
        if not job.is_alive():
            print(f"{boundary} was never reached", file=sys.stderr, flush=True)
            os._exit(1)


def main(plan: dict[str, Any]) -> None:
    """Bring a run to each boundary of the plan, then die."""
    spark, die = session_to_kill(plan["settings"])
    root = Path(plan["root"])
    with traced_calls() as calls, trace(calls):
        for number, boundary in enumerate(plan["boundaries"]):
            shutil.copytree(Path(plan["before"]) / boundary["job"], root)
            stop_at(spark, calls, root, boundary)
            # Tables name their files by whole path: every run was at the one place, and is looked at there.
            root.rename(Path(plan["killed"]) / str(number))
        die()


main(json.loads(Path(sys.argv[1]).read_text()))
