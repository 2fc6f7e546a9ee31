"""
The same audit on Spark, for registers that do not fit one machine.

Each source is cut into slices. Executors run DuckDB on a slice, with the very query of the pass and
the very exact step; what comes back to Spark are narrow tables of records and of what was found.
The checks are the same Ibis expressions, compiled for Spark; the driver gets counts and evidence.
"""
