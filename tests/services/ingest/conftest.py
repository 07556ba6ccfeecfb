"""What the endpoint's tests share: compiled contracts, a broker, an endpoint process."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contracts of this checkout, as `./platform contract compile` writes them."""
    folder = tmp_path_factory.mktemp("contracts")
    subprocess.run([ROOT / "platform", "contract", "compile", "--out", folder], check=True, stdout=subprocess.DEVNULL)
    return folder
