"""The tests import `etl` from the release, as the cluster does: built once, before the workers start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "build" / "test-bundle"


def built_bundle() -> Path:
    """The release of this checkout; workers of pytest-xdist find it built."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        command = [ROOT / "platform", "bundle", "--out", BUNDLE]
        built = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        if built.returncode != 0:
            raise RuntimeError(f"the release could not be built:\n{built.stdout}{built.stderr}")
    return BUNDLE


# At import, not in a hook: the conftest files below import `etl` before any hook runs.
sys.path.insert(0, str(built_bundle() / "etl.zip"))
