"""Airflow's own API server, a process on loopback, on the database of the process that runs the tests."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import requests
from airflow_processes import end, start
from postgres_server import free_port

from platform_dag.airflow_api import ApiAccess

_SECONDS = 120


class ApiServer:
    """Runs while it is entered."""

    def __init__(self, folder: Path) -> None:
        """:param folder: for its log."""
        self._log = folder / "api-server.log"
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._processes: list[subprocess.Popen[bytes]] = []

    def sign_in(self) -> ApiAccess:
        """Ask for the token of an administrator, which this server gives to anybody."""
        answer = requests.get(f"{self.url}/auth/token", timeout=10)
        return ApiAccess(self.url, answer.json()["access_token"])

    def __enter__(self) -> ApiServer:
        command = ["api-server", "--host", "127.0.0.1", "--port", str(self._port), "--workers", "1"]
        environment = {**os.environ, "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True"}
        self._processes.append(start(command, environment, self._log))
        deadline = time.monotonic() + _SECONDS
        while not self._answers():
            if time.monotonic() > deadline or self._processes[0].poll() is not None:
                end(self._processes)
                raise RuntimeError(f"Airflow's API server does not answer:\n{self._log.read_text()[-2000:]}")
            time.sleep(0.5)
        return self

    def __exit__(self, *_: object) -> None:
        end(self._processes)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}/api/v2/version", timeout=10).ok
        except requests.ConnectionError:
            return False
