"""Commands that are too long for the module of the command line."""
