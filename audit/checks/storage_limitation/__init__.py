"""Storage limitation, GDPR Art. 5(1)(e): nothing is held longer than the notice declares."""
