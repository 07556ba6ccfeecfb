"""Keeps what Airflow and boto make anew for every task: here hundreds of tasks run in one process.

Nothing is replaced: what each of them would read or build again is the same every time. The figures are
processor time, each measured alone.
"""

from __future__ import annotations

import functools
import logging
import sqlite3

import sqlalchemy as sa
import structlog
from airflow.sdk.execution_time import supervisor
from botocore.loaders import JSONFileLoader


def prepare() -> None:
    """Do so for this process; once, before any DAG runs in it."""
    # `dag.test` builds the whole execution API for every try of every task (1.3 s), each with a thread that
    # nobody ends. One serves them all: what differs, the DAG, is handed to it before each try.
    supervisor.in_process_api_server = functools.cache(supervisor.in_process_api_server)
    # Every client has a session of its own, and each reads the descriptions of AWS's services (0.1 s).
    JSONFileLoader.load_file = staticmethod(functools.cache(JSONFileLoader().load_file))
    # Nobody sets up the task's log here, and structlog's own default draws a frame around each local variable
    # of every call of a traceback (0.2 s).
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    sa.event.listen(sa.engine.Engine, "connect", _do_not_wait_for_the_disk)


def _do_not_wait_for_the_disk(connection: object, _: object) -> None:
    """Airflow's database need not outlive the machine."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")
