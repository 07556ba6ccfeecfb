"""Starts the application: `python -m explore`, with the settings in the environment."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from explore.errors import ExploreError
from explore.settings import read_settings

MAIN = Path(__file__).parent / "app" / "main.py"


def main(arguments: list[str]) -> NoReturn:
    """Serve until it is stopped. Ends with exit code 2 when it cannot start with its settings."""
    parser = argparse.ArgumentParser(prog="python -m explore", allow_abbrev=False)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8501, help="port to listen on")
    options = parser.parse_args(arguments)
    try:
        read_settings(os.environ)
    except ExploreError as error:
        print(error.message, file=sys.stderr)
        sys.exit(2)
    address = ["--server.address", options.host, "--server.port", str(options.port)]
    # Streamlit takes this process over, so that signals reach it.
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(MAIN), *address])


if __name__ == "__main__":
    main(sys.argv[1:])
