"""
What the notebooks let an auditor do with the mouse: correct the mapping, attest, browse evidence.

Each form works on a copy of the plan and writes ``audit.yaml`` only when asked to. Run without a
browser, as nbconvert does, a form shows itself as text and changes nothing.
"""

from __future__ import annotations

from audit.notebook.evidence import EvidenceBrowser
from audit.notebook.mapping import MappingEditor
from audit.notebook.stated import AttestationForm, CompletenessForm

__all__ = ["AttestationForm", "CompletenessForm", "EvidenceBrowser", "MappingEditor"]
