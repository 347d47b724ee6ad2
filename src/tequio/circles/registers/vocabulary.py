"""Words that people write above the columns of a register, folded, and what they mean."""

from __future__ import annotations

import re
from enum import StrEnum

from tequio.core.text import fold


class Role(StrEnum):
    """What a column holds."""

    ROW_NUMBER = "row_number"
    ID = "id"
    NAME = "name"
    GIVEN = "given"
    SURNAME = "surname"
    SECOND_SURNAME = "second_surname"
    ALIAS = "alias"
    PHONE = "phone"
    SEX = "sex"
    GROUP = "group"
    SITE = "site"
    SESSION = "session"
    DATE = "date"
    MARK = "mark"
    MEETING = "meeting"
    OTHER = "other"


NAME_ROLES = (Role.NAME, Role.GIVEN, Role.SURNAME, Role.SECOND_SURNAME)
IDENTITY_ROLES = frozenset({Role.ID, Role.ALIAS, *NAME_ROLES})

SESSION_WORDS = (
    "sesiones|sesion|session|ses|clases|clase|encuentro|reunion|taller|modulo|tema|semana|actividad"
)
_OF = r"(?:\s+(?:de|del|de la|del?/la))?\s+"
_WHO = "(?:participante|usuario|usuaria|asistente|alumno|beneficiario|persona|participant)s?"

# Order matters: the first pattern that fits decides.
_PATTERNS: tuple[tuple[Role, str], ...] = (
    (Role.OTHER, r"fecha de (?:nacimiento|ingreso|alta|baja|registro).*|(?:date of )?birth.*"),
    (
        Role.OTHER,
        r".*\b(?:total(?:es)?|suma|promedio|porcentaje|faltas|retardos|inasistencias)\b.*",
    ),
    (Role.OTHER, r".*%.*|asistencias|justificadas|firmas?|edad|age|puesto|cargo|role|rol"),
    (Role.OTHER, r"observaci?on(?:es)?|notas?|comentarios?|correo.*|e-?mail|domicilio|direccion"),
    (Role.ROW_NUMBER, r"no|n°|num|numero|#|consecutivo|prog|progresivo|item|orden"),
    (Role.ID, rf"(?:(?:no|num|numero|clave|codigo|id|folio){_OF})?{_WHO}\s+(?:id|code)(?:\s+\d)?"),
    (
        Role.ID,
        rf"(?:no|num|numero|clave|codigo|id|folio|n°){_OF}(?:{_WHO}|folio|expediente|control)",
    ),
    (Role.ID, r"id|ids|clave|folio|codigo|code|matricula|expediente|exp|identificador|record id"),
    (Role.PHONE, r"(?:no |numero de |num )?(?:telefonos?|tel|cel|celular|movil|whatsapp|phone).*"),
    (Role.SECOND_SURNAME, r"(?:apellido |ap )?materno|segundo apellido|apellido 2|ap mat"),
    (Role.SURNAME, r"(?:apellido |ap )?paterno|primer apellido|apellidos?|apellido 1|ap pat"),
    (Role.SURNAME, r"last name|surname|family name|sobrenome"),
    (Role.NAME, rf"nombres? completos?|(?:nombre{_OF})?{_WHO}|name|full name|nome"),
    (Role.NAME, r"nombres? y apellidos?|apellidos? y nombres?|nombre \(?apellido.*|nombre y alias"),
    (Role.GIVEN, r"nombres?|nombre ?\(s\)?|first name|given name|primer nombre"),
    (Role.ALIAS, r"alias|apodo|seudonimo|pseudonimo|sobrenombre|nickname|como le dicen"),
    (Role.SEX, r"sexo|sex|genero|gender|h/m|m/f"),
    (Role.GROUP, r"grupo|gpo|circulo|group|seccion"),
    (Role.SITE, r"sede|centro(?: de salud)?|health cent(?:er|re)|site|unidad|plantel|facility"),
    (Role.DATE, rf"fecha(?:{_OF}(?:la )?(?:{SESSION_WORDS}|asistencia))?|date|dia|session date"),
    (Role.SESSION, rf"(?:(?:no|num|numero|nombre){_OF})?(?:la )?(?:{SESSION_WORDS})"),
    (Role.SESSION, r"training session|session name|meeting"),
    (Role.MARK, r"asistencia|attendance|asistio|asiste|presente|presencia|marca|estatus|status"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)
_SEPARATORS = re.compile(r"[_\s]+")
_EDGES = " .:;,*()[]¿?-"


def plain_header(text: str) -> str:
    """Return the header folded, without underscores or closing punctuation."""
    folded = _SEPARATORS.sub(" ", fold(text))
    return folded.replace(".", " ").replace("  ", " ").strip(_EDGES) or folded


def header_role(text: str) -> Role | None:
    """Return what a header announces, or None when its words are not known."""
    plain = plain_header(text)
    if not plain or len(plain) > 45:
        return None
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(plain)), None)
