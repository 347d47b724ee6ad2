"""Tables of questionnaires: no answers of people or survivors; those live with their owners."""

from __future__ import annotations

from tequio.instruments.models.devices import Attachment, Device, Receipt, Submission
from tequio.instruments.models.links import OneTimeLink
from tequio.instruments.models.own_forms import OwnFile, OwnForm, OwnSitting
from tequio.instruments.models.permissions import TextPermission

__all__ = [
    "Attachment",
    "Device",
    "OneTimeLink",
    "OwnFile",
    "OwnForm",
    "OwnSitting",
    "Receipt",
    "Submission",
    "TextPermission",
]
