"""
What the notebooks let an auditor do with the mouse: correct, attest, browse evidence, sign.

All forms share one draft of the plan (``PlanDraft``), which is written only when asked to. On a page
that nbconvert made, a form shows what it would ask.
"""

from __future__ import annotations

from audit.notebook.compared import ComparedAudits
from audit.notebook.draft import PlanDraft
from audit.notebook.evidence import EvidenceBrowser
from audit.notebook.mapping import MappingEditor
from audit.notebook.reading import notice_facts, notice_page
from audit.notebook.signing import SignForm
from audit.notebook.stated import AttestationForm, CompletenessForm
from audit.notebook.tables import (
    columns_table,
    findings_table,
    pieces_table,
    sources_table,
    table,
    title,
)
from audit.notebook.validated import validation_table

__all__ = [
    "AttestationForm",
    "ComparedAudits",
    "CompletenessForm",
    "EvidenceBrowser",
    "MappingEditor",
    "PlanDraft",
    "SignForm",
    "columns_table",
    "findings_table",
    "notice_facts",
    "notice_page",
    "pieces_table",
    "sources_table",
    "table",
    "title",
    "validation_table",
]
