"""The engines that pipelines run on, and which of them this environment has."""

from __future__ import annotations

from platform_dag import options
from platform_dag.engines.emr import EMR
from platform_dag.engines.emr_serverless import EMR_SERVERLESS
from platform_dag.engines.engine import Engine

#: By the value of `processing.compute`. A new engine is a file in this folder, a DAG file, and a line here.
ENGINES: dict[str, Engine] = {engine.compute: engine for engine in (EMR, EMR_SERVERLESS)}


def chosen() -> Engine | None:
    """Return the engine of this environment, or None where the option `platform.compute` is not set.

    :raises OptionError: no engine has that value.
    """
    compute = options.compute(ENGINES)
    return None if compute is None else ENGINES[compute]
