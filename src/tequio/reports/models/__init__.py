"""Certificates, what men ask about their data, accounts of a period, and testimonies."""

from __future__ import annotations

from tequio.reports.models.accounts import Account, Quoted
from tequio.reports.models.certificates import Certificate, forget_the_name
from tequio.reports.models.rights import Erasure, RightsRequest
from tequio.reports.models.testimonies import Testimony

__all__ = [
    "Account",
    "Certificate",
    "Erasure",
    "Quoted",
    "RightsRequest",
    "Testimony",
    "forget_the_name",
]
