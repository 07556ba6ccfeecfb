"""Goes on where an earlier owner of a stream ended, and clears up after an owner that was overtaken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from etl.logs import log
from etl.model.layout import (
    QUARANTINE_ZONE,
    RUN_DATE_KEY,
    RUN_KEY,
    STREAM_ARCHIVE_FOLDER,
    STREAM_DECISIONS_FOLDER,
    STREAM_JOB,
)
from etl.storage.files import Files
from etl.storage.lake import Lake
from etl.streaming.applying import apply, note
from etl.streaming.ledger import Entry, entry_name
from etl.streaming.ownership import Ownership, TakenOverError
from etl.streaming.streamed import Streamed, first_open_day


def recover(lake: Lake, owner: Ownership, stream: Streamed) -> None:
    """Apply what was decided and not applied, and remove what was begun and not decided.

    An earlier owner may stand still just before it decides. What it has begun is removed only once its number
    in the ledger is taken: it would otherwise decide about folders that are gone.
    """
    ledger, dataset, files = stream.ledger, stream.contract.name, lake.files
    unapplied = ledger.unapplied()
    if unapplied is None:
        begun = _folders(files, dataset, ledger.next_number)
        if begun and (day := first_open_day(stream) or _archived_day(begun)):
            try:
                note(owner, stream, day)
            except TakenOverError:
                owner.require(dataset)
                # The earlier owner was faster.
                unapplied = ledger.unapplied()
    for entry in (ledger.last, unapplied):
        if entry is not None:
            _remove_others(files, entry)
    if unapplied is not None:
        log.info("recovered", extra={"dataset": dataset, "entry": unapplied.number})
        apply(lake, stream.contract, stream.live, ledger, owner, unapplied)


def end_if_overtaken(files: Files, owner: Ownership, streams: Iterable[Streamed]) -> None:
    """Remove what this process has begun and not decided, where another one owns a stream of it by now.

    No other process knows these folders: they carry the generation of this one.
    Raises TakenOverError where that is so.
    """
    for stream in streams:
        name, ledger = stream.contract.name, stream.ledger
        try:
            owner.require(name)
        except TakenOverError:
            generation, decided = owner.generations[name], ledger.unapplied()
            if decided is None or decided.generation != generation:
                for folder in _of(_folders(files, name, ledger.next_number), generation):
                    files.delete(folder)
            raise


def _remove_others(files: Files, entry: Entry) -> None:
    """Remove what owners have begun under the number of an entry that another one has decided."""
    begun = _folders(files, entry.dataset, entry.number)
    for folder in sorted({*begun} - {*_of(begun, entry.generation)}):
        files.delete(folder)


def _folders(files: Files, dataset: str, number: int) -> list[str]:
    """The folders of all generations of an entry: archive, decision and quarantine."""
    begun = entry_name(number, 0)[:-1]
    patterns = (
        f"{STREAM_ARCHIVE_FOLDER}/{dataset}/{RUN_DATE_KEY}=*/{begun}*",
        f"{STREAM_DECISIONS_FOLDER}/{dataset}/{begun}*",
        f"{QUARANTINE_ZONE}/{dataset}/{RUN_KEY}={STREAM_JOB}-{begun}*",
    )
    return [folder for pattern in patterns for folder in files.matching(pattern)]


def _of(folders: Sequence[str], generation: int) -> list[str]:
    """Those of a generation."""
    return [folder for folder in folders if re.search(rf"\b\d+-{generation}(_[^/]*)?$", folder)]


def _archived_day(folders: Sequence[str]) -> str | None:
    """The run date of the first archive among folders."""
    found = (re.search(rf"/{RUN_DATE_KEY}=([\d-]+)/", folder) for folder in folders)
    return next((match[1] for match in found if match), None)
