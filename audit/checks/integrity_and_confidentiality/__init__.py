"""Integrity and confidentiality, GDPR Art. 5(1)(f): nobody else gets at the data."""
