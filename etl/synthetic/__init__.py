"""Synthetic batches of the three datasets: realistic in shape, dirty in known places, repeatable by seed.

Everything is Spark SQL text, built here and run inside the JVM. No value depends on how rows are partitioned.
"""
