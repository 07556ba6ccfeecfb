"""The sizing's commands: `python -m platform_sizing local | table`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from platform_sizing.places import Machine
from platform_sizing.settings import local_settings
from platform_sizing.sizing import size
from platform_sizing.table import renewed
from platform_sizing.volume import volume_below


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="platform_sizing", description="What a job's Spark gets.")
    commands = parser.add_subparsers(dest="command", required=True)
    local = commands.add_parser("local", help="Spark's settings on this machine, as JSON")
    local.add_argument("--cores", type=int, required=True)
    local.add_argument("--memory-mib", type=int, required=True)
    local.add_argument("--lasting", action="store_true", help="the job goes on after it has read the input")
    local.add_argument("input", type=Path, nargs="*", help="files, or folders with files at any depth")
    table = commands.add_parser("table", help="write the tables of docs/sizing.md anew")
    table.add_argument("page", type=Path)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run one command."""
    options = _parser().parse_args(arguments)
    if options.command == "table":
        options.page.write_text(renewed(options.page.read_text(encoding="utf-8")), encoding="utf-8")
        return 0
    place, volume = Machine(options.cores, options.memory_mib), volume_below(*options.input)
    everywhere = " ".join(os.environ.get(name, "") for name in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"))
    print(json.dumps(local_settings(size(volume, place), volume, everywhere, options.lasting)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
