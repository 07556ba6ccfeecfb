"""Fixtures of the judge: the stacks of the committed environments, and what was found in them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from judge import Exceptions, Verdict, figures, judge
from synthesis import Stack, read_stacks

ROOT = Path(__file__).resolve().parents[2]
_VERDICTS = pytest.StashKey[list[Verdict]]()


#: The committed environments, networks of another kind, and what lies at the limits of the configuration.
ENVIRONMENTS = (
    "environments",
    "examples/everything",
    "__tests__/stacks/layouts",
    "tests/schemas/environments",
)


@pytest.fixture(scope="session")
def groups(tmp_path_factory: pytest.TempPathFactory) -> list[list[Stack]]:
    """Return the stacks of each environment and account, as `./platform synth` writes them."""
    groups: list[list[Stack]] = []
    for environments in ENVIRONMENTS:
        folder = tmp_path_factory.mktemp("synth")
        command = [str(ROOT / "platform"), "synth", "--environments", environments, "--out", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        groups += read_stacks(folder).values()
    return groups


@pytest.fixture(scope="session")
def exceptions() -> Exceptions:
    """Return the committed exceptions."""
    return Exceptions.read()


@pytest.fixture(scope="session")
def verdicts(groups: list[list[Stack]], request: pytest.FixtureRequest) -> list[Verdict]:
    """Return what is found in each environment and account; the figures are printed at the end."""
    found = request.config.stash[_VERDICTS] = [judge(stacks) for stacks in groups]
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was judged."""
    if found := config.stash.get(_VERDICTS, None):
        terminalreporter.write_line(figures(found))
