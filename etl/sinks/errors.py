"""Errors of sinks."""


class GoneError(ValueError):
    """Another run has replaced what this one writes to."""


class ForbiddenError(ValueError):
    """Whoever writes may not: it says nothing about what is written."""
