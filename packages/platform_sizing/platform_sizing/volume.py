"""How much a run reads, as far as names and sizes of files tell."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

#: What compressed bytes grow to when they are read (Spark documentation, "Tuning Spark": a block that is
#: decompressed is often two or three times its size).
EXPANSION = 3

#: Compressed, and a reader can start inside: by row group, or by block.
_SPLITTABLE = (".parquet", ".bz2")
#: Compressed as one stream, which one task reads from its beginning to its end.
_STREAMS = (".gz", ".zst")


@dataclass(frozen=True)
class Volume:
    """Bytes of an input as it is stored, by what reading them takes."""

    #: All of them.
    stored: int = 0
    #: Those that are compressed.
    compressed: int = 0
    #: Those in files that only one task can read, and how many such files there are.
    streamed: int = 0
    streams: int = 0

    @property
    def unpacked(self) -> int:
        """Bytes that the tasks work on."""
        return self.stored + (EXPANSION - 1) * self.compressed

    def scan_tasks(self, split: int) -> int:
        """Tasks that read it, `split` bytes each where that is possible."""
        return self.streams + -(-(self.stored - self.streamed) // split)


def volume_of(files: Iterable[tuple[str, int]]) -> Volume:
    """Sum up files by name and size."""
    stored = compressed = streamed = streams = 0
    for name, size in files:
        lower = name.lower()
        stored += size
        if lower.endswith(_STREAMS):
            streamed, streams = streamed + size, streams + 1
        if lower.endswith(_STREAMS + _SPLITTABLE):
            compressed += size
    return Volume(stored, compressed, streamed, streams)


def volume_below(*paths: Path) -> Volume:
    """Sum up files, and what folders hold at any depth; a path or a link that leads nowhere adds nothing."""
    found = [path for path in paths if path.is_file()]
    found += [Path(folder, name) for path in paths for folder, _, names in os.walk(path) for name in names]
    return volume_of((file.name, file.stat().st_size) for file in found if file.is_file())
