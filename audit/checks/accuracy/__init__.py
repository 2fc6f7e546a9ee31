"""Accuracy, GDPR Art. 5(1)(d): what is held is right and up to date."""
