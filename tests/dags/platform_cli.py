"""The platform's own command, pointed at the emulated AWS by the environment."""

from __future__ import annotations

import os
import subprocess

from airflow_settings import ROOT
from emulated_aws import OF_TESTS


def platform_cli(*arguments: str, environment: dict[str, str] | None = None, key: str = OF_TESTS) -> str:
    """Run one command, and return what it printed.

    :param key: access key, the name of the role that would run it
    """
    done = subprocess.run(
        [str(ROOT / "platform"), *arguments],
        cwd=ROOT,
        env={**os.environ, "AWS_ACCESS_KEY_ID": key, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
