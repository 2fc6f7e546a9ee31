"""Where expressions run. The scan reads each source once; the checks run on what it leaves."""
