"""What has arrived under `raw/`: from the queue into the store, and on to runs of the pipeline."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta, timezone
from typing import Any, TypedDict

from airflow.providers.amazon.aws.hooks.sqs import SqsHook
from sqlalchemy.engine import Engine

from platform_dag import facts
from platform_dag.store import migrate_store, opened
from platform_metadata import claims
from platform_metadata.arrivals import Arrival, ArrivalError, arrival_of

#: How long whoever starts a run has for it: more than the tasks that do it may take, retries and all.
LEASE = timedelta(hours=2)

#: Messages that one look takes at most, in rounds of the ten that SQS gives at once.
_ROUNDS, _AT_ONCE = 200, 10

log = logging.getLogger(__name__)


class Received(TypedDict):
    """What one look at the queue came to."""

    new: int
    known: int
    no_data: int
    unreadable: int


class Trigger(TypedDict):
    """The run of one batch, as the operator that triggers it takes it."""

    trigger_dag_id: str
    trigger_run_id: str
    conf: dict[str, str]


def receive(worker: str) -> Received:
    """Claim all that the queue says has arrived. Only inside a task.

    A message goes when the store has its object, whoever put it there. One that nobody can read stays: SQS
    sets it aside when it has been received often enough.

    :raises FactsError: there is no queue.
    """
    queue_facts = facts.read(facts.Events).queue
    if queue_facts is None:
        raise facts.lacks("events", "queue")
    bucket, metadata = facts.read(facts.Lake).data_bucket, facts.read(facts.Metadata)
    received: Received = {"new": 0, "known": 0, "no_data": 0, "unreadable": 0}
    # First the store: a message that is received while it is away would count as one that nobody can read.
    migrate_store(metadata)
    with opened(metadata) as store:
        queue = _Queue(queue_facts.url)
        for _ in range(_ROUNDS):
            messages = queue.receive()
            if not messages:
                break
            readable = _readable(messages, bucket)
            received["unreadable"] += len(messages) - len(readable)
            arrived = [arrival for _, arrival in readable if arrival is not None]
            new = _claim(store, arrived, worker)
            queue.delete([message for message, _ in readable])
            received["new"] += new
            received["known"] += len(arrived) - new
            received["no_data"] += len(readable) - len(arrived)
    return received


def complete_batches(worker: str, pipeline: str) -> list[Trigger]:
    """Take the batches that are complete, and return the runs that are to read them. Only inside a task.

    :param pipeline: id of the DAG that runs them.
    """
    now, quiet = _now(), timedelta(minutes=facts.read(facts.Events).quiet_minutes)
    with opened(facts.read(facts.Metadata)) as store, store.begin() as connection:
        batches = claims.take_complete(connection, worker, now, quiet, LEASE)
    return [
        {
            "trigger_dag_id": pipeline,
            "trigger_run_id": batch.run_id,
            "conf": {"run_date": batch.run_date.isoformat()},
        }
        for batch in batches
    ]


def finish(triggers: list[Trigger]) -> list[str]:
    """Remember that these runs exist. Only inside a task."""
    run_ids = [trigger["trigger_run_id"] for trigger in triggers]
    with opened(facts.read(facts.Metadata)) as store, store.begin() as connection:
        claims.finish(connection, run_ids, _now())
    return run_ids


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _claim(store: Engine, arrived: list[Arrival], worker: str) -> int:
    with store.begin() as connection:
        return len(claims.claim(connection, arrived, worker, _now()))


def _readable(messages: list[Any], bucket: str) -> list[tuple[Any, Arrival | None]]:
    readable = []
    for message in messages:
        try:
            readable.append((message, arrival_of(message["Body"], bucket)))
        except ArrivalError as error:
            log.warning("Message %s stays in the queue: %s", message["MessageId"], error)
    return readable


class _Queue:
    def __init__(self, url: str) -> None:
        self._sqs = SqsHook(aws_conn_id=None).get_conn()
        self._url = url

    def receive(self) -> list[Any]:
        # One that waits asks every server of the queue; one that does not may overlook what is there.
        answer = self._sqs.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=_AT_ONCE, WaitTimeSeconds=1
        )
        messages: list[Any] = answer.get("Messages", [])
        return messages

    def delete(self, messages: list[Any]) -> None:
        """Delete them; one that SQS does not delete comes again, and is known then."""
        if messages:
            entries = [
                {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
                for number, message in enumerate(messages)
            ]
            self._sqs.delete_message_batch(QueueUrl=self._url, Entries=entries)
