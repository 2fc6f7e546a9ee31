"""``audit.yaml``: the plan read, with the place of every mistake, and written with its grounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from audit.errors import InputEmpty, PlanInvalid
from audit.notice.validation import first_problem, follows, load_yaml
from audit.plan.model import PLAN_SCHEMA, Plan, PlannedSource
from audit.register.delimited.fixed_width import FIXED_WIDTH

__all__ = ["read_plan", "source_as_yaml", "write_plan"]


def read_plan(path: Path) -> Plan:
    """Read ``audit.yaml``; raises ``PlanInvalid`` with the place in the file."""
    try:
        data = load_yaml(path)
    except InputEmpty:
        begin = f"begin it with `schema: {PLAN_SCHEMA}`, or remove it and draft one with `plan`"
        raise PlanInvalid(path, "line 1", "it is empty", begin) from None
    if not follows(data, Plan, PLAN_SCHEMA):
        raise PlanInvalid(path, "line 1", "it is no plan", f"begin it with `schema: {PLAN_SCHEMA}`")
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        place, problem = first_problem(error, Plan)
        raise PlanInvalid(path, _named(place, data), problem, "correct it there") from None
    _reject_ambiguous_sources(plan, path)
    return plan.model_copy(
        update={
            "folder": path.parent,
            "register_name": plan.register_name or path.parent.resolve().name,
        }
    )


def _reject_ambiguous_sources(plan: Plan, path: Path) -> None:
    """Raise where two tables have one name, or one is audited and left out at once."""
    first: dict[str, PlannedSource] = {}
    for place, source in enumerate(plan.sources):
        if (other := first.setdefault(source.name, source)) is not source:
            problem = f"the table of {source.shown} has the same name as that of {other.shown}"
            at = f"sources.{place}.table"
            raise PlanInvalid(path, at, problem, "give each its own `table`")
        if source.shown in plan.left_out:
            problem = f"{source.shown} stands under `sources`, too"
            raise PlanInvalid(path, "left_out", problem, "keep one of the two")


def _named(place: str, data: Mapping[str, Any]) -> str:
    """A place in the plan; in the list of sources with the file that stands there."""
    found = re.match(r"sources\.([0-9]+)", place)
    source = data["sources"][int(found[1])] if found is not None else None
    # Of a database the plan may hold a URL with its password, by mistake.
    named = source.get("file") if isinstance(source, dict) else None
    return f"{place} ({named})" if isinstance(named, str) else place


def write_plan(plan: Plan) -> str:
    """The plan as YAML, each column's ground beside it."""
    from io import StringIO

    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    data = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    root = CommentedMap({"schema": PLAN_SCHEMA, "register": plan.register_name})
    root.yaml_set_start_comment(
        "The audit plan. Correct what is wrong: a mapping given here wins over what is recognised.\n"
        "`extracted_on` is the day the export was taken; without it the audit's day is assumed.\n"
    )
    for key in data:
        if key not in ("schema", "register", "sources"):
            root[key] = data[key]
    root["sources"] = CommentedSeq(source_as_yaml(source) for source in plan.sources)
    for place, source in enumerate(plan.sources):
        if why := plan.unread.get(source.shown):
            printable = "".join(c if c.isprintable() else " " for c in why)
            root["sources"].yaml_set_comment_before_after_key(place, before=printable, indent=2)
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(root, stream)
    return stream.getvalue()


def source_as_yaml(source: PlannedSource) -> Any:
    """One source as it stands in ``audit.yaml``, each column's ground beside it."""
    from ruamel.yaml.comments import CommentedMap

    data = source.model_dump(mode="json", exclude_defaults=True, exclude={"columns"})
    if source.delimiter == FIXED_WIDTH:
        data["delimiter"] = "fixed width"
    found = CommentedMap(data)
    if source.kind is not None and source.kind_ground != "plan":
        why = f"{source.kind_certainty.value}: {source.kind_ground}"
        found.yaml_add_eol_comment(why, "kind")
    columns = CommentedMap()
    for name, mapping in source.columns.items():
        said = mapping.model_dump(
            mode="json", exclude_none=True, include={"category", "role", "date_order"}
        )
        line = CommentedMap(said)
        line.fa.set_flow_style()
        columns[name] = line
        if mapping.ground != "plan":
            columns.yaml_add_eol_comment(f"{mapping.certainty.value}: {mapping.ground}", name)
    found["columns"] = columns
    return found
