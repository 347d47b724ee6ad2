"""Names and words as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from django.utils.translation import gettext as _

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return the text without accents, case or extra spaces, for comparing.

    The ñ is kept apart from n: Peña and Pena are two families.
    """
    # Macs write the ñ as two characters; put together first, or its tilde would be lost.
    kept = unicodedata.normalize("NFC", text).casefold().replace("ñ", "\0")
    bare = "".join(c for c in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.replace("\0", "ñ")).strip()


def squeeze(text: str) -> str:
    """Return the text with single spaces and none at its ends."""
    return _SPACES.sub(" ", text).strip()


def join_names(names: Sequence[str]) -> str:
    """Return «Lalo», «Lalo y Maru» or «Lalo, Maru y Ana»."""
    if len(names) < 2:
        return "".join(names)
    head, last = ", ".join(names[:-1]), names[-1]
    # «Lalo e Inés»: y becomes e before the sound i.
    if re.match(r"^(i|hi(?!e))", fold(last)):
        return _("%(head)s e %(last)s") % {"head": head, "last": last}
    return _("%(head)s y %(last)s") % {"head": head, "last": last}
