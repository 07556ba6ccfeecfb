"""Lists of a snapshot's files, one object for each table: for engines that know no pointer, Athena above all.

A manifest is what Hive's `SymlinkTextInputFormat` reads: one URI of a data file per line, and nothing else in
its folder. All files of a table stand in one manifest, so that one put replaces the whole table.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from etl.storage.files import Files
from etl.storage.snapshot import Part, Snapshot

#: Folder of the manifests below the lake's root; each table has a folder of its own there.
FOLDER = "published/manifests"

#: Says which snapshot all manifests were last written for; in their folders it would be read as one of them.
WRITTEN = "published/manifests.json"

#: Folders listed concurrently; each listing is one short request.
LISTINGS = 8

#: Hadoop's names of the one protocol that Athena calls `s3`.
HADOOP_S3 = ("s3a", "s3n")


def manifest_of(name: str) -> str:
    """Where the manifest of a table is, by the name that S3 Inventory gives such files."""
    return f"{FOLDER}/{name}/symlink.txt"


def list_files(files: Files, snapshot: Snapshot) -> dict[str, str]:
    """The text of every table's manifest.

    Raises FileNotFoundError when a folder does not hold as many files as were written to it.
    """
    with ThreadPoolExecutor(LISTINGS) as pool:
        listed = {
            name: pool.map(lambda part: _uris(files, part), table.parts.values())
            for name, table in snapshot.tables.items()
        }
        return {name: _lines(parts) for name, parts in listed.items()}


def engine_uri(path: str) -> str:
    """A path as Hadoop prints it (`file:/lake/x`, `s3a://bucket/x`) as the URI that query engines take."""
    scheme, _, rest = path.partition(":")
    if scheme in HADOOP_S3:
        return f"s3:{rest}"
    return f"file:///{rest.lstrip('/')}" if scheme == "file" else path


def _uris(files: Files, part: Part) -> list[str]:
    found = [engine_uri(file.path) for file in files.listed(part.folder)]
    if len(found) != part.files:
        raise FileNotFoundError(
            f"{files.path(part.folder)}: {part.files} files were written and {len(found)} are there; "
            "nothing was published; restore the folder's earlier version, or run the batch again"
        )
    return found


def _lines(parts: Iterable[list[str]]) -> str:
    return "".join(f"{uri}\n" for uris in parts for uri in uris)
