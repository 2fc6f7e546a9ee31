"""What the controller holds: tables, the role of each column, and one source per form of file."""
