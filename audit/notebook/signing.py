"""Signing an audit off from the notebook: who, in which capacity, today; the report then says so."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import AuditError
from audit.report.custody import sign
from audit.report.signoff import SignedOff, signed_off
from audit.report.texts import Texts

if TYPE_CHECKING:
    from ipywidgets import Widget

__all__ = ["SignForm"]


class SignForm:
    """The sign-off of the audit in ``folder``: several may sign, each once."""

    def __init__(self, folder: str | Path, *, lang: str = "en") -> None:
        self.folder = Path(folder)
        self.texts = Texts(lang)

    def __repr__(self) -> str:
        return self.said()

    def sign(self, name: str, role: str = "") -> SignedOff:
        """Sign the findings off today; raises ``NotSigned`` where that cannot be."""
        return sign(self.folder, name, date.today(), role)

    def said(self) -> str:
        """Who has signed so far."""
        found = signed_off(self.folder)
        if found is None:
            return self.texts.t("notebook.not_signed")
        names = "; ".join(f"{one.who}, {self.texts.day(one.on)}" for one in found.signatures)
        return self.texts.t("notebook.signed", names=names, sha256=found.sha256)

    def show(self) -> Widget:
        """Two lines and a button; a page shows who has signed."""
        import ipywidgets as widgets

        from audit.notebook.widgets import Shown

        t = self.texts.t
        self.name = widgets.Text(placeholder=t("notebook.your_name"))
        self.role = widgets.Text(placeholder=t("notebook.your_role"))
        self.button = widgets.Button(description=t("notebook.sign"), layout={"width": "auto"})
        self.state = widgets.HTML(f"<p>{escape(self.said())}</p>")

        def clicked(_: object) -> None:
            try:
                self.sign(self.name.value, self.role.value)
                said = self.said()
                self.name.value = self.role.value = ""
            except AuditError as error:
                said = str(error)
            self.state.value = f"<p>{escape(said)}</p>"

        self.button.on_click(clicked)
        line = widgets.HBox([self.name, self.role, self.button])
        return Shown([line, self.state], self.state.value)
