"""The store's commands: `python -m platform_metadata migrate | record | history`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from platform_metadata.engine import CERTIFICATES, open_store
from platform_metadata.history import history
from platform_metadata.migrating import migrate
from platform_metadata.recording import record
from platform_metadata.usage import Usage, record_usage


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="platform_metadata", description="The store of pipeline runs.")
    parser.add_argument(
        "--url",
        default=os.environ.get("PLATFORM_METADATA_URL"),
        help="sqlite:////path or postgresql+pg8000://…; by default PLATFORM_METADATA_URL, which keeps "
        "a password out of the list of processes",
    )
    parser.add_argument(
        "--certificates", type=Path, default=CERTIFICATES, help="folder of trusted .pem files"
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the store to the newest schema")
    recording = commands.add_parser("record", help="migrate, then record runs by their results.json")
    recording.add_argument("results", nargs="+", type=Path)
    recording.add_argument(
        "--processor-seconds",
        type=float,
        help="what the jobs of these runs took of this machine's processors",
    )
    listing = commands.add_parser("history", help="the last runs, newest first")
    for command in (recording, listing):
        command.add_argument("--limit", type=int, default=20, help="how many runs to list (default 20)")
        command.add_argument("--json", action="store_true", help="list them as JSON")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 2 when it was called wrongly."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.url is None:
        parser.error("name the store with --url or PLATFORM_METADATA_URL")
    engine = open_store(options.url, options.certificates)
    if options.command != "history":
        revision = migrate(engine)
        if options.command == "migrate":
            print(f"the store is at revision {revision}")
            return 0
    with engine.begin() as connection:
        for file in getattr(options, "results", []):
            run_id = record(connection, json.loads(file.read_text(encoding="utf-8")))
            if options.processor_seconds is not None:
                used = Usage("local", {"processor_second": options.processor_seconds})
                record_usage(connection, run_id, used)
        runs = history(connection, options.limit)
    if options.json:
        print(json.dumps(runs))
        return 0
    for run in runs:
        what = f"{run['status']:<9}  {run['rows_read']:>12,} rows  {run['run_id']}"
        print(f"{run['started_at']}  {run['run_date']}  {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
