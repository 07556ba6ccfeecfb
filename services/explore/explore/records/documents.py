"""JSON documents of a lake, in a folder or in a bucket."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlparse

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from explore.errors import ExploreError


class Documents(Protocol):
    """Reads documents below the root of a lake."""

    def read(self, name: str) -> Any:
        """Return a document; None where it is not there. Raises ExploreError when it cannot be read."""
        ...


class FolderDocuments:
    """Documents of a lake on this machine."""

    def __init__(self, root: Path) -> None:
        """Bind to the root; nothing is read yet."""
        self._root = root

    def read(self, name: str) -> Any:
        """Return a document; None where it is not there. Raises ExploreError when it cannot be read."""
        path = self._root / name
        try:
            return json.loads(path.read_text())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise ExploreError(f"{path}: cannot be read: {error}", "restore it: docs/restore.md") from error


class BucketDocuments:
    """Documents of a lake in a bucket of S3."""

    def __init__(self, uri: str, session: boto3.Session) -> None:
        """Bind to `s3://<bucket>[/<folder>]`; nothing is read yet."""
        found = urlparse(uri)
        self._bucket, self._folder = found.netloc, found.path.strip("/")
        self._client = session.client("s3")

    def read(self, name: str) -> Any:
        """Return a document; None where it is not there. Raises ExploreError when it cannot be read."""
        key = f"{self._folder}/{name}".lstrip("/")
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            return json.loads(body)
        except self._client.exceptions.NoSuchKey:
            return None
        except (ClientError, BotoCoreError, ValueError) as error:
            raise ExploreError(
                f"s3://{self._bucket}/{key}: cannot be read: {error}",
                "take a role that may read the bucket (docs/account.md)",
            ) from error


def documents_of(lake: str, region: str) -> Documents:
    """Return the reader of a lake."""
    if lake.startswith("s3://"):
        return BucketDocuments(lake, boto3.Session(region_name=region or None))
    return FolderDocuments(Path(lake))
