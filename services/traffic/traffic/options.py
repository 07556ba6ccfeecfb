"""The options of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path


def _number(least: float, most: float = float("inf")) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            limit = f"from {least:g}" if most == float("inf") else f"from {least:g} to {most:g}"
            raise argparse.ArgumentTypeError(f"{text!r} is not a number {limit}")
        return value

    return parse


def _whole(least: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
        return int(text)

    return parse


def parse_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the command line; ends the process with a message when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m traffic",
        description="Sends web events and orders through the endpoint and straight into Kafka.",
    )
    add = parser.add_argument
    add("--endpoint", required=True, metavar="URL", help="the endpoint, http://127.0.0.1:8000")
    add("--bootstrap", required=True, metavar="HOST:PORT", help="a broker")
    add("--events", type=_whole(0), default=200_000, help="records to send; 0: until it is stopped")
    add("--rate", type=_number(0), default=1_000.0, help="records per second; 0: as fast as possible")
    add("--seed", type=_whole(0), default=42, help="the same seed gives the same records at other times")
    add("--customers", type=_whole(1), default=1_000, help="customers are numbered from 1 to this")
    add("--products", type=_whole(1), default=400, help="products are numbered from 1 to this")
    add("--direct", type=_number(0, 1), default=0.3, help="share of the records that go straight to Kafka")
    add("--batch", type=_whole(1), default=100, help="most records of a request")
    add("--connections", type=_whole(1), default=8, help="requests at the same time")
    add("--timeout", type=_number(0.001), default=10.0, help="seconds until a request counts as unanswered")
    add("--patience", type=_number(0), default=60.0, help="seconds in which a request is tried again")
    add("--account", type=Path, metavar="FILE", help="where to write what was sent and what became of it")
    return parser.parse_args(arguments)
