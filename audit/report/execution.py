"""
How a notebook is run for its page: where a cell fails, the page ends with the sentence that says so.

Never a traceback: the messages of third parties quote cells of the register.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert.preprocessors import ExecutePreprocessor

from audit import errors

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["FAILED", "UntilItFails"]

FAILED = "register_audit_failed"
"""Where the notebook's metadata hold the sentence, once a cell has failed."""


class UntilItFails(ExecutePreprocessor):  # type: ignore[misc] # nbconvert carries no types
    """Executes the cells; at the first that fails it stops, and the notebook ends with a sentence."""

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, Any]:
        """Run the notebook as far as it goes."""
        self.reached = 0
        try:
            return super().preprocess(nb, resources, km)  # type: ignore[no-any-return]
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            sentence = _sentence(error, self.reached + 1)
        failed = nb.cells[self.reached]
        said = [output for output in failed.outputs if output.output_type != "error"]
        failed.outputs = [
            *said,
            nbformat.from_dict(  # type: ignore[no-untyped-call] # nbformat carries no types
                {
                    "output_type": "display_data",
                    "data": {"text/html": _as_html(sentence), "text/plain": sentence},
                    "metadata": {},
                }
            ),
        ]
        # What follows rests on what failed: headings with nothing under them help nobody.
        nb.cells = nb.cells[: self.reached + 1]
        nb.metadata[FAILED] = sentence
        return nb, self.resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: Any, index: int
    ) -> tuple[NotebookNode, Any]:
        """Run one cell, and remember which one it is."""
        self.reached = index
        return super().preprocess_cell(cell, resources, index)  # type: ignore[no-any-return]


def _sentence(error: Exception, number: int) -> str:
    """What went wrong: our own errors are sentences, of others only the kind is safe to say."""
    name, said = getattr(error, "ename", type(error).__name__), getattr(error, "evalue", "")
    if said and isinstance(getattr(errors, name, None), type):
        return str(said)
    return (
        f"cell {number} of the notebook ended with an error ({name}): open the notebook in "
        "JupyterLab and run it up to that cell."
    )


def _as_html(sentence: str) -> str:
    said = escape(sentence)
    return (
        f'<div class="notice is-major" role="note" data-failed="{said}" lang="en">'
        f'<p dir="auto"><strong>{said}</strong></p></div>'
    )
