"""The safe-contact card and the contact log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.survivors import words
from tequio.survivors.forms.fields import HERS, SheetForm, day, line, one, several, text, tick
from tequio.survivors.rules.neutral import what_tells
from tequio.survivors.rules.sheets import BadSheet, Body, Channel, Hours, SafeContact
from tequio.ui.forms import Chips, OneChip, TimePick

CHANNELS = range(1, 4)
HOURS = range(1, 4)
_MAY_BEGIN = (
    ("no", _("No: nadie le escribe primero")),
    ("yes", _("Sí, con estas reglas")),
)


class CardForm(SheetForm):
    """The card, as she says it. By default nobody writes to her first."""

    SHEET = SafeContact

    may_begin = one(_("¿Podemos buscarla nosotras?"), _MAY_BEGIN, few=True)
    device_shared_with = line(_("¿Quién más usa o revisa su teléfono?"))
    who_may_answer = line(_("¿Quién puede contestar?"))
    we_say = text(
        _("Si contesta otra persona, qué decimos"),
        _("Un texto neutral: sin el nombre de la organización, sin «violencia», sin enlaces."),
    )
    approved = tick(_("Ella aprobó ese texto, palabra por palabra"))
    may_leave = several(
        _("¿Qué podemos dejarle?"), words.MAY_LEAVE, _("Nada marcado: no se deja nada.")
    )
    code_word = line(
        _("Palabra clave"),
        _("La dice ella si no puede hablar. La que haya no se muestra aquí: vacío, se queda."),
    )
    no_code_word = tick(_("Quitar la palabra clave"))
    do_not_contact = tick(_("No contactarla de ninguna manera"))
    do_not_contact_why = line(_("Por qué no"))

    def __init__(self, *args: Any, house: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.house = house
        self.initial.setdefault("may_begin", "no")
        for n in CHANNELS:
            self.fields[f"how_{n}"] = forms.ChoiceField(
                label=_("Canal %(n)s") % {"n": n},
                choices=[("", _("Ninguno")), *words.CHANNELS],
                required=False,
                widget=OneChip,
            )
            self.fields[f"where_{n}"] = line(_("Número o lugar, canal %(n)s") % {"n": n})
        for n in HOURS:
            self.fields[f"days_{n}"] = forms.MultipleChoiceField(
                label=_("Días, horario %(n)s") % {"n": n},
                choices=words.DAYS,
                required=False,
                widget=Chips,
            )
            for name, label in (("begins", _("Desde")), ("ends", _("Hasta"))):
                self.fields[f"{name}_{n}"] = forms.TimeField(
                    label=label, required=False, widget=TimePick
                )

    @property
    def channels(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Pair each channel with its place."""
        return [(self[f"how_{n}"], self[f"where_{n}"]) for n in CHANNELS]

    @property
    def windows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Put each row of days with its hours."""
        return [(self[f"days_{n}"], self[f"begins_{n}"], self[f"ends_{n}"]) for n in HOURS]

    @classmethod
    def shown(cls, body: Body) -> dict[str, Any]:
        """Spread channels and hours over their rows."""
        found = SheetForm.shown(body)
        assert isinstance(body, SafeContact)  # noqa: S101 -- the view asks for this kind
        # Only the case's page shows it, and writes down that it did.
        del found["code_word"]
        found["may_begin"] = "yes" if body.we_may_begin else "no"
        for n, channel in enumerate(body.channels, start=1):
            found |= {f"how_{n}": channel.how, f"where_{n}": channel.where}
        for n, window in enumerate(body.hours, start=1):
            found |= {
                f"days_{n}": window.days,
                f"begins_{n}": window.begins,
                f"ends_{n}": window.ends,
            }
        return found

    def clean_we_say(self) -> str:
        """Refuse a text that says to somebody else what it is about."""
        text: str = self.cleaned_data["we_say"]
        found = what_tells(text, house=self.house)
        if found:
            raise forms.ValidationError(
                _("«%(word)s» dice de qué se trata. Busca con ella otras palabras.")
                % {"word": found}
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Say at its row what an hour lacks."""
        given = super().clean() or self.cleaned_data
        for n in HOURS:
            parts = [given.get(f"{name}_{n}") for name in ("days", "begins", "ends")]
            if any(parts) and not all(parts):
                self.add_error(f"days_{n}", _("Completa el horario: días, desde y hasta."))
            elif all(parts):
                try:
                    Hours(tuple(given[f"days_{n}"]), given[f"begins_{n}"], given[f"ends_{n}"])
                except BadSheet as error:
                    self.add_error(f"days_{n}", str(error))
        return given

    def body(self, before: Body | None, given: Mapping[str, Any]) -> Body:
        """Put the rows together."""
        typed = self.cleaned_data
        said = {
            **self.says(),
            "we_may_begin": typed["may_begin"] == "yes",
            "channels": tuple(
                Channel(typed[f"how_{n}"], typed[f"where_{n}"])
                for n in CHANNELS
                if typed[f"how_{n}"]
            ),
            "hours": tuple(
                Hours(tuple(typed[f"days_{n}"]), typed[f"begins_{n}"], typed[f"ends_{n}"])
                for n in HOURS
                if typed[f"days_{n}"]
            ),
            # Whoever writes the card with her has verified it.
            **given,
        }
        card = before if isinstance(before, SafeContact) else SafeContact()
        if typed["no_code_word"]:
            said["code_word"] = ""
        else:
            said["code_word"] = typed["code_word"] or card.code_word
        return replace(card, **said)


class ContactForm(forms.Form):
    """One contact. The mark that her rules were read is asked each time, and never remembered."""

    use_required_attribute = False

    began = one(_("¿Quién buscó a quién?"), words.BEGAN, few=True)
    rules_read = tick(
        _("Leí otra vez sus reglas de contacto y siguen valiendo"),
        _("Hace falta si la buscamos nosotras. Queda con tu nombre y la fecha de hoy."),
    )
    on = day(_("¿Qué día?"), required=True)
    how = one(_("¿Cómo?"), words.CHANNELS)
    reached = one(_("¿Qué pasó?"), words.REACHED)
    minutes = forms.IntegerField(label=_("Minutos"), required=False, min_value=1, max_value=600)
    said = text(_("De qué hablaron"), HERS)
