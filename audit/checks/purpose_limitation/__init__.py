"""Purpose limitation, GDPR Art. 5(1)(b): data is used for what it was collected for."""
