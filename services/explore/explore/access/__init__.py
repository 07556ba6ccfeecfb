"""One way to the published tables: the same SQL on a laptop (DuckDB) and on AWS (Athena)."""
