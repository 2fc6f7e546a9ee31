"""register-audit: holds a register's exports against its published privacy notice."""
