"""Facts as the stacks write them, for the tests: of an environment that computes on clusters, or without."""

from __future__ import annotations

import copy
from typing import Any

from airflow_settings import ACCOUNT, ENVIRONMENT, PROJECT, REGION

_NAME = f"{PROJECT}-{ENVIRONMENT}"
DATA_BUCKET = f"{_NAME}-data-{ACCOUNT}"
ARTIFACTS_BUCKET = f"{_NAME}-artifacts-{ACCOUNT}"
LOGS_BUCKET = f"{_NAME}-logs-{ACCOUNT}"

_FACTS: dict[str, dict[str, Any]] = {
    "network": {
        "vpc_id": "vpc-0a1b2c3d4e5f60718",
        "private_subnet_ids": ["subnet-0a1b2c3d4e5f60718", "subnet-1a1b2c3d4e5f60718"],
        "emr_primary_security_group_id": "sg-0a1b2c3d4e5f60711",
        "emr_core_security_group_id": "sg-0a1b2c3d4e5f60712",
        "emr_service_access_security_group_id": "sg-0a1b2c3d4e5f60713",
    },
    "lake": {
        "data_bucket": DATA_BUCKET,
        "artifacts_bucket": ARTIFACTS_BUCKET,
        "logs_bucket": LOGS_BUCKET,
        "data_kms_key_arn": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/6f1a3c5e-0000-4000-8000-000000000000",
    },
    "catalog": {
        "database_prefix": f"{_NAME}_".replace("-", "_"),
        "maintenance_days": ["sunday"],
        "kept_days": 45,
    },
    "metadata": {
        "address": f"{_NAME}-metadata.c0a1b2c3d4e5.{REGION}.rds.amazonaws.com",
        "port": 5432,
        "database": "platform",
        "secret_arn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:rds!db-0a1b2c3d-AbCdEf",
    },
    "processing": {
        "compute": "emr",
        "release_label": "emr-7.8.0",
        "service_role": f"{_NAME}-emr-service",
        "instance_profile": f"{_NAME}-emr-instance",
        "security_configuration": f"{_NAME}-emr",
        "primary_instance_types": ["m5.xlarge", "m5a.xlarge"],
        "core_instance_types": ["m5.xlarge", "m5a.xlarge", "m6i.xlarge"],
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
        "spark_conf": {},
        "tags": {
            "project": PROJECT,
            "environment": ENVIRONMENT,
            "for-use-with-amazon-emr-managed-policies": "true",
        },
    },
    "events": {"quiet_minutes": 15},
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


def facts() -> dict[str, dict[str, Any]]:
    """Return the facts of every stack, by stack; a fresh copy that a test may change."""
    return copy.deepcopy(_FACTS)


def serverless_facts() -> dict[str, dict[str, Any]]:
    """Return the facts of an environment that computes on EMR Serverless; a fresh copy, too."""
    changed = facts()
    changed["processing"].update(compute="emr_serverless", serverless=copy.deepcopy(_SERVERLESS))
    return changed
