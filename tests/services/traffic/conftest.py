"""Puts the package under test, and what these tests share, on the path."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent

sys.path[:0] = [str(HERE), str(HERE.parents[2] / "services" / "traffic")]
