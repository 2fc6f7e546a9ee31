"""The forms in which a reading is handed on: YAML, JSON, labels, TILT, DPV."""
