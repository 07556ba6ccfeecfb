"""The image installs locked wheels alone and runs without rights. Docker is not needed to check that."""

from __future__ import annotations

import re

from lakes import ROOT

FOLDER = ROOT / "services/explore"
LINES = [line for line in (FOLDER / "Dockerfile").read_text().splitlines() if not line.startswith("#")]


def values_of(instruction: str) -> list[str]:
    """The arguments of every instruction of a kind."""
    return [line.removeprefix(f"{instruction} ") for line in LINES if line.startswith(f"{instruction} ")]


def test_runs_as_a_numbered_user_that_is_not_root() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", values_of("USER")[-1])
    assert LINES.index(f"USER {values_of('USER')[-1]}") < next(
        number for number, line in enumerate(LINES) if line.startswith("ENTRYPOINT")
    )


def test_installs_locked_wheels_by_hash() -> None:
    (install,) = [line for line in LINES if "pip install" in line]
    assert "--require-hashes --only-binary=:all: -r /requirements.txt" in install
    locked = (ROOT / "requirements/explore.txt").read_text()
    assert locked.count("==") <= locked.count("--hash=sha256:")


def test_copies_what_the_build_may_see() -> None:
    sources = [copy.split()[0] for copy in values_of("COPY") if not copy.startswith("--from")]
    seen = (FOLDER / "Dockerfile.dockerignore").read_text().splitlines()
    assert seen[1] == "*"
    for source in sources:
        assert (ROOT / source).exists()
        assert f"!{source}" in seen


def test_has_a_health_check_and_a_python_of_the_lock_file() -> None:
    assert values_of("HEALTHCHECK")
    assert all(base.startswith("python:3.11-") for base in values_of("FROM"))
