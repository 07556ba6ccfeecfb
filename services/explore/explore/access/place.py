"""Where the tables of an environment are asked for; imports nothing, so that options are read fast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class AthenaPlace:
    """The workgroup of an environment, its region, and what the names of its Glue databases begin with.

    `results` is a folder of S3 for results; None where the workgroup has its own, as the platform's do.
    """

    workgroup: str
    database_prefix: str
    region: str
    results: str | None = None
