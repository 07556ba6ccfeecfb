"""`./platform query` and `./platform search` on the terminal: rows as a table, CSV or Parquet."""
