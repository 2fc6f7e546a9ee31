"""Data minimisation, GDPR Art. 5(1)(c): nothing is held that the notice does not declare."""
