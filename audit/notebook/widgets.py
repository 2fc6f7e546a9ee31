"""Widgets that also have a picture of themselves for pages, where nothing can be clicked."""

from __future__ import annotations

from typing import Any

import ipywidgets

__all__ = ["Shown", "button_row"]


class Shown(ipywidgets.VBox):  # type: ignore[misc] # ipywidgets carries no types
    """A form, and what a page shows in its place."""

    def __init__(self, children: list[Any], still: str) -> None:
        super().__init__(children)
        self.still = still
        """HTML."""

    def _repr_mimebundle_(self, **further: Any) -> Any:
        """What notebooks ask for: the form where it works, the picture where it does not."""
        bundle = super()._repr_mimebundle_(**further)
        data = dict(bundle[0] if isinstance(bundle, tuple) else bundle or {})
        return data | {"text/html": self.still}


def button_row(words: str, said: str) -> tuple[Any, Any, Shown]:
    """A button, the words beside it, and the row of both; a page shows the words."""
    from html import escape

    button = ipywidgets.Button(description=words, layout={"width": "auto"})
    label = ipywidgets.Label(said)
    row = Shown([ipywidgets.HBox([button, label])], f"<p>{escape(said)}</p>")
    return button, label, row
