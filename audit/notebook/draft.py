"""The plan while it is reviewed: one draft that all forms change, and one place to save it to."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.api import load, open_plan
from audit.errors import AuditError, PlanInvalid
from audit.plan import Plan, read_plan, write_plan
from audit.plan.replan import round_trip
from audit.report.texts import Texts
from audit.saving import write_whole

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["PlanDraft"]


class PlanDraft:
    """
    A plan that is being reviewed.

    ``plan`` is the plan as it is now, ``path`` where ``save`` writes it.
    """

    def __init__(self, plan: Plan, path: str | Path | None = None) -> None:
        self.plan = plan
        self.path = None if path is None else Path(path)
        self.saved: Path | None = None
        """The file that holds all that was said; None while something is not saved."""
        self.changed = False
        self._told: list[Callable[[], None]] = []

    @classmethod
    def of(cls, folder: str | Path, path: str | Path) -> PlanDraft:
        """The plan that ``path`` holds, to carry on with; where there is none yet, one is drafted."""
        path = Path(path)
        if not path.is_file():
            return cls(load(folder).plan, path)
        # The plan may be kept elsewhere than the exports that it names.
        return cls(open_plan(path).model_copy(update={"folder": Path(folder)}), path)

    def change(self, plan: Plan) -> None:
        """Take the plan as it now is."""
        self.plan, self.saved, self.changed = plan, None, True
        self._tell()

    def on_change(self, told: Callable[[], None]) -> None:
        """Tell somebody each time that the plan was changed or saved."""
        self._told.append(told)

    def _tell(self) -> None:
        for told in self._told:
            told()

    def save(self, path: str | Path | None = None) -> Path:
        """
        Write the plan with everything that was said in any form; the file's path.

        Where the register has a plan there already, what people said is added to it: its comments,
        its waivers and all else that stands there stay. Raises ``PlanInvalid`` where the file is the
        plan of something else.
        """
        target = Path(path) if path is not None else self.path
        if target is None:
            raise PlanInvalid("the plan", "its file", "no file is named", "name one to save to")
        if target.is_file():
            _add_to(target, self.plan)
        else:
            write_whole(target, write_plan(self.plan))
        self.path = self.saved = target
        self.changed = False
        self._tell()
        return target

    def show(self, lang: str = "en") -> Widget:
        """A button that saves everything, and beside it whether there is anything to save."""
        from audit.notebook.widgets import button_row

        texts = Texts(lang)
        button, said, row = button_row(texts.t("notebook.save"), self._state(texts))

        def clicked(_: object) -> None:
            try:
                self.save()
            except AuditError as error:
                said.value = str(error)

        def told() -> None:
            said.value = self._state(texts)

        button.on_click(clicked)
        self.on_change(told)
        return row

    def _state(self, texts: Texts) -> str:
        if self.changed:
            return texts.t("notebook.not_saved")
        key = "saved" if self.saved else "nothing_to_save"
        return texts.t(f"notebook.{key}", path=str(self.path))


def _add_to(path: Path, plan: Plan) -> None:
    known = read_plan(path)
    if {source.name for source in plan.sources} - {source.name for source in known.sources}:
        problem = "it is the plan of other tables"
        raise PlanInvalid(path, "sources", problem, "name another file to save to")
    yaml, written = round_trip(path.read_text("utf-8"))
    _add_statements(written, plan, known)
    _add_mappings(written, plan, known)
    stream = StringIO()
    yaml.dump(written, stream)
    write_whole(path, stream.getvalue())


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
            if said.ground != "plan":
                continue
            place = places[source.name]
            now = known.sources[place].columns.get(header)
            if now is None or (now.category, now.role) != (said.category, said.role):
                data = said.model_dump(mode="json", exclude_none=True, include={"category", "role"})
                written["sources"][place].setdefault("columns", {})[header] = data
