"""What the controller declares: the notice as data, and its readers."""
