"""The platform's own command, pointed at the emulated AWS by the environment."""

from __future__ import annotations

import os
import subprocess

from airflow_settings import ROOT


def platform_cli(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run one command, and return what it printed."""
    done = subprocess.run(
        [str(ROOT / "platform"), *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
