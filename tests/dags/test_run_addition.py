"""`simple_addition`, run by Airflow."""

from __future__ import annotations

import pytest
from dag_runs import run_dag
from mailbox_server import Mailbox


@pytest.mark.usefixtures("airflow_database")
def test_it_adds_and_mails(mailbox: Mailbox) -> None:
    run = run_dag("simple_addition")
    assert run.tasks == {"start": "success", "addition_task": "success", "end": "success"}
    assert run.state == "success"
    assert run.xcoms["addition_task", "return_value"] == 8
    assert [message["Subject"] for message in mailbox.messages] == [
        "[dev] simple_addition of 2025-03-08 succeeded"
    ]
