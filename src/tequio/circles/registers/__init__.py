"""From the sheets an organisation already has to a plan of what would be imported.

Pure: no database, no request. Nothing is decided silently and nothing is lost; every row of the
file ends in exactly one heading of the account.
"""

from __future__ import annotations

from tequio.circles.registers.detect import Detection, SheetGuess, detect_sheet
from tequio.circles.registers.mapping import (
    ColumnMapping,
    Form,
    Gap,
    Mapping,
    SheetMapping,
    mapping_from_dict,
    mapping_to_dict,
)
from tequio.circles.registers.mark_words import Status
from tequio.circles.registers.marks import MarkReading, status_name
from tequio.circles.registers.plan import build_plan
from tequio.circles.registers.results import (
    Account,
    Fate,
    PlannedMark,
    PlannedSession,
    Problem,
    RegisterPlan,
    Repeat,
    Severity,
    UnattributedRow,
)
from tequio.circles.registers.sessions import SessionLabel, parse_label
from tequio.circles.registers.suggest import (
    Examination,
    examine,
    layout_signature,
    suggest_mapping,
)
from tequio.circles.registers.unknowable import unknowable
from tequio.circles.registers.vocabulary import Role

__all__ = [
    "Account",
    "ColumnMapping",
    "Detection",
    "Examination",
    "Fate",
    "Form",
    "Gap",
    "Mapping",
    "MarkReading",
    "PlannedMark",
    "PlannedSession",
    "Problem",
    "RegisterPlan",
    "Repeat",
    "Role",
    "SessionLabel",
    "Severity",
    "SheetGuess",
    "SheetMapping",
    "Status",
    "UnattributedRow",
    "build_plan",
    "detect_sheet",
    "examine",
    "layout_signature",
    "mapping_from_dict",
    "mapping_to_dict",
    "parse_label",
    "status_name",
    "suggest_mapping",
    "unknowable",
]
