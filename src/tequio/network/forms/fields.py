"""Fields that the forms of the community share; each says what is missing in a sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.ui.forms import OneChip

NO_NAMES = _("Sin nombres, sin señas de nadie.")


def words(
    label: Any,
    longest: int,
    *,
    missing: Any = "",
    hint: Any = "",
    rows: int = 0,
) -> forms.CharField:
    """Words of so many letters; with `missing` they have to be there."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(missing),
        help_text=hint,
        widget=forms.Textarea({"rows": rows}) if rows else forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": missing or ""},
    )


def number(
    label: Any, *, missing: Any = "", hint: Any = "", least: int = 0, most: int = 100_000
) -> forms.IntegerField:
    """A whole number; empty stays empty and never becomes zero."""
    return forms.IntegerField(
        label=label,
        required=bool(missing),
        help_text=hint,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={
            "required": missing or "",
            "invalid": _("Escríbelo con números, sin letras."),
            "min_value": _("Es muy poco: escribe %(limit_value)s o más."),
            "max_value": _("Es demasiado: escribe %(limit_value)s o menos."),
        },
    )


def one_of(label: Any, choices: Any, *, missing: Any = "", hint: Any = "") -> forms.ChoiceField:
    """One of a few answers, as pills."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=bool(missing),
        help_text=hint,
        widget=OneChip,
        error_messages={
            "required": missing or "",
            "invalid_choice": _("Elige una de las opciones."),
        },
    )
