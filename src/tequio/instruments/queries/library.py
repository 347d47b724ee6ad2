"""What comes with the system, and how each of its shells stands here."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from tequio.access.models import User
from tequio.instruments import definitions
from tequio.instruments.definitions import Instrument
from tequio.instruments.form_policies import forms_visible_to, permissions_visible_to
from tequio.instruments.models import OwnForm, TextPermission


@dataclass(frozen=True, slots=True)
class Card:
    """One instrument as the library shows it."""

    instrument: Instrument
    licence: str
    # Of a shell: the permission that stands, or the last one that did.
    permission: TextPermission | None = None

    @property
    def url_name(self) -> str:
        """Its slug, for its address."""
        return self.instrument.slug


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some instruments under one heading."""

    title: str
    cards: tuple[Card, ...]


def shelves(user: User) -> tuple[Shelf, ...]:
    """Return the library in three parts: of theirs, of ours, and what has to be brought."""
    held = _permissions(user)
    cards = [
        Card(one.instrument, licence(one.instrument), held.get(one.instrument.slug))
        for one in definitions.shipped().values()
        if may_be_shown(one.instrument)
    ]
    published = [c for c in cards if c.instrument.origin != "ours" and not c.instrument.is_shell]
    ours = [c for c in cards if c.instrument.origin == "ours" and not c.instrument.is_shell]
    shells = [c for c in cards if c.instrument.is_shell]
    return (
        Shelf(_("Publicados, con licencia para usarlos"), tuple(published)),
        Shelf(_("Nuestros: libres, y sin validar"), tuple(ours)),
        Shelf(_("De alguien más: hace falta su permiso"), tuple(shells)),
    )


def may_be_shown(one: Instrument) -> bool:
    """Tell whether it is asked on this side: what she answers is read behind the wall."""
    return one.reporter not in ("hers", "professional") and not one.hidden_from_men


def licence(one: Instrument) -> str:
    """Say in words what may be done with its text."""
    words = {
        "cc-by-4.0": _("Creative Commons, citando la fuente"),
        "free": _("Uso libre"),
        "who-non-commercial": _("Uso libre sin fines comerciales"),
        "open-terms": _("Términos de libre uso, con crédito"),
        "byo": _("Hace falta permiso"),
    }
    return words[one.rights.kind]


def last_permission(user: User, slug: str) -> TextPermission | None:
    """Return the newest permission for an instrument, whether or not it still stands."""
    return _permissions(user).get(slug)


def texts(user: User, slug: str) -> list[OwnForm]:
    """Return the texts that were brought for a shell, the newest first."""
    rows = forms_visible_to(user).filter(form_id=slug, permission__isnull=False)
    rows = rows.select_related("permission__organisation")
    return list(
        rows.defer("sheets", "xml", "said", "permission__sealed_paper").order_by(
            "-brought_at", "-pk"
        )
    )


def _permissions(user: User) -> dict[str, TextPermission]:
    rows = permissions_visible_to(user).defer("sealed_paper").order_by("brought_at", "pk")
    return {row.slug: row for row in rows}
