"""Names of folders and files that the DAGs share with the rest of the platform.

Generated from contracts/platform-layout.json and cli/generate/layout-constants.ts by `npm run generate`.
"""

from __future__ import annotations

from typing import Final

#: Raw files as their sources deliver them: raw/<dataset>/run_date=<day>/<file>.
RAW_ZONE: Final = "raw"
#: Iceberg tables of the accepted rows, one for each dataset; also the catalog's namespace.
CURATED_ZONE: Final = "curated"
#: Records that the jobs of a run leave: runs/run=<id>/<record>.json.
RUNS_ZONE: Final = "runs"
#: Day of a batch, YYYY-MM-DD, in names of folders.
RUN_DATE_KEY: Final = "run_date"
#: Id of a run in names of folders.
RUN_KEY: Final = "run"
#: Names the current release, in the artifacts bucket.
RELEASE_POINTER: Final = "etl/current.json"
#: Step of a run that reads and validates raw files.
INGEST_JOB: Final = "ingest"
#: Job that maintains the published tables.
MAINTAIN_JOB: Final = "maintain"
#: Which raw files a run has read, by dataset.
RAW_FILES_RECORD: Final = "raw_files.json"
#: Results of a run; contracts/run-results.ts has its shape.
RESULTS_RECORD: Final = "results.json"
#: What maintaining the tables saved.
MAINTENANCE_RECORD: Final = "maintenance.json"
