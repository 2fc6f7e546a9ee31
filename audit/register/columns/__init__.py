"""What each column of a table holds, by its header, its content and the company that it is in."""
