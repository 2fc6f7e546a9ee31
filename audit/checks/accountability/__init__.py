"""Accountability, GDPR Art. 5(2): what is promised can be shown."""
