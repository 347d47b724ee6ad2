"""What is typed when organisations agree, and what they bring."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.instruments import definitions
from tequio.studies.actions.pooling import Proposed
from tequio.studies.rules.pooling import WAVES
from tequio.ui.forms import FilePick, OneChip

_NAMED: Final = (
    ("yes", _("Con su nombre")),
    ("no", _("Sin nombre")),
)
_ARMS: Final = (
    ("one", _("Un solo grupo: quienes entraron al programa")),
    ("wait", _("Quienes empezaron contra quienes esperaron, por sorteo")),
    ("comparison", _("El programa contra un lugar de comparación")),
)
_CHOOSE: Final = _("Elige una de las opciones.")


def _one(label: Any, choices: Any, missing: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=OneChip,
        help_text=hint,
        error_messages={"required": missing, "invalid_choice": _CHOOSE},
    )


def _named() -> forms.ChoiceField:
    return _one(
        _("Cómo quiere aparecer tu organización ante las demás"),
        _NAMED,
        _("Falta cómo quiere aparecer."),
        _(
            "Sin nombre, las demás ven un código. Quien reciba tu archivo por correo sabe de "
            "quién es."
        ),
    )


class ProposeForm(forms.Form):
    """The question that is proposed."""

    title = forms.CharField(
        label=_("Cómo se llama el acuerdo"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Para reconocerlo. Sin nombres de personas."),
        error_messages={"required": _("Falta cómo se llama el acuerdo.")},
    )
    measure = forms.ChoiceField(
        label=_("Qué se mide, según los hombres"),
        error_messages={"required": _("Falta qué se mide."), "invalid_choice": _CHOOSE},
    )
    last = _one(
        _("Hasta qué momento, desde el inicio (T0)"),
        [(wave, wave) for wave in WAVES[1:]],
        _("Falta hasta qué momento."),
        _("T1 a medio programa, T2 al terminar, T3 y T4 después."),
    )
    middle = forms.BooleanField(
        label=_("Contar también los momentos de en medio"),
        required=False,
        help_text=_("Con pocos hombres se pierden más respuestas al proteger a cada uno."),
    )
    arms = _one(_("Qué se compara"), _ARMS, _("Falta qué se compara."))
    fewest = forms.IntegerField(
        label=_("Mínimo de hombres en cada renglón de sumas"),
        min_value=3,
        max_value=30,
        initial=5,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("Cuanto más alto, más protege y más respuestas se pierden."),
        error_messages={
            "required": _("Falta el mínimo."),
            "invalid": _("Escríbelo con números, sin letras."),
            "min_value": _("Menos de 3 no protege a nadie."),
            "max_value": _("Escribe 30 o menos."),
        },
    )
    named = _named()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [("", _("Elige")), *_measures()]  # type: ignore[attr-defined]

    def chosen(self) -> Proposed:
        """Return what the action takes."""
        said = self.cleaned_data
        instrument, _sep, measure = said["measure"].partition(":")
        return Proposed(
            title=said["title"],
            instrument=instrument,
            measure=measure,
            last=said["last"],
            middle=said["middle"],
            arms=said["arms"],
            fewest=said["fewest"],
        )


class JoinForm(forms.Form):
    """An agreement of others, and the key that was given in person."""

    file = forms.FileField(
        label=_("El archivo del acuerdo"),
        widget=FilePick,
        help_text=_("Se llama «acuerdo-…json» y no lleva la llave."),
        error_messages={
            "required": _("Falta el archivo del acuerdo."),
            "empty": _("El archivo está vacío."),
        },
    )
    key = forms.CharField(
        label=_("La llave de la hoja"),
        max_length=200,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Catorce grupos de cuatro. Cópiala de la hoja que te dieron en persona."),
        error_messages={"required": _("Falta la llave.")},
    )
    named = _named()


class BringForm(forms.Form):
    """The packet of another organisation."""

    file = forms.FileField(
        label=_("El paquete que te enviaron"),
        widget=FilePick,
        help_text=_("Se llama «paquete-…json»."),
        error_messages={"required": _("Falta el archivo."), "empty": _("El archivo está vacío.")},
    )


def _measures() -> list[tuple[str, list[tuple[str, str]]]]:
    found = []
    for one in definitions.for_men():
        whole = one.instrument
        scales = [(f"{whole.slug}:{scale.id}", scale.name.now()) for scale in whole.scales]
        if scales:
            found.append((whole.name.now(), scales))
    return found
