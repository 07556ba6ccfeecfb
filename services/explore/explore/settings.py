"""Settings of the application: environment variables, all read and checked at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from explore.access.place import AthenaPlace
from explore.errors import ExploreError

PREFIX = "EXPLORE_"

#: Every setting with what it is for; docs/explore.md has the table.
SETTINGS = {
    "LAKE": "root of the lake: a folder, or s3://<bucket> for the records of an environment",
    "CONTRACTS": "folder of `./platform contract compile`",
    "WORKGROUP": "Athena's workgroup; without it SQL is answered from the folder of the lake",
    "DATABASE_PREFIX": "what the names of Glue's databases begin with",
    "REGION": "region of the workgroup and of a search domain on AWS",
    "SEARCH_URL": "OpenSearch; without it the pages about search say that it is away",
    "SEARCH_SIGNED": "`true` for a domain on AWS, whose requests are signed",
    "WORDS": "folder of the words of products, which `python -m explore.language` writes",
    "USER_HEADER": "header in which a proxy names the user; nothing is decided by it",
}


class SettingsError(ExploreError):
    """Settings that the application cannot start with: every problem, one a line."""


@dataclass(frozen=True)
class Settings:
    """Every setting with its value; None or empty where it is not set."""

    lake: str
    contracts: Path
    athena: AthenaPlace | None
    search_url: str | None
    search_signed: bool
    region: str
    words: Path | None
    user_header: str | None


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings. Raises SettingsError with every problem at once."""
    found = {name: environment.get(PREFIX + name, "") for name in SETTINGS}
    problems = [*_unknown(environment), *_wrong(found)]
    if problems:
        raise SettingsError("\n".join(problems))
    workgroup, region = found["WORKGROUP"], found["REGION"]
    return Settings(
        lake=found["LAKE"],
        contracts=Path(found["CONTRACTS"]),
        athena=AthenaPlace(workgroup, found["DATABASE_PREFIX"], region) if workgroup else None,
        search_url=found["SEARCH_URL"].rstrip("/") or None,
        search_signed=found["SEARCH_SIGNED"] == "true",
        region=region,
        words=Path(found["WORDS"]) if found["WORDS"] else None,
        user_header=found["USER_HEADER"] or None,
    )


def _unknown(environment: Mapping[str, str]) -> list[str]:
    known = ", ".join(PREFIX + name for name in SETTINGS)
    return [
        f"{name}: is not a setting of the application; they are {known}"
        for name in sorted(environment)
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in SETTINGS
    ]


def _wrong(found: Mapping[str, str]) -> list[str]:
    problems = [
        f"{PREFIX}{name}: is not set; set it to the {SETTINGS[name]}"
        for name in ("LAKE", "CONTRACTS")
        if not found[name]
    ]
    if found["WORKGROUP"] and not found["REGION"]:
        problems.append(f"{PREFIX}REGION: is not set, and {PREFIX}WORKGROUP is; name its region")
    if found["LAKE"].startswith("s3://") and not found["WORKGROUP"]:
        problems.append(
            f"{PREFIX}WORKGROUP: is not set, and {PREFIX}LAKE is on S3; name the workgroup that is asked"
        )
    if found["SEARCH_URL"] and not found["SEARCH_URL"].startswith(("http://", "https://")):
        problems.append(
            f"{PREFIX}SEARCH_URL: {found['SEARCH_URL']!r} is not allowed; use an http or https URL"
        )
    if found["SEARCH_SIGNED"] not in ("", "true", "false"):
        problems.append(
            f"{PREFIX}SEARCH_SIGNED: {found['SEARCH_SIGNED']!r} is not allowed; use true or false"
        )
    if found["SEARCH_SIGNED"] == "true" and not found["REGION"]:
        problems.append(f"{PREFIX}REGION: is not set, and {PREFIX}SEARCH_SIGNED is true; name its region")
    return problems
