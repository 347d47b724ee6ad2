"""The name with which a person signs in: ``maru@circulo-norte``."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

from tequio.core.errors import DomainError

_HANDLE: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,29}")
_SLUG_LENGTH: Final = 40


def plain_login(typed: str) -> str:
    """Return a typed login as it is stored: telephones capitalise and add spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).lower()


def plain_handle(typed: str) -> str:
    """Return the part before the @, or refuse it with a reason."""
    handle = plain_login(typed)
    if not _HANDLE.fullmatch(handle):
        raise DomainError(
            _("«%(typed)s» no sirve como nombre de usuario.") % {"typed": typed.strip()},
            hint=_("Usa de 2 a 30 letras sin acentos, números, puntos o guiones; como «maru»."),
        )
    return handle


def slug_for(name: str) -> str:
    """Return the part after the @ for an organisation's name."""
    slug = slugify(name)[:_SLUG_LENGTH].strip("-")
    if len(slug) < 2:
        raise DomainError(
            _("«%(name)s» no sirve como nombre de organización.") % {"name": name.strip()},
            hint=_("Escribe al menos dos letras."),
        )
    return slug
