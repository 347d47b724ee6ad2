"""A letter left by hand. What is typed goes into the seal and comes back only with an error."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.core.errors import DomainError
from tequio.core.ids import parse_folio
from tequio.letters.kinds import Kind
from tequio.ui.forms import Chips, OneChip

LONGEST: Final = 1500
_OFF: Final = {"autocomplete": "off"}
# What she may ask to be put in touch for; behind the wall the codes have their words.
WHAT_FOR: Final = (
    ("legal", _("Asesoría legal")),
    ("shelter", _("Un lugar seguro donde quedarse")),
    ("psychology", _("Hablar con una psicóloga")),
    ("medical", _("Atención médica")),
    ("children", _("Sus hijas o hijos")),
    ("economic", _("Dinero o trabajo")),
    ("other", _("Otra cosa")),
)
GOES_ALONG: Final = (("yes", _("Sí")), ("no", _("No")))


class LetterForm(forms.Form):
    """The common part."""

    def says(self) -> dict[str, object]:
        """Return what lies in the letter, without what was left empty."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", [])}


class HeardForm(LetterForm):
    """What somebody overheard, or noticed, of a man of the programme."""

    folio = forms.CharField(
        label=_("Folio del participante"),
        max_length=12,
        required=False,
        help_text=_("Si no lo sabes, déjalo vacío."),
        widget=forms.TextInput({**_OFF, "autocapitalize": "characters"}),
    )
    words = forms.CharField(
        label=_("Qué oíste o qué viste"),
        max_length=LONGEST,
        help_text=_(
            "Lo que él dijo, cuándo y delante de quién. Lo leerá solo el equipo de mujeres."
        ),
        widget=forms.Textarea({**_OFF, "rows": 6}),
        error_messages={"required": _("Falta escribir qué oíste o qué viste.")},
    )

    def clean_folio(self) -> str:
        """Accept a folio as it is said; whether there is such a man is not asked here."""
        typed = str(self.cleaned_data["folio"]).strip()
        try:
            return parse_folio(typed) if typed else ""
        except DomainError as error:
            raise forms.ValidationError(str(error)) from error


class ReferralForm(LetterForm):
    """A woman who asked somebody of the community to be put in touch."""

    agreed = forms.BooleanField(
        label=_("Ella pidió que el equipo de mujeres la contacte"),
        error_messages={
            "required": _("Sin que ella lo pida no se entrega nada. Dale el teléfono del equipo.")
        },
    )
    name = forms.CharField(
        label=_("Cómo quiere que la llamen"),
        max_length=60,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Falta cómo quiere que la llamen.")},
    )
    way = forms.CharField(
        label=_("Por dónde es seguro contactarla"),
        max_length=200,
        help_text=_("Teléfono u otra forma que ella dijo, y quién más lo usa."),
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Falta por dónde es seguro contactarla.")},
    )
    when = forms.CharField(
        label=_("Qué días y a qué hora"),
        max_length=120,
        widget=forms.TextInput(_OFF),
        error_messages={"required": _("Falta cuándo es seguro.")},
    )
    what_for = forms.MultipleChoiceField(
        label=_("¿Para qué?"),
        choices=WHAT_FOR,
        required=False,
        help_text=_("Lo que ella dijo. Si no dijo, déjalo vacío."),
        widget=Chips,
    )
    goes_along = forms.ChoiceField(
        label=_("¿Quiere que alguien la acompañe la primera vez?"),
        choices=GOES_ALONG,
        required=False,
        widget=OneChip,
    )
    words = forms.CharField(
        label=_("Qué pidió"),
        required=False,
        max_length=LONGEST,
        help_text=_("Lo menos posible, con sus palabras."),
        widget=forms.Textarea({**_OFF, "rows": 4}),
    )


FORMS: Final[dict[str, tuple[Kind, type[LetterForm]]]] = {
    "oi-algo": (Kind.HEARD, HeardForm),
    "ella-pide": (Kind.REFERRAL, ReferralForm),
}


def form_for(what: str, data: Any = None) -> tuple[Kind, LetterForm]:
    """Return the kind and the form of a letter by its word in the address."""
    kind, form = FORMS[what]
    return kind, form(data)
