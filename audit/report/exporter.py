"""
The notebooks as pages, for nbconvert: ``jupyter nbconvert --to register_audit_html --execute …``.

The page hides code, loads nothing, and has the report's styles and language. ``Gate`` sets the exit
status once the page is written: ``--post audit.report.exporter.Gate``.
"""

from __future__ import annotations

import os
import re
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir
from nbconvert.exporters import HTMLExporter
from nbconvert.postprocessors import PostProcessorBase
from traitlets import Enum, default
from traitlets.config import Config

from audit.report.texts import LANGUAGES, Texts

__all__ = ["Gate", "RegisterAuditExporter"]

_VERDICT = re.compile(r'data-verdict="(\d+) (\d+) (complete|incomplete)"')
_NONCONFORMING, _NOT_AUDITED = 1, 2


class RegisterAuditExporter(HTMLExporter):  # type: ignore[misc] # nbconvert carries no types
    """The exporter ``register_audit_html``."""

    export_from_notebook = "Register audit (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "register_audit"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(files("audit.report").joinpath("nbconvert"))]

    @property
    def default_config(self) -> Config:
        """Code and prompts hidden; the kernel is spoken to over a socket file, not over TCP."""
        own = Config(
            {
                "RegisterAuditExporter": {
                    "exclude_input": True,
                    "exclude_input_prompt": True,
                    "exclude_output_prompt": True,
                    "exclude_anchor_links": True,
                },
            }
        )
        if sys.platform != "win32":
            # An absolute path in a private folder: the kernel runs in the notebook's folder.
            own.KernelManager.transport = "ipc"
            private = Path(jupyter_runtime_dir())
            private.mkdir(mode=0o700, parents=True, exist_ok=True)
            own.KernelManager.ip = str(private / f"register-audit-{os.getpid()}")
        inherited: Config = super().default_config
        inherited.merge(own)
        return inherited

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **further: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a notebook, in the language of ``REGISTER_AUDIT_LANG`` or of the notebook."""
        lang = os.environ.get("REGISTER_AUDIT_LANG") or nb.metadata.get("lang") or "en"
        lang = lang if lang in LANGUAGES else "en"
        headings = re.findall(r"^# (.+)$", "\n".join(c.source for c in nb.cells), re.MULTILINE)
        style = files("audit.report").joinpath("templates", "style.css").read_text("utf-8")
        resources = dict(resources or {})
        resources["register_audit"] = {
            "lang": lang,
            "title": headings[0] if headings else "register-audit",
            "style": style,
            "output": Texts(lang).t("page.table"),
        }
        page, resources = super().from_notebook_node(nb, resources, **further)
        return page, resources


class Gate(PostProcessorBase):  # type: ignore[misc] # nbconvert carries no types
    """
    Ends nbconvert with the exit status of the audit, after the page was written.

    1 where there are nonconformities at or above ``fail_on``, 2 where the page holds no verdict or
    not every source was audited. ``REGISTER_AUDIT_FAIL_ON`` sets ``fail_on`` from outside.
    """

    fail_on = Enum(("major", "minor", "never"), help="The grade that gives exit status 1.").tag(
        config=True
    )

    @default("fail_on")
    def _fail_on_default(self) -> str:
        return os.environ.get("REGISTER_AUDIT_FAIL_ON", "major")

    def postprocess(self, input: str) -> None:  # noqa: A002 - nbconvert's own name
        """Read the verdict of the page, and exit with its status unless that is 0."""
        verdicts = _VERDICT.findall(Path(input).read_text("utf-8"))
        if not verdicts or any(complete == "incomplete" for _, _, complete in verdicts):
            said = "the audit is incomplete" if verdicts else "it shows no verdict of an audit"
            self._say(f"{Path(input).name}: {said}: see the page for what is missing.")
            sys.exit(_NOT_AUDITED)
        major, minor = (sum(int(verdict[n]) for verdict in verdicts) for n in (0, 1))
        failing = {"major": major, "minor": major + minor, "never": 0}[self.fail_on]
        if failing:
            self._say(f"{Path(input).name}: {major} major and {minor} minor nonconformities.")
            sys.exit(_NONCONFORMING)

    def _say(self, sentence: str) -> None:
        sys.stderr.write(f"register-audit: {sentence}\n")
