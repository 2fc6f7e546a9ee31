"""
The notebooks as pages, for nbconvert: ``jupyter nbconvert --to register_audit_html --execute …``.

The page hides code, loads nothing, and has the report's styles and language. It holds record keys, so
what nbconvert writes is for its owner alone. ``Gate`` sets the exit status once the page is written:
``--post audit.report.exporter.Gate``.
"""

from __future__ import annotations

import os
import re
import sys
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir
from nbconvert.exporters import HTMLExporter
from nbconvert.postprocessors import PostProcessorBase
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool, Enum, default
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from audit.report.execution import FAILED, UntilItFails
from audit.report.texts import LANGUAGES, Texts, clean

__all__ = ["Gate", "RegisterAuditExporter"]

_VERDICT = re.compile(r'data-verdict="(\d+) (\d+) (complete|incomplete)"')
_FAILURE = re.compile(r'data-failed="([^"]*)"')
_FRAGMENT = re.compile(r'class="ra fragment" lang="(\w+)"')
_TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_NONCONFORMING, _NOT_AUDITED = 1, 2
#: No script and no widget: where a form stands, its list is shown.
_SHOWN = ["text/html", "text/markdown", "image/svg+xml", "image/png", "text/plain"]


class _Dressed(Preprocessor):  # type: ignore[misc] # nbconvert carries no types
    """
    Gives the page its language and its title, once it is known what stands on it.

    A notebook without prose of its own is in the language of its fragments, the others in that of
    their prose.
    """

    enabled = Bool(True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Leave in ``resources`` what the template asks for."""
        shown = "\n".join(
            str(output.data.get("text/html", ""))
            for cell in nb.cells
            if cell.cell_type == "code"
            for output in cell.outputs
            if "data" in output
        )
        prose = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
        lang = nb.metadata.get("lang") or "en"
        if not prose:
            of_fragments = _FRAGMENT.findall(shown)
            asked = os.environ.get("REGISTER_AUDIT_LANG") or lang
            lang = of_fragments[0] if of_fragments else asked
        lang = lang if lang in LANGUAGES else "en"
        titles = re.findall(r"^# (.+)$", prose, re.MULTILINE) or [
            unescape(re.sub("<[^>]+>", "", title)) for title in _TITLE.findall(shown)
        ]
        resources["register_audit"] = {
            "lang": lang,
            "title": clean(titles[0], 120) if titles else "register-audit",
            "style": files("audit.report").joinpath("templates", "style.css").read_text("utf-8"),
            "output": Texts(lang).t("page.table"),
            "kind": "prose" if prose else "letter",
        }
        resources[FAILED] = nb.metadata.get(FAILED)
        return nb, resources


class RegisterAuditExporter(HTMLExporter):  # type: ignore[misc] # nbconvert carries no types
    """The exporter ``register_audit_html``."""

    export_from_notebook = "Register audit (HTML)"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "register_audit"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(files("audit.report").joinpath("nbconvert"))]

    @default("default_preprocessors")
    def _default_preprocessors_default(self) -> list[Any]:
        usual = type(self).default_preprocessors.default_args[0]
        return [
            *(UntilItFails if "ExecutePreprocessor" in str(one) else one for one in usual),
            _Dressed,
        ]

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
                "NbConvertBase": {"display_data_priority": _SHOWN},
                # How to make the page is no part of it.
                "TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": {"how-to"}},
            },
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
        """
        The page of a notebook; where a cell failed it ends with the sentence that says why.

        Without the gate, which ends with 2 once the page is written, a failure ends nbconvert here.
        """
        from nbconvert.nbconvertapp import NbConvertApp  # which loads every exporter, this one too

        if NbConvertApp.initialized():
            os.umask(0o077)  # of a process that does nothing else: the page is never seen by others
        page, resources = super().from_notebook_node(nb, resources, **further)
        if (failed := resources.get(FAILED)) and not self._gated:
            _say(str(failed))
            sys.exit(_NOT_AUDITED)
        return page, resources

    @property
    def _gated(self) -> bool:
        """Whether nbconvert was told to run the gate on the page."""
        named = self.config.NbConvertApp.get("postprocessor_class")
        given = import_item(named) if isinstance(named, str) and named else named
        return isinstance(given, type) and issubclass(given, Gate)


class Gate(PostProcessorBase):  # type: ignore[misc] # nbconvert carries no types
    """
    Ends nbconvert with the exit status of the audit, after the page was written and made private.

    1 where there are nonconformities at or above ``fail_on``, 2 where a cell failed, where the page
    holds no verdict or not every source was audited. ``REGISTER_AUDIT_FAIL_ON`` sets ``fail_on`` from
    outside.
    """

    fail_on = Enum(("major", "minor", "never"), help="The grade that gives exit status 1.").tag(
        config=True
    )

    @default("fail_on")
    def _fail_on_default(self) -> str:
        return os.environ.get("REGISTER_AUDIT_FAIL_ON", "major")

    def postprocess(self, input: str) -> None:  # noqa: A002 - nbconvert's own name
        """Keep the page private, and exit with the status of its verdict unless that is 0."""
        Path(input).chmod(0o600)  # one that was there before kept the mode that it had
        page, name = Path(input).read_text("utf-8"), Path(input).name
        if failed := _FAILURE.search(page):
            _say(f"{name}: {unescape(failed[1])}")
            sys.exit(_NOT_AUDITED)
        verdicts = _VERDICT.findall(page)
        if not verdicts or any(complete == "incomplete" for _, _, complete in verdicts):
            said = "the audit is incomplete" if verdicts else "it shows no verdict of an audit"
            _say(f"{name}: {said}: see the page for what is missing.")
            sys.exit(_NOT_AUDITED)
        major, minor = (sum(int(verdict[n]) for verdict in verdicts) for n in (0, 1))
        failing = {"major": major, "minor": major + minor, "never": 0}[self.fail_on]
        if failing:
            _say(f"{name}: {major} major and {minor} minor nonconformities.")
            sys.exit(_NONCONFORMING)


def _say(sentence: str) -> None:
    sys.stderr.write(f"register-audit: {clean(sentence, 4000)}\n")
