"""A published notice as a document: one reader for each form of file, and what its lines are."""
