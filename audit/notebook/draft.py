"""The plan while it is reviewed: one draft that all forms change, and one place to save it to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from audit.api import load, open_plan
from audit.errors import PlanInvalid
from audit.plan import Plan, write_plan
from audit.report.texts import Texts

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["PlanDraft"]


class PlanDraft:
    """
    A plan that is being reviewed.

    ``plan`` is the plan as it is now. ``path`` is where ``save`` writes it; a file that is there and
    that this draft has neither read nor written is never overwritten.
    """

    def __init__(self, plan: Plan, path: str | Path | None = None) -> None:
        self.plan = plan
        self.path = None if path is None else Path(path)
        self.saved = True
        """Whether the file holds all that was said."""
        self._known: dict[Path, str] = {}
        self._told: list[Callable[[], None]] = []

    @classmethod
    def of(cls, folder: str | Path, path: str | Path) -> PlanDraft:
        """The plan that ``path`` holds, to carry on with; where there is none yet, one is drafted."""
        path = Path(path)
        if not path.is_file():
            return cls(load(folder).plan, path)
        # The plan may be kept elsewhere than the exports that it names.
        draft = cls(open_plan(path).model_copy(update={"folder": Path(folder)}), path)
        draft._known[path.resolve()] = _digest(path)
        return draft

    def change(self, plan: Plan) -> None:
        """Take the plan as it now is."""
        self.plan, self.saved = plan, False
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

        Raises ``PlanInvalid`` where the file is somebody else's, or was changed by others since.
        """
        target = Path(path) if path is not None else self.path
        if target is None:
            raise PlanInvalid("the plan", "its file", "no file is named", "name one to save to")
        key = target.resolve()
        if target.is_file() and _digest(target) != self._known.get(key):
            raise PlanInvalid(
                target,
                "the file",
                "it holds a plan that this notebook has not read",
                "name another file, or start again with PlanDraft.of to carry on with it",
            )
        target.write_text(write_plan(self.plan), "utf-8")
        self._known[key] = _digest(target)
        self.saved = True
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
            except PlanInvalid as error:
                said.value = str(error)

        def told() -> None:
            said.value = self._state(texts)

        button.on_click(clicked)
        self.on_change(told)
        return row

    def _state(self, texts: Texts) -> str:
        if not self.saved:
            return texts.t("notebook.not_saved")
        written = self.path is not None and self.path.resolve() in self._known
        key = "saved" if written else "nothing_to_save"
        return texts.t(f"notebook.{key}", path=str(self.path))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
