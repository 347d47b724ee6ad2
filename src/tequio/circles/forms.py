"""What people type into this room's forms. Forms parse and check; they never save."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tequio.access.models import User
from tequio.circles.models import Session
from tequio.circles.rules.evening import LONGEST_TEXT
from tequio.core import clock
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to, sites_visible_to
from tequio.programmes.states import LEAVING
from tequio.ui.forms import Segmented


class DateInput(forms.DateInput):
    """The browser's own date field, which sends the ISO form."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


if TYPE_CHECKING:
    _Users = forms.ModelMultipleChoiceField[User]
else:
    _Users = forms.ModelMultipleChoiceField


class _Names(_Users):
    def label_from_instance(self, obj: User) -> str:
        return obj.name


def check_year(day: date) -> None:
    """Refuse a year in which nobody here can have met: a calendar of it would be a typing error."""
    if not 2000 <= day.year <= clock.now().year + 5:
        raise ValidationError(
            _("El año %(year)s no parece correcto. Revísalo."), params={"year": str(day.year)}
        )


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Put into a field only what this person may choose."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows


def facilitators_of(user: User) -> QuerySet[User]:
    """Return who may facilitate in the person's organisation."""
    return User.objects.filter(
        organisation=user.organisation_id, is_active=True, grants__role="facilitator"
    ).order_by("name", "pk")


class GroupForm(forms.Form):
    """A new group: where, which edition, when it begins, who facilitates."""

    name = forms.CharField(
        label=_("Nombre del grupo"),
        max_length=80,
        help_text=_("Como lo llaman ustedes, por ejemplo: Martes 19:00, Portales."),
        error_messages={"required": _("Falta el nombre del grupo. Escríbelo.")},
    )
    site = forms.ModelChoiceField(
        label=_("Sede"),
        queryset=Site.objects.none(),
        empty_label=_("Elige una"),
        error_messages={"required": _("Falta la sede. Elige una.")},
    )
    edition = forms.ModelChoiceField(
        label=_("Programa"),
        queryset=Edition.objects.none(),
        empty_label=_("Elige uno"),
        help_text=_("Solo aparecen las ediciones firmadas por una persona formada."),
        error_messages={"required": _("Falta el programa. Elige uno.")},
    )
    starts_on = forms.DateField(
        label=_("Primera sesión"),
        widget=DateInput(),
        validators=[check_year],
        help_text=_("Las demás se planean cada semana; los días festivos se saltan."),
        error_messages={
            "required": _("Falta el día de la primera sesión."),
            "invalid": _("Esa fecha no existe. Escríbela como 14/11/2026."),
        },
    )
    starts_at = forms.TimeField(
        label=_("Hora"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Falta la hora."),
            "invalid": _("Esa hora no existe. Escríbela como 19:00."),
        },
    )
    rest_by_custom = forms.BooleanField(
        label=_("Descansar también en días de costumbre"),
        required=False,
        help_text=_(
            "Jueves y Viernes Santo, 10 de mayo, 2 de noviembre, 12, 24 y 31 de diciembre."
        ),
    )
    online = forms.BooleanField(
        label=_("Se reúne en línea"),
        required=False,
        help_text=_("Antes de la ronda se pregunta a cada uno si está solo y con audífonos."),
    )
    facilitators = _Names(
        label=_("Quién facilita"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "site", sites_visible_to(user).order_by("name", "pk"))
        signed = editions_visible_to(user).filter(signed_at__isnull=False)
        _offer(self, "edition", signed.order_by("name", "model_version", "pk"))
        _offer(self, "facilitators", facilitators_of(user))


class FacilitatorsForm(forms.Form):
    """Who facilitates a group."""

    facilitators = _Names(
        label=_("Quién facilita"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "facilitators", facilitators_of(user))


class JoinForm(forms.Form):
    """A man's place in a group."""

    folio = forms.CharField(
        label=_("Folio"),
        max_length=12,
        help_text=_("Está en la página de la persona, por ejemplo 7K2M-9QXC."),
        error_messages={"required": _("Falta el folio. Búscalo en Personas.")},
    )
    joined_on = forms.DateField(
        label=_("Desde"),
        widget=DateInput(),
        validators=[check_year],
        error_messages={
            "required": _("Falta la fecha."),
            "invalid": _("Esa fecha no existe. Escríbela como 14/11/2026."),
        },
    )


class LeaveForm(forms.Form):
    """The end of a man's place in a group."""

    ended_on = forms.DateField(
        label=_("Último día"),
        widget=DateInput(),
        validators=[check_year],
        error_messages={
            "required": _("Falta la fecha."),
            "invalid": _("Esa fecha no existe. Escríbela como 14/11/2026."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Por qué"), choices=LEAVING, required=False, initial="unknown"
    )
    note = forms.CharField(
        label=_("Algo más que haga falta saber"),
        required=False,
        max_length=1000,
        help_text=_("Sin nombres, sin lo que ella dijo. Se guarda cifrado."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_reason(self) -> str:
        """Return the reason; where nobody says one, it is not known."""
        return self.cleaned_data["reason"] or "unknown"


class ReasonForm(forms.Form):
    """Why a session did not take place."""

    reason = forms.ChoiceField(
        label=_("¿Por qué no hubo sesión?"),
        choices=Session.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Falta el motivo. Elige uno.")},
    )


class DayForm(forms.Form):
    """A day for a session."""

    planned_on = forms.DateField(
        label=_("Día"),
        widget=DateInput(),
        validators=[check_year],
        error_messages={
            "required": _("Falta el día."),
            "invalid": _("Esa fecha no existe. Escríbela como 14/11/2026."),
        },
    )


_YES_NO = (("yes", _("Sí")), ("no", _("No")), ("", _("No sé")))
_NO_NAMES = _("Sin nombres, sin lo que ella dijo.")


class _YesNo(forms.ChoiceField):
    """Yes, no, or nobody knows; never a box whose emptiness means no."""

    def __init__(self, label: object) -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]  # django-stubs: a lazy text is a label
            choices=_YES_NO,
            required=False,
            widget=Segmented,
        )


class _Words(forms.CharField):
    """Some lines, kept as typed."""

    def __init__(self, label: object, *, hint: object = _NO_NAMES, rows: int = 3) -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]
            help_text=hint,  # type: ignore[arg-type]
            required=False,
            max_length=LONGEST_TEXT,
            strip=False,
            widget=forms.Textarea(attrs={"rows": rows}),
        )


class AfterForm(forms.Form):
    """What a man took with him from a session."""

    reflection = _Words(_("Su reflexión"))
    next_time = _Words(_("Qué hará la próxima vez"))
    support = _YesNo(_("¿Pidió apoyo?"))
    retiro = _YesNo(_("¿Usó el retiro desde la última vez?"))
    explained = _YesNo(_("¿Se lo había explicado antes a ella?"))
    an_hour = _YesNo(_("¿Se fue al menos una hora?"))
    talked = _YesNo(_("¿Volvió a hablar?"))
    evaded = _YesNo(_("¿Lo usó para evadir?"))


class NoteForm(forms.Form):
    """What whoever runs the group writes for himself or herself."""

    text = _Words(_("Nota privada"), hint=_("Solo la lees tú. Sin nombres, sin lo que ella dijo."))


class FlagForm(forms.Form):
    """Why somebody has to look at this man's situation."""

    said = _Words(_("¿Qué te preocupa?"), rows=2)
