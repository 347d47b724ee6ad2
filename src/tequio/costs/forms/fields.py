"""Fields that the forms of costs share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.core import ids
from tequio.core.errors import DomainError
from tequio.core.money import cents
from tequio.costs.actions.lines import For
from tequio.costs.policies.books import editions_costed_by, groups_costed_by, sites_costed_by

_MANY_GROUPS = 200


class Money(forms.CharField):
    """An amount as people type it; its value is whole cents."""

    def __init__(self, label: Any, *, missing: Any = "", hint: Any = "") -> None:
        super().__init__(
            label=label,
            max_length=20,
            required=bool(missing),
            help_text=hint or _("Como 1,250 o 1250.50"),
            widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
            error_messages={"required": missing},
        )

    def clean(self, value: Any) -> Any:
        """Return whole cents, or None where nothing was typed."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return cents(typed)
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error


class Time(forms.CharField):
    """Hours as people type them: «12», «12.5», «1:30»; its value is whole minutes."""

    def __init__(self, label: Any, *, missing: Any = "", hint: Any = "") -> None:
        super().__init__(
            label=label,
            max_length=10,
            required=bool(missing),
            help_text=hint or _("Como 12, 12.5 o 12:30"),
            widget=forms.TextInput({"inputmode": "text", "autocomplete": "off"}),
            error_messages={"required": missing},
        )

    def clean(self, value: Any) -> Any:
        """Return whole minutes, or None where nothing was typed."""
        typed = str(super().clean(value)).replace(",", "")
        if not typed:
            return None
        found = _minutes(typed)
        if found is None:
            raise forms.ValidationError(
                _("Esas horas no se entienden. Escríbelas como 12, 12.5 o 12:30.")
            )
        return found


def _minutes(typed: str) -> int | None:
    hours, colon, rest = typed.partition(":")
    if colon:
        good = hours.isdecimal() and rest.isdecimal() and len(rest) == 2 and int(rest) < 60
        return int(hours) * 60 + int(rest) if good else None
    try:
        value = Decimal(typed)
    except InvalidOperation:
        return None
    return int((value * 60).to_integral_value()) if 0 <= value < 100_000 else None


def whole(
    label: Any, *, least: int, most: int, missing: Any = "", hint: Any = ""
) -> forms.IntegerField:
    """A whole number within limits."""
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=bool(missing),
        help_text=hint,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={
            "required": missing,
            "invalid": _("Escríbelo con números enteros, sin letras."),
            "min_value": _("Es muy poco: escribe %(limit_value)s o más."),
            "max_value": _("Es demasiado: escribe %(limit_value)s o menos."),
        },
    )


def said(label: Any, *, missing: Any = "", hint: Any = "") -> forms.CharField:
    """A short line of words."""
    return forms.CharField(
        label=label,
        max_length=160,
        required=bool(missing),
        help_text=hint,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": missing,
            "max_length": _("Es muy largo: caben %(limit_value)s letras y escribiste más."),
        },
    )


def key_field() -> forms.UUIDField:
    """The number of a line, made with the page: the same form sent twice is written once."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=ids.new_id)


class ForField(forms.ChoiceField):
    """For what a cost was: everything, a site, an edition or a group."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Para qué fue"),
            required=False,
            help_text=_("Lo que es de toda la organización se reparte entre los grupos."),
            error_messages={"invalid_choice": _("Elige una opción de la lista.")},
        )

    def offer(self, user: User) -> None:
        """Offer what this person may choose."""
        self.choices = [
            ("", _("Toda la organización")),
            (_("Una sede"), _named("site", sites_costed_by(user).order_by("name", "pk"))),
            (_("Un programa"), _named("edition", editions_costed_by(user).order_by("name", "pk"))),
            (
                _("Un grupo"),
                _named(
                    "group",
                    groups_costed_by(user).order_by("closed_on", "name", "pk")[:_MANY_GROUPS],
                ),
            ),
        ]

    def clean(self, value: Any) -> Any:
        """Return what the action takes."""
        return where(super().clean(value))


def where(chosen: str) -> For:
    """Read «site:…», «edition:…» or «group:…»."""
    kind, _colon, key = chosen.partition(":")
    if kind not in ("site", "edition", "group"):
        return For()
    try:
        return For(**{kind: UUID(key)})
    except ValueError:
        return For()


def _named(kind: str, rows: Iterable[Any]) -> list[tuple[str, str]]:
    return [(f"{kind}:{row.pk}", str(row)) for row in rows]
