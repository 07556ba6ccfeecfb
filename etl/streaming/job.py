"""The streaming job: reads topics, processes micro-batches, closes days and cleans up between them."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Protocol

from pyspark.errors import StreamingQueryException
from pyspark.sql import DataFrame, SparkSession

from etl.logs import log
from etl.model import load_with_parents
from etl.model.layout import STREAM_STATE_FOLDER
from etl.storage.files import Files
from etl.storage.lake import Lake
from etl.streaming.brokers import Brokers
from etl.streaming.closing import close_day, due_days, require_arrived, write_missing_manifests
from etl.streaming.ledger import COUNTED, Entry
from etl.streaming.marts import StreamMarts
from etl.streaming.microbatch import MicroBatches
from etl.streaming.offsets import starting_offsets
from etl.streaming.recovering import end_if_overtaken
from etl.streaming.slices import percentile_age
from etl.streaming.streamed import topic_of
from etl.streaming.upkeep import PATIENCE, StreamUpkeep

#: Seconds between two looks at the clock and at what was asked for, while no record arrives.
_LOOK = 1.0

#: Seconds between two times of upkeep.
_UPKEEP = 60.0

#: Asks the streams of a lake to end after the micro-batch under way.
STOP = f"{STREAM_STATE_FOLDER}/stop.json"


class Follower(Protocol):
    """What is brought up to the ledgers beside micro-batches."""

    def update(self, due: bool = False) -> Any:
        """Do what is left, or with `due` what is due."""


@dataclass(frozen=True)
class StreamOptions:
    """What the command line says of a stream. `checkpoint` is a folder of Spark's, which may be lost."""

    bootstrap: str
    datasets: Sequence[str]
    output: str
    checkpoint: str
    trigger_seconds: float = 60.0
    available_now: bool = False
    max_records: int = 250_000
    close: str | None = None
    accept_loss: bool = False
    database_prefix: str = ""
    kafka: Mapping[str, str] = field(default_factory=dict)
    patience: timedelta = PATIENCE
    #: What else follows the streams, as their marts do.
    followers: Sequence[Callable[[MicroBatches], Follower]] = ()
    #: Whether to end, asked between micro-batches.
    until: Callable[[], bool] = lambda: False


def run(spark: SparkSession, options: StreamOptions) -> None:
    """Stream until asked to stop, or with `available_now` to the end of its topics; then close a day.

    Raises ValueError before anything is read when the day to close is still to come, TakenOverError when
    another process took the streams over, GapError and LossError when records are missing, BrokersError when
    the brokers do not answer.
    """
    if options.close is not None:
        require_arrived(options.close, datetime.now(timezone.utc))
    lake = Lake(spark, options.output, options.database_prefix)
    lake.files.delete(STOP)
    contracts = load_with_parents(options.datasets)
    brokers = Brokers(spark, options.bootstrap, options.kafka)
    batches = MicroBatches(lake, contracts, options.datasets)
    write_missing_manifests(batches)
    starting = starting_offsets(batches, brokers, options.accept_loss, Files(spark, options.checkpoint))
    marts = StreamMarts(batches)
    followers: list[Follower] = [marts, *(follow(batches) for follow in options.followers)]
    try:
        stream = _Stream(spark, batches, marts, followers, brokers, options)
        stream.start(starting)
        stream.wait()
        if options.close is not None:
            close_day(batches, options.close)
        for follower in followers:
            follower.update()
    except Exception:
        # Whatever fails once another process has removed what this one had begun fails for that reason.
        end_if_overtaken(lake.files, batches.owner, batches.streams.values())
        raise
    finally:
        brokers.close()


