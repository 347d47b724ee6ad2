"""Sealing what an import keeps: the file, its name, the choices, and each problem's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tequio.access.vault import key_of
from tequio.circles.models import ImportProblem, RegisterImport
from tequio.core.errors import DomainError

Sealed = bytes | memoryview | None


def seal(register: RegisterImport, what: str, body: bytes) -> bytes:
    """Seal one part of an import: it opens only as that part of that import."""
    return key_of(register.organisation_id).seal(body, bound_to=_place(register, what))


def unseal(register: RegisterImport, what: str, sealed: Sealed) -> bytes:
    """Open one part of an import, or say that it was erased."""
    if not sealed:
        raise erased()
    return key_of(register.organisation_id).open(bytes(sealed), bound_to=_place(register, what))


def name_of(register: RegisterImport) -> str:
    """Return the file's name as the person knows it; empty once the file was erased."""
    if not register.sealed_name:
        return ""
    return unseal(register, "name", register.sealed_name).decode()


def seal_json(register: RegisterImport, what: str, value: dict[str, Any]) -> bytes:
    """Seal plain values."""
    return seal(register, what, json.dumps(value, ensure_ascii=False).encode())


def unseal_json(register: RegisterImport, what: str, sealed: Sealed) -> dict[str, Any]:
    """Open plain values."""
    found: dict[str, Any] = json.loads(unseal(register, what, sealed))
    return found


def erased() -> DomainError:
    """Return the refusal where the file is no longer kept."""
    return DomainError(
        _("El archivo de esta importación ya se borró."),
        hint=_("Para volver a leerlo, súbelo otra vez."),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """What a problem says, and of which place of the file."""

    sheet: str
    cell: str
    sentence: str
    hint: str = ""


def seal_words(organisation_id: UUID, problem: ImportProblem, words: Words) -> bytes:
    """Seal the words of a problem: they may quote a cell, and a cell may hold a name."""
    body = json.dumps([words.sheet, words.cell, words.sentence, words.hint], ensure_ascii=False)
    return key_of(organisation_id).seal(body.encode(), bound_to=_problem(organisation_id, problem))


def words_of(organisation_id: UUID, problem: ImportProblem) -> Words:
    """Open the words of a problem."""
    place = _problem(organisation_id, problem)
    return Words(*json.loads(key_of(organisation_id).open(bytes(problem.sealed), bound_to=place)))


def _place(register: RegisterImport, what: str) -> str:
    return f"{register.organisation_id}|circles.registerimport|{register.pk}|{what}|1"


def _problem(organisation_id: UUID, problem: ImportProblem) -> str:
    return f"{organisation_id}|circles.importproblem|{problem.pk}|words|1"
