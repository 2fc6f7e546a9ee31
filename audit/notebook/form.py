"""A form that works on a copy of the plan, and the button that writes it down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import AuditError
from audit.plan import Plan, read_plan, write_plan
from audit.replan import round_trip

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["PlanForm", "button"]


class PlanForm:
    """A form that works on a copy of the plan."""

    plan: Plan

    def save(self, path: Path) -> Path:
        """
        Write the plan as it is now.

        Where the folder of the register has a plan already, what people said is added to it: its
        comments, its waivers and all else that stands there stay.
        """
        if path.is_file() and path.resolve().parent == self.plan.folder.resolve():
            yaml, written = round_trip(path.read_text("utf-8"))
            _add_statements(written, self.plan, read_plan(path))
            _add_mappings(written, self.plan, read_plan(path))
            with path.open("w", encoding="utf-8") as file:
                yaml.dump(written, file)
        else:
            path.write_text(write_plan(self.plan), "utf-8")
        return path


def _add_statements(written: Any, plan: Plan, known: Plan) -> None:
    for group in ("attestations", "completeness"):
        for said in getattr(plan, group):
            if said not in getattr(known, group):
                data = said.model_dump(mode="json", exclude_defaults=True)
                written.setdefault(group, []).append(data)


def _add_mappings(written: Any, plan: Plan, known: Plan) -> None:
    """Write what people said of columns; what was only recognised is not theirs."""
    places = {source.name: place for place, source in enumerate(known.sources)}
    for source in plan.sources:
        for header, said in source.columns.items():
            if source.name not in places or said.ground != "plan":
                continue
            place = places[source.name]
            now = known.sources[place].columns.get(header)
            if now is None or (now.category, now.role) != (said.category, said.role):
                data = said.model_dump(mode="json", exclude_none=True, include={"category", "role"})
                written["sources"][place].setdefault("columns", {})[header] = data


def button(
    widgets: Any, words: str, save_to: Path | None, save: Callable[[Path], Path]
) -> list[Widget]:
    """A button that saves, if there is a place to save to."""
    if save_to is None:
        return []
    pressed, said = widgets.Button(description=words), widgets.Label()

    def clicked(_: object) -> None:
        try:
            said.value = f"written to {save(save_to).name}"
        except AuditError as error:
            said.value = str(error)

    pressed.on_click(clicked)
    return [widgets.HBox([pressed, said])]
