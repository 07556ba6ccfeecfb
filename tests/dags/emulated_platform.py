"""What Terraform would have made before the first run, in the emulated AWS."""

from __future__ import annotations

import json
import urllib.request
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3
from airflow_settings import ACCOUNT, ENVIRONMENT, PROJECT, REGION, SECRETS_PREFIX
from emulated_aws import OF_TESTS
from facts_fixture import ARTIFACTS_BUCKET, DATA_BUCKET, LOGS_BUCKET, facts, serverless_facts
from moto.emrserverless.models import emrserverless_backends

from platform_dag.engines.emr_steps import step_of


class EmulatedPlatform:
    """An emulated AWS that holds one environment, and nothing of the test before."""

    def __init__(self, endpoint: str) -> None:
        urllib.request.urlopen(f"{endpoint}/moto-api/reset", data=b"").close()
        session = boto3.Session(OF_TESTS, OF_TESTS, region_name=REGION)
        self.s3 = session.client("s3", endpoint_url=endpoint)
        self.emr = session.client("emr", endpoint_url=endpoint)
        self.serverless = session.client("emr-serverless", endpoint_url=endpoint)
        self.glue = session.client("glue", endpoint_url=endpoint)
        self._cloudwatch = session.client("cloudwatch", endpoint_url=endpoint)
        self._secrets = session.client("secretsmanager", endpoint_url=endpoint)
        self.facts = facts()
        for bucket in (ARTIFACTS_BUCKET, DATA_BUCKET, LOGS_BUCKET):
            self.s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        for zone in ("curated", "marts"):
            name = f"{self.facts['catalog']['database_prefix']}{zone}"
            location = f"s3://{DATA_BUCKET}/{zone}"
            self.glue.create_database(DatabaseInput={"Name": name, "LocationUri": location})
        for stack, values in self.facts.items():
            self.store_variable(stack, values)

    def compute_on_serverless(self) -> str:
        """Make the application that the processing stack would have made, and tell the DAGs; its id."""
        self.facts = serverless_facts()
        processing = self.facts["processing"]
        created = self.serverless.create_application(
            name="spark", type="SPARK", releaseLabel=processing["release_label"], clientToken="first"
        )
        application_id: str = created["applicationId"]
        # The emulator lists no job runs, not even none, of an application that never had one.
        emrserverless_backends[ACCOUNT][REGION].job_runs[application_id] = []
        processing["serverless"]["application_id"] = application_id
        self.store_variable("processing", processing)
        return application_id

    def store_variable(self, stack: str, values: dict[str, Any]) -> None:
        """Write one stack's facts, as its `aws_secretsmanager_secret_version` does."""
        self._store(f"{SECRETS_PREFIX}/variables/{stack}", json.dumps(values))

    def variable(self, stack: str) -> dict[str, Any]:
        """Read one stack's facts."""
        secret = self._secrets.get_secret_value(SecretId=f"{SECRETS_PREFIX}/variables/{stack}")
        value: dict[str, Any] = json.loads(secret["SecretString"])
        return value

    def store_connection(self, name: str, connection: str) -> None:
        """Fill one Airflow connection, as `platform smtp` does."""
        self._store(f"{SECRETS_PREFIX}/connections/{name}", connection)

    def store_secret(self, name: str, value: dict[str, Any]) -> str:
        """Keep a password as RDS does, and say the secret's ARN."""
        self._store(name, json.dumps(value))
        arn: str = self._secrets.describe_secret(SecretId=name)["ARN"]
        return arn

    def create_connection(self, name: str) -> None:
        """Make an empty Airflow connection, as the orchestration stack does."""
        self._secrets.create_secret(Name=f"{SECRETS_PREFIX}/connections/{name}")

    def forget_variable(self, stack: str) -> None:
        """Take one stack's facts away."""
        name = f"{SECRETS_PREFIX}/variables/{stack}"
        self._secrets.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)

    def _store(self, name: str, value: str) -> None:
        known = {secret["Name"] for secret in self._secrets.list_secrets()["SecretList"]}
        if name in known:
            self._secrets.put_secret_value(SecretId=name, SecretString=value)
        else:
            self._secrets.create_secret(Name=name, SecretString=value)

    def put(self, bucket: str, key: str, body: bytes) -> None:
        """Write one object."""
        self.s3.put_object(Bucket=bucket, Key=key, Body=body)

    def get(self, bucket: str, key: str) -> bytes:
        """Read one object."""
        body: bytes = self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    def keys(self, bucket: str, prefix: str = "") -> list[str]:
        """List the keys under a prefix, in order."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]

    def metrics(self) -> dict[str, float]:
        """Say the sum of each metric that was sent of late to the environment's namespace, by name."""
        namespace = f"{PROJECT}/{ENVIRONMENT}"
        now = datetime.now(timezone.utc)
        found = self._cloudwatch.list_metrics(Namespace=namespace)["Metrics"]
        return {
            metric["MetricName"]: sum(
                point["Sum"]
                for point in self._cloudwatch.get_metric_statistics(
                    Namespace=namespace,
                    MetricName=metric["MetricName"],
                    StartTime=now - timedelta(hours=1),
                    EndTime=now + timedelta(hours=1),
                    Period=60,
                    Statistics=["Sum"],
                )["Datapoints"]
            )
            for metric in found
        }

    def cluster(self) -> dict[str, Any]:
        """Describe the one cluster that the run launched."""
        clusters = self.emr.list_clusters()["Clusters"]
        assert len(clusters) == 1, clusters
        description: dict[str, Any] = self.emr.describe_cluster(ClusterId=clusters[0]["Id"])["Cluster"]
        return description

    def steps(self) -> dict[str, dict[str, Any]]:
        """Describe the steps of that cluster, by the release's step."""
        steps = self.emr.list_steps(ClusterId=self.cluster()["Id"])["Steps"]
        assert len({step["Name"] for step in steps}) == len(steps), steps
        return {step_of(step["Name"]): step for step in steps}

    def job_runs(self) -> dict[str, dict[str, Any]]:
        """Describe every job run of the application, by name, in the order of their starts."""
        application_id = self.facts["processing"]["serverless"]["application_id"]
        listed = self.serverless.list_job_runs(applicationId=application_id)["jobRuns"]
        runs = [
            self.serverless.get_job_run(applicationId=application_id, jobRunId=run["id"])["jobRun"]
            for run in listed
        ]
        assert len({run["name"] for run in runs}) == len(runs), runs
        return {run["name"]: run for run in runs}
