"""What MWAA installs, and that the tests run on the same."""

from __future__ import annotations

import importlib.metadata
import re
import sys

from airflow_settings import ROOT

_FOLDER = ROOT / "requirements"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def _pins(name: str) -> dict[str, str]:
    return dict(_PINNED.findall((_FOLDER / name).read_text(encoding="utf-8")))


def test_the_tests_run_on_what_mwaa_installs() -> None:
    wanted = _pins("mwaa.in")
    assert len(wanted) == 6
    assert {name: importlib.metadata.version(name) for name in wanted} == wanted
    assert importlib.metadata.version("apache-airflow") == "3.0.6"
    assert sys.version_info[:2] == (3, 12)


def test_every_locked_version_is_the_one_mwaa_s_constraints_name() -> None:
    constraints = {name.lower(): pin for name, pin in _pins("mwaa-3.0.6-constraints.txt").items()}
    locked = {name.lower(): pin for name, pin in _pins("dags.txt").items()}
    constrained = {name: pin for name, pin in locked.items() if name in constraints}
    assert len(constrained) > 140
    assert constrained == {name: constraints[name] for name in constrained}


def test_mwaa_installs_no_other_version_than_the_tests() -> None:
    shipped = _pins("mwaa.txt")
    assert len(shipped) > 30
    assert {name: importlib.metadata.version(name) for name in shipped} == shipped
    assert set(_pins("mwaa.in")) <= set(shipped)
