"""Reports: every one renders the same findings, and none sees a cell."""
