"""What kind a table is of: what is known of each kind, and what tells it."""
