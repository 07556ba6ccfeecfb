"""Pure functions of the rows of streams."""
