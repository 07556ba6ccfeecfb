"""`./platform query`: one statement, and its rows as a table, CSV or Parquet."""
