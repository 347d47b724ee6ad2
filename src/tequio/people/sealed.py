"""Sealing and opening what an intake and its neighbours hold; bound to their rows."""

from __future__ import annotations

from dataclasses import asdict

from tequio.people import vault
from tequio.people.models import Consent, Intake, Safeguard
from tequio.people.rules.answers import Answers, Guardian, Texts


def seal_answers(intake: Intake, answers: Answers) -> bytes:
    """Seal the coded answers of an intake."""
    return vault.seal_part(intake.organisation_id, _place(intake, "answers"), answers.stored())


def answers_of(intake: Intake) -> Answers:
    """Open the coded answers. The caller has checked that the reader may know."""
    found = vault.open_part(intake.organisation_id, _place(intake, "answers"), intake.answers)
    return Answers.from_stored(found)


def seal_texts(intake: Intake, texts: Texts) -> bytes:
    """Seal the free texts of an intake."""
    return vault.seal_part(intake.organisation_id, _place(intake, "texts"), asdict(texts))


def texts_of(intake: Intake) -> Texts:
    """Open the free texts; empty where there are none or their time is over."""
    if intake.texts is None:
        return Texts()
    found = vault.open_part(intake.organisation_id, _place(intake, "texts"), intake.texts)
    return Texts().with_values(found)


def seal_guardian(safeguard: Safeguard, guardian: Guardian) -> bytes:
    """Seal what was checked for a minor."""
    return vault.seal_part(safeguard.organisation_id, _safeguard(safeguard), asdict(guardian))


def guardian_of(safeguard: Safeguard) -> Guardian:
    """Open what was checked for a minor."""
    return Guardian(
        **vault.open_part(safeguard.organisation_id, _safeguard(safeguard), safeguard.sealed)
    )


def seal_witness(consent: Consent, name: str) -> bytes:
    """Seal who was there when a text was read aloud."""
    return vault.seal_part(consent.organisation_id, f"people.consent|{consent.pk}|witness", name)


def witness_of(consent: Consent) -> str:
    """Open who was there; nobody where he read it himself."""
    if consent.witness is None:
        return ""
    place = f"people.consent|{consent.pk}|witness"
    return str(vault.open_part(consent.organisation_id, place, consent.witness))


def _place(intake: Intake, field: str) -> str:
    return f"people.intake|{intake.pk}|{field}"


def _safeguard(safeguard: Safeguard) -> str:
    return f"people.safeguard|{safeguard.participant_id}|guardian"
