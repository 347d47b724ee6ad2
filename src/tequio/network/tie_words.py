"""A tie in words, from either of its ends."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.network.models import Tie

# As the second of the two says it.
FROM_THE_END: Final = {
    Tie.Kind.WORKS: gettext_lazy("trabaja con"),
    Tie.Kind.REFERS: gettext_lazy("recibe gente de"),
    Tie.Kind.WANTS: gettext_lazy("lo busca para trabajar"),
    Tie.Kind.BLOCKS: gettext_lazy("lo estorba"),
}


def ways() -> list[tuple[str, str]]:
    """Return every way in which one may stand to another, for a form."""
    out = [(f"out:{kind.value}", f"{kind.label} …") for kind in Tie.Kind]
    # «Works with» is the same from both ends.
    back = [kind for kind in Tie.Kind if kind != Tie.Kind.WORKS]
    return out + [(f"in:{kind.value}", f"{FROM_THE_END[kind]} …") for kind in back]


def said(kind: str, other: str, *, from_the_end: bool) -> str:
    """Return «trabaja con DIF», or «recibe gente de DIF» from the other end."""
    found = Tie.Kind(kind)
    does = FROM_THE_END[found] if from_the_end else found.label
    return _("%(does)s %(other)s") % {"does": does, "other": other}
