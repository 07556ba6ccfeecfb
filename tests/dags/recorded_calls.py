"""The recording of calls in the tests of DAGs: which facts the names of their environment are."""

from __future__ import annotations

from pathlib import Path

from airflow_settings import ENVIRONMENT, PROJECT
from calls import Places
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET, LOGS_BUCKET, facts, serverless_facts
from recording import CallRecording

_FACTS = {**facts(), "processing": serverless_facts()["processing"]}
_NAMES = {
    DATA_BUCKET: "{lake.data_bucket}",
    ARTIFACTS_BUCKET: "{lake.artifacts_bucket}",
    LOGS_BUCKET: "{lake.logs_bucket}",
    _FACTS["catalog"]["database_prefix"]: "{catalog.database_prefix}",
    _FACTS["processing"]["serverless"]["job_role_arn"]: "{processing.serverless.job_role_arn}",
    f"^{PROJECT}/{ENVIRONMENT}/": "{project}/{environment}/",
    # RDS chooses the name of its secret, the emulator the ids of the rest.
    r"^arn:aws:secretsmanager:.*:rds!.*": "{metadata.secret_arn}",
    r"^https?://.*/arrivals$": "{events.queue.url}",
}
#: Values of tags, and names that are nothing else.
_WHOLE = {
    PROJECT: "{project}",
    ENVIRONMENT: "{environment}",
    f"{PROJECT}/{ENVIRONMENT}": "{project}/{environment}",
    _FACTS["processing"]["service_role"]: "{processing.service_role}",
    _FACTS["processing"]["instance_profile"]: "{processing.instance_profile}",
}
#: Policies know releases and their pointer, and kinds of logs.
_DEPTHS = {"etl": 2, "logs": 2}


def recording() -> CallRecording:
    """Return the recording of the tests of this folder."""
    return CallRecording("dags", Path(__file__).parent, Places(_NAMES, _WHOLE, _DEPTHS))
