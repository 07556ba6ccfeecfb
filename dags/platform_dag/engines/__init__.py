"""The engines that pipelines run on, and which of them this environment has.

Each module of this folder that has an `ENGINE` is one: a new engine registers nowhere else.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from platform_dag import options
from platform_dag.engines.engine import Engine


def _found() -> dict[str, Engine]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    engines: list[Engine] = [module.ENGINE for module in modules if hasattr(module, "ENGINE")]
    return {engine.compute: engine for engine in engines}


#: By the value of `processing.compute`.
ENGINES: dict[str, Engine] = _found()


def chosen() -> Engine | None:
    """Return the engine of this environment, or None where the option `platform.compute` is not set.

    :raises OptionError: no engine has that value.
    """
    compute = options.compute(ENGINES)
    return None if compute is None else ENGINES[compute]
