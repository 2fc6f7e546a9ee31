"""The evidence of an audit, browsed in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.api import Audit

if TYPE_CHECKING:
    import pandas as pd
    from ipywidgets import Widget

__all__ = ["EvidenceBrowser"]


class EvidenceBrowser:
    """The evidence of an audit, filtered by check, table and result. It holds no value."""

    def __init__(self, audit: Audit, at_most: int = 50) -> None:
        self.evidence = audit.evidence()
        self.at_most = at_most

    def pick(self, check: str = "", source: str = "", result: str = "") -> pd.DataFrame:
        """The first pieces of the evidence that fit; a blank fits all."""
        found = self.evidence
        for name, wanted in (("check", check), ("source", source), ("result", result)):
            if wanted:
                found = found[found[name] == wanted]
        return found.head(self.at_most)

    def show(self) -> Widget:
        """Three lists to choose from, and the pieces that fit."""
        import ipywidgets as widgets
        from IPython.display import display

        boxes = {
            name: widgets.Dropdown(
                options=[("all", ""), *sorted(self.evidence[name].dropna().unique())],
                description=name,
            )
            for name in ("check", "source", "result")
        }
        shown = widgets.Output()

        def refresh(_: object = None) -> None:
            with shown:
                shown.clear_output(wait=True)
                display(self.pick(**{name: box.value for name, box in boxes.items()}))

        for box in boxes.values():
            box.observe(refresh, names="value")
        refresh()
        return widgets.VBox([widgets.HBox(list(boxes.values())), shown])
