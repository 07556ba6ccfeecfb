"""A whole Airflow, each of its four parts a process, and none of them left behind."""

from __future__ import annotations

import os
import secrets
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import psutil
from airflow_settings import airflow_environment, option_variables
from postgres_server import free_port

_AIRFLOW = str(Path(sys.executable).with_name("airflow"))
_GRACE_SECONDS = 20


def start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start one of Airflow's processes; `end` ends it."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [_AIRFLOW, *command],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            # A session of its own: ending the group ends the workers that a process started.
            start_new_session=True,
        )


def end(processes: list[subprocess.Popen[bytes]]) -> None:
    """End processes and all that they started."""
    family = [psutil.Process(process.pid) for process in processes if process.poll() is None]
    family += [child for parent in family for child in parent.children(recursive=True)]
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    _, alive = psutil.wait_procs(family, timeout=_GRACE_SECONDS)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=_GRACE_SECONDS)
    assert not [process for process in family if process.is_running()]


class AirflowProcesses:
    """Runs while it is entered, on the DAGs of one folder. New DAGs are paused, unless they say otherwise."""

    def __init__(self, home: Path, dags: Path, options: dict[str, str]) -> None:
        """:param options: Airflow's, as the orchestration stack writes them: `section.key`."""
        self.home = home
        port = free_port()
        self._environment = {
            **os.environ,
            **airflow_environment(home, dags),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(),
            # As on MWAA: what runs here without anybody's help runs there, too.
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
            "AIRFLOW__CORE__PARALLELISM": "4",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
            **option_variables(options),
        }
        self._commands = [
            ["api-server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"],
            ["scheduler"],
            ["dag-processor"],
            ["triggerer", "--skip-serve-logs"],
        ]
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> AirflowProcesses:
        subprocess.run([_AIRFLOW, "db", "migrate"], env=self._environment, check=True, capture_output=True)
        for command in self._commands:
            self._processes.append(start(command, self._environment, self.home / f"{command[0]}.log"))
        return self

    def __exit__(self, *_: object) -> None:
        end(self._processes)

    def _database(self) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{self.home}/airflow.db?mode=ro", uri=True)

    def logs(self) -> str:
        """Return the end of what every process said, for a failed assertion."""
        return "\n".join(
            f"== {path.name}\n{path.read_text(errors='replace')[-2000:]}" for path in self.home.glob("*.log")
        )

    def dag_ids(self) -> list[str]:
        """Read the ids of all DAGs from Airflow's database."""
        with self._database() as database:
            return [dag_id for (dag_id,) in database.execute("SELECT dag_id FROM dag ORDER BY dag_id")]

    def paused(self) -> list[str]:
        """Read the ids of the DAGs that are paused from Airflow's database."""
        with self._database() as database:
            return [dag_id for (dag_id,) in database.execute("SELECT dag_id FROM dag WHERE is_paused")]

    def states(self, dag_id: str) -> dict[str, str]:
        """Read the states of a DAG's one scheduled run and its tasks from Airflow's database."""
        with self._database() as database:
            runs = database.execute("SELECT run_type, state FROM dag_run WHERE dag_id = ?", [dag_id])
            tasks = database.execute("SELECT task_id, state FROM task_instance WHERE dag_id = ?", [dag_id])
            return {**dict(runs.fetchall()), **dict(tasks.fetchall())}
