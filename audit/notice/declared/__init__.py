"""What a notice declares, as the checks ask for it."""
