"""Which datasets any folder of files holds, told from names alone, so that every job tells the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from etl.logs import log
from etl.sources.naming import plain_name
from etl.sources.raw import EXTENSIONS, PACKED
from etl.storage.files import Files, StoredFile

#: Numbers and days at the end of a name: the files of one dataset differ in them.
_PART = re.compile(r"([._-]+(part|chunk|batch)?[._-]*[0-9][0-9T:._-]*)+$", re.IGNORECASE)

#: Names that say that a file is a part, and not of what.
_NAMELESS = re.compile(r"^(part|data|file|chunk|batch|export|output)?[._-]*[0-9a-f-]*$", re.IGNORECASE)


def find_collection(files: Files) -> dict[str, list[StoredFile]]:
    """The files below a root by dataset; the root may be one file.

    A folder is a dataset. A file that lies at the root is one, too, named by itself without the number of a
    part: `orders-00001.csv.gz` is of `orders`; one that is only called `part-0001` is of what the root is
    called. What is hidden, by a point or an underscore before its name, is left out.
    So is a dataset without one file that is called like data: a README, say; the log names it.
    Raises FileNotFoundError when there is nothing, ValueError when two places give one name or a folder
    holds a column.
    """
    root = files.itself()
    if not files.is_folder():
        return {dataset_name(_PART.sub("", _stem(root.name))): [root]}
    found: dict[str, list[StoredFile]] = {}
    places: dict[str, str] = {}
    for file in files.walked(""):
        *folders, _ = file.path[len(root.path) :].lstrip("/").split("/")
        if any(folder.startswith((".", "_")) for folder in folders):
            continue
        _refuse_partition(files, folders)
        stem = _PART.sub("", _stem(file.name))
        place = folders[0] if folders else root.name if _NAMELESS.match(stem) else stem
        name = dataset_name(place)
        if places.setdefault(name, place) != place:
            raise ValueError(
                f"{files.root}: {places[name]} and {place} both make the dataset {name}; rename one of them"
            )
        found.setdefault(name, []).append(file)
    kept = {name: of_it for name, of_it in found.items() if any(format_of(file.name) for file in of_it)}
    for file in [file for name in found.keys() - kept.keys() for file in found[name]]:
        log.warning("left out", extra={"path": file.path, "reason": "it is not called like data"})
    if not kept:
        raise FileNotFoundError(f"{files.root}: there is no CSV, JSON lines or Parquet file")
    return dict(sorted(kept.items()))


def _refuse_partition(files: Files, folders: Sequence[str]) -> None:
    """Raise ValueError for a folder `key=value`: its column is in no file, and would be lost."""
    for folder in folders:
        if "=" in folder:
            column = folder.partition("=")[0]
            raise ValueError(
                f"{files.root}: files below {folder} have no column {column}, which only the folder names; "
                f"write it into the files, or name the folder without ="
            )


def choose_files(
    collection: Mapping[str, Sequence[StoredFile]], contracts: Sequence[str]
) -> dict[str, Sequence[StoredFile]]:
    """The files of each contract. One dataset goes to the one contract there is, whatever it is called.

    Raises ValueError when data has no contract: it would be left out without a word.
    """
    if len(collection) == 1 and len(contracts) == 1:
        return {contracts[0]: next(iter(collection.values()))}
    strange = sorted(set(collection) - set(contracts))
    if strange:
        raise ValueError(
            f"there is data of {', '.join(strange)}, and no contract for it; there are contracts for "
            f"{', '.join(sorted(contracts))}"
        )
    return {name: collection.get(name, ()) for name in contracts}


def dataset_name(text: str) -> str:
    """A name of a dataset, a table and a folder, from any text."""
    return plain_name(text, "data")


def format_of(name: str) -> str | None:
    """The format that a file's name tells; None for any other."""
    lower = name.lower()
    for packed in PACKED:
        lower = lower[: -len(packed)] if lower.endswith(packed) else lower
    return next((form for form, endings in EXTENSIONS.items() if lower.endswith(endings)), None)


def _stem(name: str) -> str:
    """A file's name without its endings: `dbo.Orders.csv.gz` is `dbo.Orders`.

    Of one that is only a part all that follows a point is left out: `part-0-c1.c000.snappy.parquet`.
    """
    first = name.partition(".")[0] or name
    if format_of(name) is None or _NAMELESS.match(_PART.sub("", first)):
        return first
    stem = name
    for ending in (*PACKED, *(ending for endings in EXTENSIONS.values() for ending in endings)):
        stem = stem[: -len(ending)] if stem.lower().endswith(ending) else stem
    return stem
