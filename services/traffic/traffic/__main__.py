"""Runs the generator: `python -m traffic --endpoint URL --bootstrap HOST:PORT`."""

from __future__ import annotations

import asyncio
import sys

from traffic.options import parse_options
from traffic.run import Run


async def main() -> int:
    """Runs to the end and returns the exit code."""
    return await Run(parse_options()).to_its_end()


sys.exit(asyncio.run(main()))
