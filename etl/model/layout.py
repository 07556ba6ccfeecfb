"""Names of folders, files and columns that the jobs share with the rest of the platform.

Generated from contracts/platform-layout.json and cli/generate/layout-constants.ts by `npm run generate`.
"""

from __future__ import annotations

from typing import Final

#: Raw files as their sources deliver them: raw/<dataset>/run_date=<day>/<file>.
RAW_ZONE: Final = "raw"
#: Rows of one run between its steps, with what was decided about each.
STAGED_ZONE: Final = "staged"
#: Iceberg tables of the accepted rows, one for each dataset; also the catalog's namespace.
CURATED_ZONE: Final = "curated"
#: Refused rows of every run, with the reasons: quarantine/<dataset>/run=<id>/step=<step>/.
QUARANTINE_ZONE: Final = "quarantine"
#: Iceberg tables of the marts; also the catalog's namespace.
MARTS_ZONE: Final = "marts"
#: Records that the jobs of a run leave: runs/run=<id>/<record>.json.
RUNS_ZONE: Final = "runs"
#: Day of a batch, YYYY-MM-DD, in names of folders.
RUN_DATE_KEY: Final = "run_date"
#: Id of a run in names of folders.
RUN_KEY: Final = "run"
#: Step of a run that refused rows, in names of folders.
STEP_KEY: Final = "step"
#: Names the published snapshot of every table, in the data bucket.
PUBLISHED_POINTER: Final = "published/current.json"
#: Step of a run that reads and validates raw files.
INGEST_JOB: Final = "ingest"
#: Step of a run that merges accepted rows.
CURATE_JOB: Final = "curate"
#: Step of a run that builds marts and publishes.
MARTS_JOB: Final = "marts"
#: Job that runs all steps in one Spark.
PIPELINE_JOB: Final = "pipeline"
#: Job that maintains the published tables.
MAINTAIN_JOB: Final = "maintain"
#: Job that writes a synthetic batch.
GENERATE_JOB: Final = "generate"
#: Job that gathers evidence for contracts.
INFER_JOB: Final = "infer"
#: Job that processes records of Kafka as they arrive.
STREAM_JOB: Final = "stream"
#: Job that compares a closed day of a stream with its batch.
VERIFY_JOB: Final = "verify"
#: Job that brings published tables into OpenSearch.
INDEX_JOB: Final = "index"
#: Records as Kafka has them: stream_archive/<dataset>/run_date=<day>/<first offsets>.parquet.
STREAM_ARCHIVE_FOLDER: Final = "stream_archive"
#: What was decided about every record: stream_decisions/<dataset>/<entry>.
STREAM_DECISIONS_FOLDER: Final = "stream_decisions"
#: What streams have read and applied: stream_ledger/<dataset>/<entry>.json.
STREAM_LEDGER_FOLDER: Final = "stream_ledger"
#: Owners of streams, and what they are asked to do.
STREAM_STATE_FOLDER: Final = "streams"
#: Iceberg tables of the records of days that are not published yet; also the catalog's namespace.
STREAM_LIVE_FOLDER: Final = "live"
#: The archived records of a closed day, in its folder below raw/: the batch's arrival.
ARCHIVE_RECORD: Final = "archive.manifest"
#: Results of a run; contracts/run-results.ts has its shape.
RESULTS_RECORD: Final = "results.json"
#: Version of the shape of a run's results.
RESULTS_VERSION: Final = "1.0.0"
#: What ingest found, for curate and marts.
INGEST_RECORD: Final = "ingest.json"
#: Which raw files a run has read, by dataset.
RAW_FILES_RECORD: Final = "raw_files.json"
#: What maintaining the tables saved.
MAINTENANCE_RECORD: Final = "maintenance.json"
#: Column that ingest adds. The texts of the row, by column, where the values do not give them back.
RAW_COLUMN: Final = "_raw"
#: Column that ingest adds. The whole line, where it could not be cut into columns.
LINE_COLUMN: Final = "_line"
#: Column that ingest adds. Name of the raw file.
SOURCE_FILE_COLUMN: Final = "_source_file"
#: Column that ingest adds. When the broker took the record; rows of files have none.
ARRIVED_AT_COLUMN: Final = "_arrived_at"
#: Column that ingest adds. Every reason against the row, as <column>.<rule>.
REASONS_COLUMN: Final = "_reasons"
#: Column that ingest adds. Whether the row is valid or invalid.
VERDICT_COLUMN: Final = "_verdict"
#: Columns that ingest adds to refused rows, each a name and a type.
QUARANTINE_COLUMNS: Final = (
    ("_line", "string"),
    ("_source_file", "string"),
    ("_reasons", "array<string>"),
)
#: Version of the shape of compiled contracts.
COMPILED_VERSION: Final = 1
#: Reason code of a row that could not be cut into columns; the only one that no contract declares.
MALFORMED_REASON: Final = "row.malformed"
#: Exit code of success.
EXIT_OK: Final = 0
#: Exit code of a job or command that failed.
EXIT_FAILED: Final = 1
#: Exit code of a run that its audit rejected, as opposed to one that failed.
EXIT_REJECTED: Final = 3
#: Exit code of a run that is published without data that was left out.
EXIT_INCOMPLETE: Final = 4
#: Exit code of a stream that another process took over.
EXIT_TAKEN_OVER: Final = 5
#: Columns of a dataset, at most: Spark plans and compiles the rules of each, and the time grows faster.
MOST_DATASET_COLUMNS: Final = 500
