"""Lawfulness, fairness and transparency, GDPR Art. 5(1)(a): nothing happens to the data that people were not told."""
