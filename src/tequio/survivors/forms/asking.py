"""What is typed when somebody asked her whether she wants to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.contact import ContactForm
from tequio.survivors.forms.fields import one


class AttemptForm(ContactForm):
    """One attempt to ask her: a contact like any other, and what she said to it."""

    asked = one(_("¿Qué dijo?"), words.ASKED, _("Solo si hablaron."), required=False)
    field_order = ("began", "rules_read", "on", "how", "reached", "asked", "minutes", "said")

    def clean(self) -> dict[str, Any]:
        """Ask for what she said where they spoke, and for nothing where they did not."""
        typed = super().clean() or self.cleaned_data
        spoke = typed.get("reached") == "spoke"
        if spoke and not typed.get("asked"):
            self.add_error("asked", _("Falta elegir qué dijo ella."))
        elif not spoke and typed.get("asked"):
            self.add_error("asked", _("Si no hablaron, ella no dijo nada: déjalo sin elegir."))
        return typed


class BeginForm(forms.Form):
    """Which questionnaire, at which moment, and how many questions a page."""

    instrument = forms.SlugField()
    wave = forms.CharField(required=False, max_length=4)
    whole = forms.BooleanField(required=False)


class PrintForm(forms.Form):
    """What goes on paper: all that is open at a moment, or one questionnaire."""

    instrument = forms.SlugField(required=False)
    wave = forms.CharField(required=False, max_length=4)
