"""The tables of the community, one module for each part.

Django finds a table only if this module names it.
"""

from __future__ import annotations

from tequio.network.models.committees import Committee, Meeting, Member, Money
from tequio.network.models.communities import Community, PhaseReview
from tequio.network.models.cycle import (
    Decision,
    Finding,
    PlanLine,
    Sighting,
    SurveyAnswer,
    SurveyRound,
)
from tequio.network.models.demands import Action, Assembly, Demand, Step, Vote
from tequio.network.models.literacy import (
    CircleOutcome,
    Domain,
    Learning,
    LiteracyCircle,
    LiteracyMeeting,
)
from tequio.network.models.referrals import Slip
from tequio.network.models.services import (
    DirectoryImport,
    Failure,
    ImportLine,
    Opening,
    Phone,
    Provider,
    Service,
)
from tequio.network.models.stakeholders import Agreement, Commitment, Stakeholder, Tie

__all__ = [
    "Action",
    "Agreement",
    "Assembly",
    "CircleOutcome",
    "Commitment",
    "Committee",
    "Community",
    "Decision",
    "Demand",
    "DirectoryImport",
    "Domain",
    "Failure",
    "Finding",
    "ImportLine",
    "Learning",
    "LiteracyCircle",
    "LiteracyMeeting",
    "Meeting",
    "Member",
    "Money",
    "Opening",
    "PhaseReview",
    "Phone",
    "PlanLine",
    "Provider",
    "Service",
    "Sighting",
    "Slip",
    "Stakeholder",
    "Step",
    "SurveyAnswer",
    "SurveyRound",
    "Tie",
    "Vote",
]
