"""Her requests about her data, and what is asked before a case is erased."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.fields import day, line, one, text
from tequio.ui.forms import Segmented

REASONS = (
    ("asked", _("Ella lo pidió")),
    ("over", _("Ya no hay por qué guardarlo")),
    ("mistake", _("Se abrió por error")),
)


class AskedForm(forms.Form):
    """What she asked."""

    use_required_attribute = False

    right = one(_("¿Qué pidió?"), words.RIGHTS)
    on = day(_("¿Qué día lo pidió?"), _("Desde ese día hay 20 días hábiles."), required=True)
    asks = text(_("Cómo lo dijo ella"))


class AnswerForm(forms.Form):
    """What she was answered."""

    use_required_attribute = False

    answer = one(_("¿Qué se le contestó?"), words.RIGHTS_ANSWERS)
    words = text(_("Cómo se le explicó"), _("Con las palabras con que se le dijo."))


class EraseForm(forms.Form):
    """Why, whether an order holds it, and the folio once more."""

    use_required_attribute = False

    reason = one(_("¿Por qué se borra?"), REASONS)
    order_to_keep = forms.ChoiceField(
        label=_("¿Una autoridad pidió conservarlo?"),
        choices=[("no", _("No")), ("yes", _("Sí"))],
        widget=Segmented,
        error_messages={"required": _("Falta decir si hay una orden.")},
    )
    folio = line(_("Escribe su folio"), _("No se puede deshacer."), required=True, longest=20)
