"""What can go wrong in a sink."""


class DifferentError(Exception):
    """A store does not hold what the table holds, however often they were compared."""


class GoneError(ValueError):
    """Another run has replaced what this one writes to."""
