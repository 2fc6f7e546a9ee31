"""Lawfulness, fairness and transparency (GDPR Art. 5(1)(a)): what the notice itself says, held against Articles 12–14."""
