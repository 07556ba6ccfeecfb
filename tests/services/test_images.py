"""Images install locked wheels alone and run without rights. Docker is not needed to check that."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

#: Services that have an image, and their lock files.
LOCKS = {"ingest": "services", "explore": "explore"}


@pytest.fixture(params=sorted(LOCKS))
def service(request: pytest.FixtureRequest) -> str:
    """A service that has an image."""
    return str(request.param)


@pytest.fixture
def lines(service: str) -> list[str]:
    """The lines of its Dockerfile."""
    text = (ROOT / "services" / service / "Dockerfile").read_text()
    return [line for line in text.splitlines() if not line.startswith("#")]


def values_of(lines: list[str], instruction: str) -> list[str]:
    """The arguments of every instruction of a kind."""
    return [line.removeprefix(f"{instruction} ") for line in lines if line.startswith(f"{instruction} ")]


def test_every_image_is_looked_at() -> None:
    assert {file.parent.name for file in (ROOT / "services").glob("*/Dockerfile")} == LOCKS.keys()


def test_runs_as_a_numbered_user_that_is_not_root(lines: list[str]) -> None:
    user = values_of(lines, "USER")[-1]
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", user)
    assert lines.index(f"USER {user}") < next(
        number for number, line in enumerate(lines) if line.startswith("ENTRYPOINT")
    )


def test_installs_locked_wheels_by_hash(service: str, lines: list[str]) -> None:
    (install,) = [line for line in lines if "pip install" in line]
    assert "--require-hashes --only-binary=:all: -r /requirements.txt" in install
    locked = (ROOT / "requirements" / f"{LOCKS[service]}.txt").read_text()
    assert locked.count("==") <= locked.count("--hash=sha256:")


def test_copies_what_the_build_may_see(service: str, lines: list[str]) -> None:
    sources = [copy.split()[0] for copy in values_of(lines, "COPY") if not copy.startswith("--from")]
    seen = (ROOT / "services" / service / "Dockerfile.dockerignore").read_text().splitlines()
    assert seen[1] == "*"
    for source in sources:
        assert (ROOT / source).exists()
        assert f"!{source}" in seen


def test_has_a_health_check_and_a_python_of_the_lock_file(lines: list[str]) -> None:
    assert values_of(lines, "HEALTHCHECK")
    assert all(base.startswith("python:3.11-") for base in values_of(lines, "FROM"))
