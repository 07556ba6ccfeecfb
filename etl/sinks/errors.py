"""Errors of sinks."""


class GoneError(ValueError):
    """Another run has replaced what this one writes to."""
