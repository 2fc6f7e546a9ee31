"""Rights of the data subject, GDPR Art. 12 and 15–22: what people asked for was done, in time."""
