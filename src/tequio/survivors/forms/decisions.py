"""What she decides, and the men that she names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core import ids
from tequio.core.errors import DomainError
from tequio.survivors import words
from tequio.survivors.catalogues.agreements import Purpose
from tequio.survivors.forms.fields import SheetForm, day, line, one, several, text
from tequio.survivors.rules.sheets import Link

_ANSWERS = (("given", _("Sí")), ("refused", _("No")))


class HeardForm(forms.Form):
    """When she was told and how."""

    use_required_attribute = False

    on = day(_("¿Qué día lo dijo?"), required=True)
    heard = one(_("¿Cómo lo supo?"), words.HEARD, few=True)
    witness = line(
        _("¿Quién más estuvo presente?"), _("Si se le leyó. Alguien del equipo, nunca él.")
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the witness where it was read aloud."""
        given = super().clean() or self.cleaned_data
        if given.get("heard") == "aloud" and not given.get("witness"):
            self.add_error("witness", _("Falta quién más estuvo presente."))
        return given


class DecideForm(HeardForm):
    """Her answer to one purpose."""

    decision = one(_("¿Qué dijo?"), _ANSWERS, few=True)
    field_order = ("decision", "only", "until", "on", "heard", "witness")

    def __init__(self, purpose: Purpose, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if purpose.only:
            self.fields["only"] = text(purpose.only.now(), required=False)
        if purpose.expires:
            self.fields["until"] = day(_("¿Hasta qué día?"), _("Vacío: hasta que lo retire."))
        self.order_fields(self.field_order)


class LinkForm(SheetForm):
    """A man in the programme, as far as she wants."""

    SHEET = Link

    folio = line(
        _("Folio de él"), _("Ocho letras y números. Nunca su nombre."), required=True, longest=12
    )
    relation = one(_("¿Qué es de ella?"), words.RELATIONS)
    lives_together = line(_("¿Viven juntos?"))
    wants = several(
        _("¿Qué quiere saber de él?"), words.TOLD, _("Nada marcado: no quiere saber nada.")
    )
    how_told = line(_("¿Cómo quiere que se lo digamos?"), _("Siempre una persona."))
    on = day(_("¿Qué día lo dijo?"), required=True)
    heard = one(_("¿Cómo lo supo?"), words.HEARD, few=True)
    witness = line(_("¿Quién más estuvo presente?"), _("Si se le leyó."))
    ended_on = day(_("¿Ya no quiere que siga ligado?"), _("El día en que lo dijo."))

    def clean_folio(self) -> str:
        """Accept a folio as people say it."""
        try:
            return ids.parse_folio(self.cleaned_data["folio"])
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Ask for the witness where it was read aloud."""
        given = super().clean() or self.cleaned_data
        if given.get("heard") == "aloud" and not given.get("witness"):
            self.add_error("witness", _("Falta quién más estuvo presente."))
        return given
