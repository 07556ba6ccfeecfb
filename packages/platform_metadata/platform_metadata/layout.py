"""Names of folders that the metadata store shares with the rest of the platform.

Generated from contracts/platform-layout.json and cli/generate/layout-constants.ts by `npm run generate`.
"""

from __future__ import annotations

from typing import Final

#: Raw files as their sources deliver them: raw/<dataset>/run_date=<day>/<file>.
RAW_ZONE: Final = "raw"
#: Day of a batch, YYYY-MM-DD, in names of folders.
RUN_DATE_KEY: Final = "run_date"
#: Names of datasets, marts and columns, which become folders and tables: Glue takes lower case only.
TABLE_NAME_PATTERN: Final = "[a-z][a-z0-9_]*"
#: Version of the shape of a run's results.
RESULTS_VERSION: Final = "1.0.0"
#: Database user of the metadata store that DAGs log in as with an IAM token.
STORE_USER: Final = "platform_app"
