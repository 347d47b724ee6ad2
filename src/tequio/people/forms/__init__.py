"""What people type about a man."""

from __future__ import annotations

from tequio.people.forms.agreements import AgreementsForm, HearingForm
from tequio.people.forms.intake import FORMS, LifeForm, MinorForm, StepForm
from tequio.people.forms.person import LookForm, PersonForm

__all__ = [
    "FORMS",
    "AgreementsForm",
    "HearingForm",
    "LifeForm",
    "LookForm",
    "MinorForm",
    "PersonForm",
    "StepForm",
]
