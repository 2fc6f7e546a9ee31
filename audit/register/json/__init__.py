"""JSON and NDJSON: records of whatever shape, element by element."""
