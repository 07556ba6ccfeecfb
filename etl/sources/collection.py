"""Which datasets any folder of files holds, told from names alone, so that every job tells the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from etl.logs import log
from etl.sources.naming import plain_name
from etl.sources.partitions import partitions_of
from etl.sources.raw import EXTENSIONS, PACKED
from etl.storage.files import Files, StoredFile

#: Numbers, days, weeks and copies at the end of a name: the files of one dataset differ in them.
_PART = re.compile(
    r"([\s._-]*\([0-9]+\)"
    r"|[\s._-]+(part|chunk|batch)?[\s._-]*[0-9][0-9T:._-]*(W[0-9]{1,2}|Q[1-4]|Z)?(-[1-7])?)+$",
    re.IGNORECASE,
)

#: Names that say that a file is a part, and not of what: a number, or as many hexadecimal digits as nobody
#: takes for a word.
_NAMELESS = re.compile(
    r"^((part|data|file|chunk|batch|export|output)([\s._-]+[0-9a-f-]*|[0-9]*)|[0-9]*"
    r"|(?=[a-f-]*[0-9])[0-9a-f-]{8,})$",
    re.IGNORECASE,
)

#: What people put beside data.
_ABOUT = re.compile(
    r"(read_?me|licen[cs]e|notice|copying|authors|change_?log)([.-].*)?|.*\.(md|rst)", re.IGNORECASE
)


#: Why a file is left out that no other file makes one of a dataset.
_NOT_DATA = "its name is not that of a CSV, JSON lines or Parquet file"


@dataclass(frozen=True)
class Collection:
    """The files below a root by dataset, and the datasets and files that are left out, with the reason."""

    datasets: Mapping[str, list[StoredFile]]
    left_out: Mapping[str, str]


def find_collection(files: Files) -> Collection:
    """The files below a root by dataset; the root may be one file.

    A folder is a dataset. A file that lies at the root is one, too, named by itself without the number of a
    part: `orders-00001.csv.gz` is of `orders`; one that is only called `part-0001` is of what the root is
    called. A folder `day=2024-01-31` is none: it names a column of the files below it. What is hidden, by a
    point or an underscore before its name, is left out, and so is a README. Files of what would be a dataset
    without one that is called like data are left out by their paths: nobody has to take the rest for the
    whole. Two places that give one name are no dataset.
    Raises FileNotFoundError when there is nothing.
    """
    root = files.itself()
    if not files.is_folder():
        return Collection({dataset_name(_PART.sub("", _stem(root.name))): [root]}, {})
    found, places = _by_name(files, root)
    kept = {name: of_it for name, of_it in found.items() if any(format_of(file.name) for file in of_it)}
    if not kept:
        raise FileNotFoundError(f"{files.root}: there is no CSV, JSON lines or Parquet file")
    others = [file for name in sorted(found.keys() - kept.keys()) for file in found[name]]
    several = {
        name: f"{' and '.join(sorted(places[name]))} both make the dataset {name}: rename one of them"
        for name in sorted(kept)
        if len(places[name]) > 1
    }
    left_out = {_inside(file, root): _NOT_DATA for file in others} | several
    return Collection({name: kept[name] for name in sorted(kept) if name not in several}, left_out)


def _by_name(files: Files, root: StoredFile) -> tuple[dict[str, list[StoredFile]], dict[str, set[str]]]:
    """All files that are not about data by what would be their dataset, and the places of each."""
    found: dict[str, list[StoredFile]] = {}
    places: dict[str, set[str]] = {}
    for file in files.walked(""):
        *folders, _ = _inside(file, root).split("/")
        if any(folder.startswith((".", "_")) for folder in folders):
            continue
        if _ABOUT.fullmatch(file.name):
            log.warning("left out", extra={"path": file.path, "reason": "it is about data"})
            continue
        place = _place(file, folders, root.name)
        name = dataset_name(place)
        places.setdefault(name, set()).add(place)
        found.setdefault(name, []).append(replace(file, partitions=partitions_of(folders)))
    return found, places


def _inside(file: StoredFile, root: StoredFile) -> str:
    return file.path[len(root.path) :].lstrip("/")


def _place(file: StoredFile, folders: Sequence[str], root: str) -> str:
    """What a dataset is called by: its folder, its file, or the root."""
    named = [folder for folder in folders[:1] if not partitions_of([folder])]
    if named:
        return named[0]
    stem = _PART.sub("", _stem(file.name))
    return root if folders or _NAMELESS.match(stem) else stem


def choose_files(
    collection: Collection, contracts: Sequence[str]
) -> tuple[dict[str, Sequence[StoredFile]], dict[str, str]]:
    """The files of each contract, and the datasets that are left out, as they have none, with the reason.

    One dataset goes to the one contract there is, whatever it is called. Raises ValueError when no contract
    has data.
    """
    datasets, left_out = collection.datasets, dict(collection.left_out)
    if len(datasets) == 1 and len(contracts) == 1:
        return {contracts[0]: next(iter(datasets.values()))}, left_out
    strange = sorted(set(datasets) - set(contracts))
    there_are = f"there are contracts for {', '.join(sorted(contracts))}"
    if len(strange) == len(datasets):
        raise ValueError(f"there is data of {', '.join(strange)}, and no contract for it; {there_are}")
    left_out.update(dict.fromkeys(strange, f"there is no contract for it; {there_are}"))
    return {name: datasets.get(name, ()) for name in contracts}, left_out


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
