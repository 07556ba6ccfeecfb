"""A generator of believable web traffic and orders, with faults whose numbers are known."""
