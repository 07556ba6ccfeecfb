"""The pointer of a lake: read with its version, and replaced only if nobody else replaced it meanwhile."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

from py4j.protocol import Py4JError, Py4JJavaError
from pyspark.sql import SparkSession

from etl.storage.files import Files, as_json

#: The catalog whose settings say how S3 is reached, for tables and pointer alike.
_CATALOG = "spark.sql.catalog.lake."
_S3 = frozenset({"s3", "s3a", "s3n"})
#: What S3 answers when the object is gone, when somebody else writes it at this moment, and when it is
#: another (Amazon S3 User Guide, "How to prevent object overwrites with conditional writes").
_MISSING, _CONFLICT, _CHANGED = 404, 409, 412
_REFUSED = frozenset({_MISSING, _CONFLICT, _CHANGED})
#: The version of what is not there.
ABSENT = ""


class PointerMovedError(RuntimeError):
    """Somebody else replaced the pointer after it was read. Nothing was written."""


class Pointer:
    """One small JSON document. On S3 the store compares and replaces in one step; elsewhere a lock does."""

    def __init__(self, spark: SparkSession, files: Files, relative: str) -> None:
        """Bind to a document below the root of `files`; nothing is read yet."""
        self._jvm: Any = spark._jvm
        self._spark = spark
        self._files = files
        self._relative = relative
        self._uri = urlparse(files.path(relative))

    def read(self) -> tuple[Any, str]:
        """The document and its version; None and `ABSENT` where it is not there."""
        if self._uri.scheme not in _S3:
            document = self._files.read_json(self._relative)
            return document, ABSENT if document is None else _digest(document)
        request = self._model("GetObjectRequest").builder().bucket(self._uri.netloc).key(self._key).build()
        try:
            stored = self._s3().getObjectAsBytes(request)
        except Py4JJavaError as error:
            if _status(error) == _MISSING:
                return None, ABSENT
            raise
        return json.loads(stored.asUtf8String()), str(stored.response().eTag())

    def replace(self, document: Any, version: str) -> None:
        """Write the document if the pointer is still of that version.

        Raises PointerMovedError when it is not: whoever was first has won, and the pointer stays.
        """
        if self._uri.scheme in _S3:
            self._put(document, version)
            return
        with self._locked():
            if self.read()[1] != version:
                raise self._moved()
            self._files.replace_json(self._relative, document)

    def _put(self, document: Any, version: str) -> None:
        condition = ("If-None-Match", "*") if version == ABSENT else ("If-Match", version)
        sdk = self._jvm.software.amazon.awssdk
        override = sdk.awscore.AwsRequestOverrideConfiguration.builder().putHeader(*condition).build()
        request = self._model("PutObjectRequest").builder().bucket(self._uri.netloc).key(self._key)
        body = sdk.core.sync.RequestBody.fromString(as_json(document))
        try:
            self._s3().putObject(request.overrideConfiguration(override).build(), body)
        except Py4JJavaError as error:
            if _status(error) not in _REFUSED:
                raise
            # A client repeats a request whose answer was lost: then the other writer was this one.
            if self.read()[0] != document:
                raise self._moved() from error

    @property
    def _key(self) -> str:
        return self._uri.path.lstrip("/")

    def _model(self, name: str) -> Any:
        return getattr(self._jvm.software.amazon.awssdk.services.s3.model, name)

    def _s3(self) -> Any:
        return _client_of(self._spark)

    def _moved(self) -> PointerMovedError:
        return PointerMovedError(
            f"{self._files.path(self._relative)}: another run published meanwhile; "
            "nothing was published, start a new run"
        )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the pointer's local folder; other file systems than S3 and local have none."""
        if self._uri.scheme not in ("", "file"):
            yield
            return
        folder = Path(self._uri.path).parent
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


@lru_cache
def _client_of(spark: SparkSession) -> Any:
    """Make the client that Iceberg's tables have: the AWS SDK is on the class path wherever they lie on S3.

    One for all documents: a stream writes each entry of its ledger as a document of its own.
    """
    jvm: Any = spark._jvm
    settings = jvm.java.util.HashMap()
    for key, value in spark.sparkContext.getConf().getAll():
        if key.startswith(_CATALOG):
            settings.put(key[len(_CATALOG) :], value)
    # `from` is a keyword of Python.
    return getattr(jvm.org.apache.iceberg.aws.AwsClientFactories, "from")(settings).s3()


def create_whole(spark: SparkSession, files: Files, relative: str, document: Any) -> bool:
    """Write a document that must not be there yet, whole or not at all. Returns False when one is there."""
    try:
        Pointer(spark, files, relative).replace(document, ABSENT)
    except PointerMovedError:
        return False
    return True


def _digest(document: Any) -> str:
    return hashlib.sha256(as_json(document).encode()).hexdigest()


def _status(error: Py4JJavaError) -> int | None:
    """The status of S3's answer, if S3 answered."""
    try:
        return int(error.java_exception.statusCode())
    except Py4JError:
        return None
