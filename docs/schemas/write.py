"""Writes the JSON Schemas of this folder again from the models: `python docs/schemas/write.py`."""

from __future__ import annotations

import json
from pathlib import Path

from audit.notice.model import notice_schema
from audit.plan import plan_schema
from audit.report.findings import findings_schema

SCHEMAS = {"notice": notice_schema, "audit": plan_schema, "findings": findings_schema}

if __name__ == "__main__":
    for name, schema in SCHEMAS.items():
        path = Path(__file__).with_name(f"{name}.schema.json")
        path.write_text(
            json.dumps(schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8"
        )
