"""
The audit plan: what is audited against which notice, as of which day, on what assumptions.

A plan is drafted from a folder; people correct it, and what they wrote wins over whatever is
recognised. ``model`` says what stands in ``audit.yaml``, ``drafting`` fills it in, ``replan`` keeps
what people wrote, and ``resolution`` holds each source against its file.
"""

from audit.plan.model import (
    NOTICE_NAMES,
    PLAN_NAMES,
    PLAN_SCHEMA,
    EventRule,
    Mapping,
    Plan,
    PlannedSource,
    plan_schema,
)
from audit.plan.resolution import Resolved, held, in_memory, resolve
from audit.plan.written import read_plan, source_as_yaml, write_plan

__all__ = [
    "NOTICE_NAMES",
    "PLAN_NAMES",
    "PLAN_SCHEMA",
    "EventRule",
    "Mapping",
    "Plan",
    "PlannedSource",
    "Resolved",
    "held",
    "in_memory",
    "plan_schema",
    "read_plan",
    "resolve",
    "source_as_yaml",
    "write_plan",
]
