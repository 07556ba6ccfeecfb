"""`platform check` on a directory of wrong environments, to the last error, whole process."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from process import ROOT, compare

with tempfile.TemporaryDirectory() as directory:
    for source in (ROOT / "environments").glob("*.tfvars"):
        text = re.sub(r'region(\s*)= "[^"]*"', r'region\1= "eu-nroth-1"', source.read_text())
        (Path(directory) / source.name).write_text(text + "\nunknown_key = 1\n")
    compare(
        {"./platform check, wrong tfvars": ["./platform", "--environments", directory, "check"]},
        expected_code=1,
    )
