"""Values on the command line of the jobs: each is read, or refused with what is allowed."""

from __future__ import annotations

import argparse
import re
from datetime import date, timedelta


def run_date(text: str) -> date:
    """A day, written in full."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a day written YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day of the calendar: {error}") from error


def run_id(text: str) -> str:
    """A name that is safe in a folder's name on every file system."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} cannot name a run: use a letter or digit, then up to 127 more, or '.', '_', '-'"
        )
    return text


def database_prefix(text: str) -> str:
    """The beginning of a database's name that every catalog takes; it may be empty."""
    if not re.fullmatch(r"[a-z0-9_]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} cannot begin a database's name: use a-z, 0-9 and '_'")
    return text


def address(text: str) -> str:
    """The address of a server, with its scheme and no more than a path."""
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an address: write http://host:port or https://host, without a user"
        )
    return text.rstrip("/")


def row_count(text: str) -> int:
    """A positive number of rows."""
    return _positive(text, "rows")


def days(text: str) -> timedelta:
    """A positive number of days."""
    return timedelta(days=_positive(text, "days"))


def records(text: str) -> int:
    """A positive number of records."""
    return _positive(text, "records")


def seconds(text: str) -> float:
    """A number of seconds, not negative."""
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds")
    return float(text)


def names(text: str) -> tuple[str, ...]:
    """Names that are separated by commas."""
    return tuple(name for name in text.split(",") if name)


def setting(text: str) -> tuple[str, str]:
    """A setting and its value, `key=value`."""
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not a setting: write key=value")
    return key, value


def _positive(text: str, what: str) -> int:
    if not re.fullmatch(r"[1-9]\d*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of {what}: use a whole number from 1")
    return int(text)
