"""Starts the endpoint: `python -m ingest`, with the settings in the environment."""

from __future__ import annotations

import os
import sys

from ingest.app import Endpoint
from ingest.datasets import load_datasets
from ingest.logs import start_logs
from ingest.producer import EventProducer
from ingest.server import serve
from ingest.settings import SettingsError, read_settings
from ingest.validation.compiled import ContractError


def main() -> int:
    """Run the endpoint. Returns the exit code: 2 when it cannot start with its settings."""
    try:
        settings = read_settings(os.environ)
        datasets = load_datasets(settings.contracts)
    except (SettingsError, ContractError) as error:
        print(error, file=sys.stderr)
        return 2
    start_logs(settings.log_level)
    serve(Endpoint(settings, datasets, EventProducer(settings.bootstrap, settings.acknowledge_timeout)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
