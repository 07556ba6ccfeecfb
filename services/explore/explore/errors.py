"""The root of all errors that a user can do something about."""

from __future__ import annotations


class ExploreError(Exception):
    """A failure that is shown as its message and its remedy, without a stack trace."""

    def __init__(self, message: str, remedy: str = "") -> None:
        """Take what failed, with place and value, and what to do about it."""
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class NotPublishedError(ExploreError):
    """There are no published tables yet, or none of the kind that was asked for."""


class UnknownTableError(ExploreError):
    """A statement names a table that is not there."""
