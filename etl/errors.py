"""Errors that jobs of several kinds end with."""


class DifferentError(Exception):
    """Two places that have to hold the same rows do not."""
