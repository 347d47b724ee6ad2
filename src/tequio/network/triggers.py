"""What the database itself refuses: changing what was found, decided, told, reviewed or paid."""

from __future__ import annotations

from typing import Final

from tequio.core import fixed_rows

FIXED: Final = (
    "network_finding",
    "network_decision",
    "network_phasereview",
    "network_step",
    "network_vote",
    "network_money",
)
hold = fixed_rows.hold("network", *FIXED)
let_go = fixed_rows.let_go("network", *FIXED)
