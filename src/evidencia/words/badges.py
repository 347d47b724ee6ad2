"""What the badge of a finding says, which is never more than its headline.

It stands among the words because a page that shows a kept result needs it, and nothing that
computes.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

# Always read together with the headline.
MANDATORY: Final = frozenset(
    {
        "findings.violence.physical_without_control",
        "findings.violence.control_unknown",
        "findings.violence.control_not_measured",
        "findings.violence.any",
    }
)
FIRM: Final = frozenset({"benefit", "harm", "probable_benefit", "probable_harm"})
_JOINED: Final = "findings.violence.any"
_SURE: Final = {"strong": "", "moderate": "probable_", "weak": "maybe_", "very_weak": "maybe_"}


def badge(code: str, verdict: str, strength: str, mandatory: Collection[str]) -> tuple[str, str]:
    """Return how a finding looks and which word its badge carries.

    Parameters
    ----------
    code, verdict, strength
        Of the finding.
    mandatory
        Codes of the sentences that are always read with it.
    """
    if code.startswith("findings.change.worse"):
        return "harm", "sign_of_harm"
    if code.startswith("findings.change.unclear"):
        return "unknown", "unknown"
    partly = any(one != _JOINED for one in mandatory)
    sure = _SURE.get(strength, "")
    if verdict in ("benefit", "small_benefit") and partly and sure != "maybe_":
        return verdict, "one_type"
    return verdict, f"{sure}{verdict}" if verdict in ("benefit", "harm") else verdict
