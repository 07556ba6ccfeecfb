"""Facts as the stacks write them: derived from their schema, with the values that tests look at."""

from __future__ import annotations

import copy
import json
from typing import Any

from airflow_settings import ACCOUNT, ENVIRONMENT, PROJECT, ROOT

#: The facts of all stacks as JSON Schema, a definition for each stack.
SCHEMA: dict[str, Any] = json.loads((ROOT / "stacks" / "facts.schema.json").read_text(encoding="utf-8"))
STACKS: dict[str, dict[str, Any]] = SCHEMA["$defs"]

_NAME = f"{PROJECT}-{ENVIRONMENT}"
DATA_BUCKET = f"{_NAME}-data-{ACCOUNT}"
ARTIFACTS_BUCKET = f"{_NAME}-artifacts-{ACCOUNT}"
LOGS_BUCKET = f"{_NAME}-logs-{ACCOUNT}"

#: Values that tests or the emulated AWS care about. All others are derived from the schema.
_VALUES: dict[str, dict[str, Any]] = {
    "network": {"private_subnet_ids": ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"]},
    "lake": {"data_bucket": DATA_BUCKET, "artifacts_bucket": ARTIFACTS_BUCKET, "logs_bucket": LOGS_BUCKET},
    "catalog": {"database_prefix": f"{_NAME}_".replace("-", "_"), "kept_days": 45},
    "processing": {
        "compute": "emr",
        "release_label": "emr-7.8.0",
        "primary_instance_types": ["m5.xlarge", "m5d.xlarge"],
        "core_instance_types": ["m5.xlarge", "m5d.xlarge", "m6i.xlarge"],
        "core_on_demand_units": 0,
        "core_spot_units": 2,
        "minimum_units": 2,
        "maximum_units": 3,
        "maximum_core_units": 3,
        "maximum_on_demand_units": 3,
        "spot_timeout_minutes": 20,
        "idle_timeout_seconds": 900,
        "log_uri": f"s3://{LOGS_BUCKET}/logs/emr/",
        "spark_event_log_uri": f"s3://{LOGS_BUCKET}/logs/spark-events/",
        "tags": {
            "project": PROJECT,
            "environment": ENVIRONMENT,
            "for-use-with-amazon-emr-managed-policies": "true",
        },
    },
    "orchestration": {
        "project": PROJECT,
        "environment": ENVIRONMENT,
        "notification_emails": ["data-platform-dev@example.com", "on-call@example.com"],
        "mail_from": "airflow-dev@example.com",
    },
}

_SERVERLESS: dict[str, Any] = {
    "application_id": "00f1application0",
    "job_role_arn": f"arn:aws:iam::{ACCOUNT}:role/{_NAME}-emr-serverless-job",
    "log_uri": f"s3://{LOGS_BUCKET}/logs/emr-serverless/",
    "driver": {"vcpu": 1, "memory_gb": 2, "disk_gb": 20},
    "executor": {"vcpu": 4, "memory_gb": 16, "disk_gb": 40},
    "maximum_executors": 2,
}


def example(name: str, schema: dict[str, Any]) -> Any:
    """Return a value that a schema allows: of an object, all that is required."""
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] == "object":
        properties = schema.get("properties", {})
        return {key: example(key, properties[key]) for key in schema.get("required", [])}
    if schema["type"] == "array":
        return [example(name, schema["items"])]
    return {"string": name.replace("_", "-"), "integer": max(1, schema.get("minimum", 1)), "number": 1.0}[
        schema["type"]
    ]


def facts() -> dict[str, dict[str, Any]]:
    """Return the facts of every stack, by stack; a fresh copy that a test may change."""
    return {
        stack: {**example(stack, schema), **copy.deepcopy(_VALUES.get(stack, {}))}
        for stack, schema in STACKS.items()
    }


def serverless_facts() -> dict[str, dict[str, Any]]:
    """Return the facts of an environment that computes on EMR Serverless; a fresh copy, too."""
    changed = facts()
    derived = example("serverless", STACKS["processing"]["properties"]["serverless"])
    serverless = {**derived, **copy.deepcopy(_SERVERLESS)}
    changed["processing"].update(compute="emr_serverless", serverless=serverless)
    return changed
