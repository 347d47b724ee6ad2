"""Sealing the name that stands on a certificate."""

from __future__ import annotations

from tequio.access.vault import key_of
from tequio.reports.models import Certificate


def seal_name(certificate: Certificate, name: str) -> bytes:
    """Seal a name to its certificate."""
    key = key_of(certificate.organisation_id)
    return key.seal(name.encode(), bound_to=_place(certificate))


def open_name(certificate: Certificate) -> str:
    """Open the name; empty once the man is forgotten. The caller has checked who reads."""
    if not certificate.sealed_name:
        return ""
    key = key_of(certificate.organisation_id)
    return key.open(bytes(certificate.sealed_name), bound_to=_place(certificate)).decode()


def _place(certificate: Certificate) -> str:
    return f"{certificate.organisation_id}|reports.certificate|{certificate.pk}|name|1"