class _Stream:
    """A running query, and the work between its micro-batches."""

    def __init__(
        self,
        spark: SparkSession,
        batches: MicroBatches,
        marts: StreamMarts,
        followers: Sequence[Follower],
        brokers: Brokers,
        options: StreamOptions,
    ) -> None:
        self._spark = spark
        self._batches = batches
        self._brokers = brokers
        self._options = options
        #: Held by whoever writes: a micro-batch, or the work between two.
        self._lock = threading.Lock()
        self._broken: Exception | None = None
        self._stopped = threading.Event()
        self._followers = followers
        self._kept_up = time.monotonic()
        self._upkeep = StreamUpkeep(batches, marts, self._lock, options.patience)
        self._query: Any = None

    def start(self, starting: Mapping[str, Mapping[str, int]]) -> None:
        """Start the query where the ledger ends."""
        options = self._options
        topics = [topic_of(stream.contract) for stream in self._batches.streams.values()]
        reader = self._spark.readStream.format("kafka").options(
            **{f"kafka.{key}": value for key, value in options.kafka.items()}
        )
        records = (
            reader.option("kafka.bootstrap.servers", options.bootstrap)
            .option("subscribe", ",".join(topics))
            .option("startingOffsets", json.dumps(starting))
            .option("maxOffsetsPerTrigger", options.max_records)
            .option("failOnDataLoss", True)
            .option("includeHeaders", True)
            .load()
        )
        writer = records.writeStream.option("checkpointLocation", options.checkpoint)
        timed = (
            writer.trigger(availableNow=True)
            if options.available_now
            else writer.trigger(processingTime=f"{options.trigger_seconds} seconds")
        )
        self._query = timed.foreachBatch(self._process).start()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self._stopped.set())
        log.info("reading", extra={"topics": topics})

    def wait(self) -> None:
        """Wait for the end of the query; meanwhile close days and clean up."""
        try:
            while not self._query.awaitTermination(_LOOK):
                if self._stopped.is_set() or self._options.until() or self._batches.lake.files.exists(STOP):
                    break
                self._between()
        except StreamingQueryException as error:
            # What a micro-batch raised comes back without its type.
            raise self._broken or error from error
        finally:
            # The micro-batch under way ends first; none begins after it.
            with self._lock:
                self._stopped.set()
            self._query.stop()

    def _process(self, records: DataFrame, epoch: int) -> None:
        began = time.time()
        with self._lock:
            if self._stopped.is_set():
                # Nothing is written any more; the records are read again by whoever comes next.
                raise InterruptedError("the stream was asked to stop")
            try:
                entries = self._batches.process(records)
            except Exception as error:
                self._broken = error
                raise
            self._tell(epoch, entries, began)

    def _between(self) -> None:
        now = datetime.now(timezone.utc)
        with self._lock:
            for day in due_days(self._batches, self._brokers, now):
                close_day(self._batches, day)
        if time.monotonic() - self._kept_up > _UPKEEP:
            self._kept_up = time.monotonic()
            self._upkeep.run(now)
        for follower in self._followers:
            follower.update(due=True)

    def _tell(self, epoch: int, entries: Sequence[Entry], began: float) -> None:
        now = time.time()
        datasets: dict[str, Any] = {}
        for name, stream in self._batches.streams.items():
            own = [entry for entry in entries if entry.dataset == name]
            counts = {each: sum(entry.counts[each] for entry in own) for each in ("read", *COUNTED)}
            read = stream.ledger.next_offsets
            ends = self._brokers.ends(topic_of(stream.contract))
            lag = sum(end - read.get(partition, 0) for partition, end in ends.items())
            datasets[name] = {**counts, "lag": lag}
        arrived: dict[int, int] = {}
        for second, records in (pair for entry in entries for pair in entry.arrivals.items()):
            arrived[int(second)] = arrived.get(int(second), 0) + records
        log.info(
            "micro-batch",
            extra={
                "epoch": epoch,
                "seconds": round(now - began, 3),
                "datasets": datasets,
                "latency_p50": round(percentile_age(arrived, now, 0.5), 3),
                "latency_p95": round(percentile_age(arrived, now, 0.95), 3),
            },
        )
        if not any(each["lag"] for each in datasets.values()):
            log.info("caught up", extra={"epoch": epoch})
