"""The root of the errors of the metadata store."""

from __future__ import annotations


class MetadataError(Exception):
    """Something that the store cannot work with; a retry would meet it again."""
