"""The engine of an environment: Athena where a workgroup is named, else DuckDB on the lake's folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from explore.access.contracts import Contract
from explore.access.engine import Engine
from explore.access.place import AthenaPlace


def engine_at(lake: Path | str, athena: AthenaPlace | None, contracts: Mapping[str, Contract]) -> Engine:
    """Return the engine; the other one's packages are not loaded, which saves a command a second."""
    if athena is None:
        from explore.access.laptop import Laptop  # noqa: PLC0415

        return Laptop(Path(lake), contracts)
    from explore.access.athena import Athena  # noqa: PLC0415

    return Athena(athena, contracts)
