"""What the platform records of itself: the pointer, and the results of runs."""
