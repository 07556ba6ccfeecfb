"""Notes the calls of a tier of tests and holds them against `calls.json`, as a plugin of pytest.

A test fails that makes a call which the file does not have, and a run of the whole tier fails if the file has
calls that nothing makes any more. With `RECORD_CALLS=1` in the environment the file is written instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from calls import Call, Places, calls_of, read_calls, write_calls
from emulated_aws import Request

_OUTPUT = "recorded_calls"


class CallRecording:
    """The calls of one tier of tests."""

    def __init__(self, tier: str, folder: Path, places: Places) -> None:
        """Create the recording.

        :param tier: name in `calls.json`
        :param folder: where all tests of the tier are
        """
        self._tier = tier
        self._folder = folder
        self._places = places
        self._known = read_calls(tier)
        #: Every call so far.
        self.seen: set[Call] = set()
        self._faults: list[str] = []
        self._writes = bool(os.environ.get("RECORD_CALLS"))

    def note(self, request: Request) -> None:
        """Note a call. What cannot be read fails the test that is running."""
        try:
            calls = calls_of(request, self._places)
        except ValueError as error:
            self._faults.append(f"✗ {error}")
            return
        for call in sorted(calls - self.seen - (calls if self._writes else self._known)):
            self._faults.append(
                f"✗ {call}: this call is not in tests/calls/calls.json\n"
                f"  → if the role is meant to make it, RECORD_CALLS=1 make test-{self._tier} adds it, "
                "and make test-schemas says whether the role may"
            )
        self.seen |= calls

    def raise_faults(self) -> None:
        """Fail with what has been noted wrong since the last time.

        :raises AssertionError: calls that the file does not have, or that cannot be read
        """
        faults, self._faults = self._faults, []
        assert not faults, "\n".join(faults)

    def stale(self) -> list[str]:
        """Return what is wrong with the file after a run of the whole tier, a message each."""
        return [
            f"✗ {call}: no test of the tier {self._tier} makes this call any more\n"
            "  → remove it from tests/calls/calls.json"
            for call in sorted(self._known - self.seen)
        ]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        """Fail a test that has made a call which is not in the file."""
        result = yield
        self.raise_faults()
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a process of xdist has noted."""
        noted = getattr(node, "workeroutput", {}).get(_OUTPUT, [])
        self.seen |= {
            Call(role, operation, tuple(map(tuple, parameters))) for role, operation, parameters in noted
        }

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the file, or look for calls that nothing makes any more."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_OUTPUT] = [(one.role, one.operation, one.parameters) for one in self.seen]
            return
        is_whole = self._is_whole(session)
        if self._writes:
            write_calls(self._tier, self.seen if is_whole else self.seen | self._known)
        elif is_whole and (faults := self.stale()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            reporter = session.config.pluginmanager.get_plugin("terminalreporter")
            reporter.write_line("\n".join(["", *faults]), red=True)

    def _is_whole(self, session: pytest.Session) -> bool:
        config = session.config
        folders = [Path(config.invocation_params.dir, name).resolve() for name in config.args]
        is_narrowed = any(config.getoption(name) for name in ("keyword", "markexpr", "collectonly"))
        return session.testsfailed == 0 and folders == [self._folder] and not is_narrowed


#: Where a tier's recording is among what pytest keeps for plugins.
RECORDING = pytest.StashKey[CallRecording]()


def register(config: pytest.Config, recording: CallRecording) -> None:
    """Make a recording one of pytest's plugins."""
    config.stash[RECORDING] = recording
    config.pluginmanager.register(recording, "recorded-calls")
