"""Sites, editions that somebody signed, training on record, and each man's way through."""

from __future__ import annotations

from tequio.programmes.models.editions import Edition, Site
from tequio.programmes.models.enrolment import Enrolment, EnrolmentStep
from tequio.programmes.models.training import Training

__all__ = ["Edition", "Enrolment", "EnrolmentStep", "Site", "Training"]
