"""Workbooks: XLSX, XLS and ODS, the tables of each sheet, and what the package says beside them."""
