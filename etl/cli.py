"""The one command line of all jobs, the same on EMR and on a laptop."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Callable

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from etl.arguments import (
    address,
    database_prefix,
    days,
    names,
    records,
    row_count,
    run_date,
    run_id,
    seconds,
    setting,
)
from etl.batch import curate, ingest, maintain, marts
from etl.batch.run import Incomplete, Rejected, Run
from etl.errors import DifferentError
from etl.inference import infer
from etl.logs import configure_logs
from etl.model.layout import (
    CURATE_JOB,
    EXIT_FAILED,
    EXIT_INCOMPLETE,
    EXIT_OK,
    EXIT_REJECTED,
    EXIT_TAKEN_OVER,
    GENERATE_JOB,
    INDEX_JOB,
    INFER_JOB,
    INGEST_JOB,
    MAINTAIN_JOB,
    MARTS_JOB,
    PIPELINE_JOB,
    RUN_DATE_KEY,
    STREAM_JOB,
    VERIFY_JOB,
)
from etl.session import start_session
from etl.sinks import search
from etl.sinks.live_search import following_search
from etl.sources.faults import root_cause
from etl.storage.lake import Lake
from etl.storage.tables import KEPT
from etl.streaming import job as streaming
from etl.streaming import verify
from etl.streaming.ownership import TakenOverError
from etl.synthetic import generate

STEPS = {INGEST_JOB: ingest.run, CURATE_JOB: curate.run, MARTS_JOB: marts.run}

log = logging.getLogger("etl")


def main(arguments: Sequence[str]) -> int:
    """Run one job and return the exit code of the process. A failure is logged with its traceback."""
    options = parse_arguments(arguments)
    configure_logs(options.job, options.run_id)
    try:
        spark = start_session(options.job)
        for job, work in _works(options).items():
            configure_logs(job, options.run_id)
            work(spark)
            log.info("succeeded")
    except Rejected as rejection:
        log.error("rejected", extra={"violations": rejection.violations})
        return EXIT_REJECTED
    except DifferentError as difference:
        log.error("different", extra={"reason": str(difference)})
        return EXIT_REJECTED
    except TakenOverError as end:
        log.error("taken over", extra={"reason": str(end)})
        return EXIT_TAKEN_OVER
    except Incomplete as published:
        log.error("published without data that was left out", extra={"left_out": published.left_out})
        return EXIT_INCOMPLETE
    except Exception as error:
        log.exception("failed", extra={"reason": _reason(error)})
        return EXIT_FAILED
    return EXIT_OK


def _reason(error: Exception) -> str:
    """Return one sentence about an error: this package's own message, or the innermost cause."""
    if isinstance(error, Py4JJavaError):
        return root_cause(error)
    message = (str(error).strip() or type(error).__name__).splitlines()[0]
    is_our_own = isinstance(error, (ValueError, OSError, ArithmeticError, ModuleNotFoundError))
    return message if is_our_own else f"{type(error).__name__}: {message}"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; a wrong one ends the process with code 2 and says what is allowed."""
    parser = argparse.ArgumentParser(
        prog="main.py", description="The platform's data jobs.", allow_abbrev=False
    )
    jobs = parser.add_subparsers(dest="job", required=True, metavar="job")
    described = {
        INGEST_JOB: "read one batch of raw files, judge every row, write accepted and quarantined rows",
        CURATE_JOB: "merge the accepted rows with the published tables",
        MARTS_JOB: "build the marts, audit the run, publish its tables",
        PIPELINE_JOB: f"{', '.join(STEPS)}, one after the other in one Spark, up to the first that fails",
    }
    for name, description in described.items():
        step = jobs.add_parser(name, help=description, description=description, allow_abbrev=False)
        step.add_argument(
            "--input", required=True, help=f"folder of the raw files: <dataset>/{RUN_DATE_KEY}=<day>/"
        )
        step.add_argument("--run-date", required=True, type=run_date, help="day of the batch, YYYY-MM-DD")
        step.add_argument(
            "--contracts",
            help="file of compiled contracts, instead of the release's own: --input is the data itself then",
        )
        step.add_argument(
            "--replay",
            type=run_id,
            help="earlier run whose quarantined rows are judged anew, instead of --input",
        )
        _add_lake(step)
    description = "join small files of the published tables, and remove what nobody can ask for any more"
    _add_lake(jobs.add_parser(MAINTAIN_JOB, help=description, description=description, allow_abbrev=False))
    description = "write a synthetic batch of raw files"
    synthetic = jobs.add_parser(GENERATE_JOB, help=description, description=description, allow_abbrev=False)
    synthetic.add_argument("--output", required=True, help="folder of the raw files")
    synthetic.add_argument("--rows", required=True, type=row_count, help="orders to write")
    synthetic.add_argument("--seed", default=42, type=int, help="the same seed gives the same rows")
    synthetic.add_argument("--run-date", required=True, type=run_date, help="day of the batch, YYYY-MM-DD")
    synthetic.add_argument("--follows", type=run_date, help="day of the history that the batch continues")
    synthetic.add_argument("--run-id", default=GENERATE_JOB, type=run_id, help="name in the logs")
    description = "look at files of any kind, and write down what a contract could say of them"
    inferring = jobs.add_parser(INFER_JOB, help=description, description=description, allow_abbrev=False)
    inferring.add_argument("--input", required=True, help="a file, or a folder of files")
    inferring.add_argument("--output", required=True, help="JSON file of the evidence")
    inferring.add_argument("--run-id", default=INFER_JOB, type=run_id, help="name in the logs")
    _add_stream(jobs)
    _add_verify(jobs)
    _add_index(jobs)
    return parser.parse_args(arguments)


def _add_stream(jobs: Any) -> None:
    description = "process the records of Kafka's topics as they arrive"
    job = jobs.add_parser(STREAM_JOB, help=description, description=description, allow_abbrev=False)
    _add_streamed(job, STREAM_JOB)
    job.add_argument("--bootstrap", required=True, help="brokers, host:port,host:port")
    job.add_argument("--checkpoint", required=True, help="folder of Spark's own progress; it may be lost")
    job.add_argument("--trigger-seconds", type=seconds, default=60.0, help="time between two micro-batches")
    job.add_argument("--max-records", type=records, default=250_000, help="records of a micro-batch, at most")
    job.add_argument("--available-now", action="store_true", help="end when nothing is left to read")
    job.add_argument("--close", type=run_date, help="day to close at the end, with --available-now")
    job.add_argument("--accept-loss", action="store_true", help="go on without what the brokers dropped")
    job.add_argument("--search", type=address, help="OpenSearch that follows the stream, http://host:port")
    job.add_argument("--kafka", action="append", default=[], type=setting, help="setting of Kafka, key=value")


def _add_verify(jobs: Any) -> None:
    description = "compare a closed day of streams with the batch of the same records"
    job = jobs.add_parser(VERIFY_JOB, help=description, description=description, allow_abbrev=False)
    _add_streamed(job, VERIFY_JOB)
    job.add_argument("--day", required=True, type=run_date, help="day to compare, YYYY-MM-DD")


def _add_index(jobs: Any) -> None:
    description = "bring published tables into OpenSearch, where they are searched"
    job = jobs.add_parser(INDEX_JOB, help=description, description=description, allow_abbrev=False)
    job.add_argument("--datasets", required=True, type=names, help="searched datasets, separated by commas")
    job.add_argument("--search", required=True, type=address, help="OpenSearch, http://host:port")
    _add_root(job)
    job.add_argument("--run-id", default=INDEX_JOB, type=run_id, help="name of this attempt")


def _add_streamed(job: argparse.ArgumentParser, name: str) -> None:
    job.add_argument("--datasets", required=True, type=names, help="streamed datasets, separated by commas")
    _add_root(job)
    job.add_argument("--run-id", default=name, type=run_id, help="name in the logs")


def _add_root(job: argparse.ArgumentParser) -> None:
    job.add_argument("--output", required=True, help="root of the lake; a path, s3:// or s3a://")
    job.add_argument(
        "--database-prefix",
        default="",
        type=database_prefix,
        help="what goes before the catalog's databases, curated and marts",
    )


def _add_lake(job: argparse.ArgumentParser) -> None:
    _add_root(job)
    job.add_argument("--run-id", required=True, type=run_id, help="name of this attempt, used once")
    job.add_argument(
        "--keep-days",
        default=KEPT,
        type=days,
        help=f"how long what was published before can still be read; {KEPT.days}, if nothing is said",
    )
    job.add_argument("--release", default="local", help="release the jobs come from")


def _works(options: argparse.Namespace) -> Mapping[str, Callable[[SparkSession], object]]:
    """What there is to do, in its order, by the name of the job that it is logged as."""
    o = options
    alone: Mapping[str, Callable[[SparkSession], object]] = {
        GENERATE_JOB: lambda spark: generate.run(spark, o.output, o.rows, o.seed, o.run_date, o.follows),
        INFER_JOB: lambda spark: infer.run(spark, o.input, o.output),
        MAINTAIN_JOB: lambda spark: maintain.run(
            Lake(spark, o.output, o.database_prefix, o.keep_days), o.run_id
        ),
        VERIFY_JOB: lambda spark: verify.run(
            spark, o.output, o.datasets, o.day.isoformat(), o.database_prefix
        ),
        STREAM_JOB: lambda spark: streaming.run(spark, _stream_of(o)),
        INDEX_JOB: lambda spark: search.run(spark, _index_of(o)),
    }
    if options.job in alone:
        return {options.job: alone[options.job]}
    chosen = STEPS if options.job == PIPELINE_JOB else {options.job: STEPS[options.job]}
    return {name: partial(step, run=_run_of(options)) for name, step in chosen.items()}


def _run_of(options: argparse.Namespace) -> Run:
    return Run(
        run_id=options.run_id,
        run_date=options.run_date,
        release=options.release,
        input=options.input,
        output=options.output,
        contracts=options.contracts,
        replay=options.replay,
        database_prefix=options.database_prefix,
        kept=options.keep_days,
    )


def _index_of(options: argparse.Namespace) -> search.IndexOptions:
    return search.IndexOptions(
        url=options.search,
        datasets=options.datasets,
        output=options.output,
        run_id=options.run_id,
        database_prefix=options.database_prefix,
    )


def _stream_of(options: argparse.Namespace) -> streaming.StreamOptions:
    return streaming.StreamOptions(
        bootstrap=options.bootstrap,
        datasets=options.datasets,
        output=options.output,
        checkpoint=options.checkpoint,
        trigger_seconds=options.trigger_seconds,
        available_now=options.available_now,
        max_records=options.max_records,
        close=options.close.isoformat() if options.close else None,
        accept_loss=options.accept_loss,
        followers=() if options.search is None else (following_search(options.search),),
        database_prefix=options.database_prefix,
        kafka=dict(options.kafka),
    )
