"""Keys and folios. Nothing ordered, nothing counted: a number would tell how many there are."""

from __future__ import annotations

import uuid
from typing import Final

from django.utils.translation import gettext as _

from tequio.core import entropy
from tequio.core.errors import DomainError

# Crockford's base 32: no I, L, O or U, so that a folio survives a telephone call.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK: Final = ALPHABET + "*~$=U"
_HEARD_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})
_BODY: Final = 7
FOLIO_LENGTH: Final = _BODY + 2


def new_id(*, stream: entropy.Stream = "public") -> uuid.UUID:
    """Return a random UUID (version 4)."""
    return uuid.UUID(bytes=entropy.token_bytes(16, stream=stream), version=4)


def new_folio(*, stream: entropy.Stream = "public") -> str:
    """Return a folio such as ``7K2M-9QXC``: seven random characters and one that checks them."""
    while True:
        body = "".join(ALPHABET[entropy.below(32, stream=stream)] for _i in range(_BODY))
        check = _check_character(body)
        # The five extra check symbols are hard to say aloud: such bodies are drawn again.
        if check in ALPHABET:
            return f"{body[:4]}-{body[4:]}{check}"


def parse_folio(text: str) -> str:
    """Return the canonical folio for what a person typed.

    Raises
    ------
    DomainError
        When the text is no folio or its check character does not agree.
    """
    plain = text.strip().upper().translate(_HEARD_AS)
    if len(plain) != _BODY + 1 or any(c not in ALPHABET for c in plain):
        raise DomainError(
            _("«%(text)s» no es un folio.") % {"text": text.strip()},
            hint=_("Un folio tiene ocho letras y números, por ejemplo 7K2M-9QXC."),
        )
    body, check = plain[:_BODY], plain[_BODY]
    if _check_character(body) != check:
        raise DomainError(
            _("El folio «%(text)s» tiene un error.") % {"text": text.strip()},
            hint=_("Revisa si se cambió una letra o un número al copiarlo."),
        )
    return f"{body[:4]}-{body[4:]}{check}"


def _check_character(body: str) -> str:
    value = 0
    for character in body:
        value = value * 32 + ALPHABET.index(character)
    return _CHECK[value % 37]
