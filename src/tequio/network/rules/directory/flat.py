"""Lines with a name, a telephone and a place: a spreadsheet, or objects without a standard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tequio.core.text import fold, squeeze
from tequio.network.rules.directory import hours, meanings, places, telephones
from tequio.network.rules.directory.drafts import Draft, hide_refuge

# What people write over their columns.
_NAMES: Final[Mapping[str, Sequence[str]]] = {
    "kind": ("categoria", "tipo", "category", "giro"),
    "provider": ("institucion", "nombre", "organizacion", "dependencia", "organization", "name"),
    "name": ("servicio", "service", "service_name", "programa"),
    "state": ("estado", "entidad", "entidad federativa", "state_province", "state"),
    "locality": ("localidad", "municipio", "alcaldia", "ciudad", "city", "municipio o alcaldia"),
    "telephone": ("telefono", "telefonos", "tel", "tel.", "phone", "number", "celular"),
    "email": ("correo", "email", "e-mail", "correo electronico"),
    "website": ("web", "pagina", "pagina web", "sitio", "sitio web", "url", "website"),
    "address": ("direccion", "domicilio", "address", "address_1", "ubicacion"),
    "what_for": ("nota", "notas", "descripcion", "description", "que hacen", "observaciones"),
    "hours": ("horario", "horarios", "hours", "horario de atencion"),
    "cost": ("costo", "costos", "fees_description", "precio", "cuota"),
    "bring": ("requisitos", "que llevar", "documentos", "documents"),
    "eligibility": ("a quien", "poblacion", "eligibility_description", "dirigido a"),
    "languages": ("idiomas", "lenguas", "languages"),
    "accessibility": ("accesibilidad", "accessibility"),
    "children": ("niñas y niños", "acepta niños", "children", "niños"),
}
_FIELD_OF: Final = {name: field for field, names in _NAMES.items() for name in names}
# An address that ended right there, before the next column ran into it.
_MAIL: Final = re.compile(
    r"^([a-z0-9._%+-]+@(?:[a-z0-9-]+\.)*(?:gob\.mx|com\.mx|org\.mx|edu\.mx|mx|com|org|net))(.*)$",
    re.IGNORECASE,
)
_YES: Final = frozenset({"si", "sí", "s", "x", "yes", "1", "true"})
_NO: Final = frozenset({"no", "n", "0", "false"})
_LENGTHS: Final = {
    "provider": 160, "name": 160, "locality": 120, "website": 200, "address": 300,
    "what_for": 300, "hours": 200, "cost": 120, "bring": 300, "eligibility": 300,
    "accessibility": 200,
}  # fmt: skip


def fields_of(headings: Sequence[str]) -> dict[int, str]:
    """Return what stands in each column, by its heading; an unknown one is left out."""
    found = {n: _FIELD_OF.get(fold(str(text))) for n, text in enumerate(headings)}
    return {n: field for n, field in found.items() if field is not None}


def known(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the values under our names, whatever the object calls them."""
    return {
        field: squeeze(str(value))
        for name, value in fields.items()
        if (field := _FIELD_OF.get(fold(str(name)))) is not None and value is not None
    }


def draft(said: Mapping[str, str], states: Mapping[str, str]) -> Draft | None:
    """Mend one line; None where its name is only the rest of a torn line."""
    kind, provider = said.get("kind", ""), said.get("provider") or said.get("name", "")
    if meanings.is_torn(provider):
        return None
    found = telephones.read(said.get("telephone", ""))
    where = places.read(said.get("state", ""), said.get("locality", ""), states, provider)
    email, after, mended_mail = _mail(said.get("email", ""))
    words = (kind, provider, said.get("name", ""), said.get("what_for", ""))
    long = {name: value[: _LENGTHS[name]] for name, value in said.items() if name in _LENGTHS}
    opens = hours.read(said.get("hours", ""))
    cut = any(len(said[name]) > size for name, size in _LENGTHS.items() if name in said)
    return hide_refuge(
        Draft(
            provider=long.get("provider") or provider[:160],
            name=(long.get("name") or kind or provider)[:160],
            needs=meanings.needs_of(*words),
            refuge=meanings.is_refuge(*words),
            numbers=found.numbers,
            extension=found.extension,
            state=where.state,
            locality=where.locality[:120],
            email=email[:120],
            children=_yes_or_no(said.get("children", "")),
            languages=_several(said.get("languages", "")),
            website=long.get("website", ""),
            address=long.get("address", ""),
            what_for=long.get("what_for", ""),
            hours="" if opens else long.get("hours", ""),
            openings=opens,
            cost=long.get("cost", ""),
            bring=long.get("bring", ""),
            eligibility=long.get("eligibility", ""),
            accessibility=long.get("accessibility", ""),
            mended=(
                *found.mended,
                *where.mended,
                *(["mail_glued"] if mended_mail else []),
                *(["address_in_mail"] if after else []),
                *(["cut"] if cut else []),
            ),
        )
    )


def _mail(text: str) -> tuple[str, str, bool]:
    """Return the mail, what ran into it, and whether anything did."""
    match = _MAIL.match(text.strip())
    if match is None:
        return "", "", bool(text.strip())
    return match[1].lower(), match[2], bool(match[2])


def _several(text: str) -> tuple[str, ...]:
    return tuple(one for part in re.split(r"[,;/]", text) if (one := squeeze(part)))


def _yes_or_no(text: str) -> str:
    said = fold(text)
    return "yes" if said in _YES else "no" if said in _NO else ""
