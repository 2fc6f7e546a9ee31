"""A form on the draft of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.notebook.draft import PlanDraft
from audit.notebook.tables import fragment
from audit.plan import Plan
from audit.report.texts import Texts

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["PlanForm"]


class PlanForm:
    """A form on a plan, or better on a draft that other forms share; ``save`` writes the draft."""

    def __init__(self, plan: Plan | PlanDraft, lang: str) -> None:
        self.draft = plan if isinstance(plan, PlanDraft) else PlanDraft(plan)
        self.texts = Texts(lang)

    @property
    def plan(self) -> Plan:
        """The plan with everything that was said, in this form and in those that share its draft."""
        return self.draft.plan

    def save(self, path: str | Path | None = None) -> Path:
        """Write the plan as it is now."""
        return self.draft.save(path)

    def _shown(self, lines: list[Any], still: str, save_to: Path | None) -> Widget:
        """The form, with a button of its own if there is a place to save to; ``still`` for pages."""
        from audit.notebook.widgets import Shown

        if save_to is not None:
            self.draft.path = Path(save_to)
            lines = [*lines, self.draft.show(self.texts.lang)]
        return Shown(lines, fragment(still, self.texts.lang))
