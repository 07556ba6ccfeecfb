"""Where a run can be killed: every moment at which a method of the storage has changed what is on the disk.

Nobody lists the commits. An undisturbed job is watched: whenever a method of `DOORS` begins or ends and
the lake's files are others than before, there is a boundary. A kill before a commit leaves what one after
the commit before it leaves: between two boundaries the disk stays the same.
"""

from __future__ import annotations

import functools
import os
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import FunctionType
from typing import Any
from unittest.mock import patch

from pyspark.sql import SparkSession

from batches import NEXT_DAY, run_of
from etl.batch import curate, ingest, maintain, marts
from etl.storage import maintenance
from etl.storage.catalog import TableSpec
from etl.storage.files import Files
from etl.storage.folders import Folders
from etl.storage.lake import Lake
from etl.storage.maintenance import Upkeep
from etl.storage.pointer import Pointer
from etl.storage.snapshot import Version
from etl.storage.tables import Tables

#: Whatever is written is written by a method of one of these.
DOORS = (Lake, Tables, Upkeep, Files, Pointer)

JOBS = ("ingest", "curate", "marts", "maintain")

#: The run that is killed, and the upkeep of it.
KILLED = "killed"

#: So short that upkeep has something to remove.
KEPT = timedelta(milliseconds=1)

#: What a call is named by: no document, no query, no moment.
_NAME = re.compile(r"[\w./=-]+")


@dataclass(frozen=True)
class Boundary:
    """A moment of a job: a call of a method that begins or has ended, numbered among the same calls.

    `kind` is the methods under way that changed something, `shared` whether it was more than the run's own
    files.
    """

    job: str
    moment: str
    kind: str
    shared: bool


def run_job(spark: SparkSession, root: Path, job: str) -> None:
    """One job of the run, or the upkeep after it."""
    if job == "maintain":
        maintain.run(Lake(spark, str(root), kept=KEPT), KILLED + "-upkeep")
    else:
        step = {"ingest": ingest.run, "curate": curate.run, "marts": marts.run}[job]
        step(spark, run_of(root, NEXT_DAY, KILLED, KEPT))


def watch(spark: SparkSession, root: Path, job: str) -> list[Boundary]:
    """Run a job undisturbed; its boundaries, in their order."""
    found: list[Boundary] = []
    last = files_of(root)

    def look(moment: str, kind: str) -> None:
        nonlocal last
        now = files_of(root)
        changed = {path for path, _ in now.symmetric_difference(last)}
        if changed:
            shared = any(f"/run={KILLED}" not in path for path in changed)
            found.append(Boundary(job, moment, kind, shared))
            last = now

    with traced_calls() as calls:
        calls.begin(look)
        run_job(spark, root, job)
    return found


def spread(found: list[Boundary]) -> list[Boundary]:
    """The end of every job, and of every kind of change that others can see the one in the middle."""
    kinds: dict[tuple[str, str, str], list[Boundary]] = {}
    for each in found:
        if each.shared:
            kinds.setdefault((each.job, each.moment.partition(" ")[0], each.kind), []).append(each)
    chosen = {of_kind[len(of_kind) // 2] for of_kind in kinds.values()}
    chosen |= {[each for each in found if each.job == job][-1] for job in JOBS}
    return [each for each in found if each in chosen]


class Calls:
    """Calls of doors, each told to whoever looks with a name that no other has."""

    def __init__(self) -> None:
        """Begin with nobody who looks."""
        self._seen: Counter[str] = Counter()
        self._under_way = threading.local()
        self._tell: Callable[[str, str], None] = lambda *_: None

    def begin(self, tell: Callable[[str, str], None]) -> None:
        """Count anew, and tell somebody else."""
        self._seen, self._tell = Counter(), tell

    def traced(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method, whose calls are told when they begin and when they have ended."""

        @functools.wraps(method)
        def wrapped(*arguments: Any, **named: Any) -> Any:
            names = _names([*arguments[1:], *named.values()])
            call = f"{method.__qualname__}({', '.join(names)})"
            self._seen[call] += 1
            numbered = f"{call} #{self._seen[call]}"
            under_way = vars(self._under_way).setdefault("calls", [])
            under_way.append(f"{method.__qualname__}{_document(names)}")
            self._tell(f"before {numbered}", " > ".join(under_way[:-1]))
            result = method(*arguments, **named)
            self._tell(f"after {numbered}", " > ".join(under_way))
            under_way.pop()
            return result

        return wrapped


@contextmanager
def traced_calls() -> Iterator[Calls]:
    """Trace the calls of every door, one after the other, so that a name means the same moment every time.

    No branch is too young for upkeep to drop meanwhile.
    """
    calls, pool = Calls(), ThreadPoolExecutor.__init__
    with ExitStack() as patches:
        patches.enter_context(patch.object(ThreadPoolExecutor, "__init__", lambda self, *_: pool(self, 1)))
        patches.enter_context(patch.object(maintenance, "ABANDONED", timedelta(0)))
        for door in DOORS:
            for name, member in list(vars(door).items()):
                if isinstance(member, FunctionType) and not name.startswith("__"):
                    patches.enter_context(patch.object(door, name, calls.traced(member)))
        yield calls


def _names(arguments: Iterable[Any]) -> list[str]:
    named = [each.name if isinstance(each, (TableSpec, Version, Folders)) else each for each in arguments]
    return [each for each in named if isinstance(each, str) and _NAME.fullmatch(each)]


def _document(names: list[str]) -> str:
    """The document that a method wrote: what it does with one is not what it does with another."""
    return "".join(f" {name.rpartition('/')[2]}" for name in names[:1] if name.endswith(".json"))


def files_of(root: Path) -> set[tuple[str, tuple[int, int]]]:
    """Every file with its size and the moment it was written."""
    stats = ((entry.path, entry.stat()) for entry in _walked(str(root)))
    return {(path, (stat.st_size, stat.st_mtime_ns)) for path, stat in stats}


def _walked(folder: str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _walked(entry.path)
            else:
                yield entry
