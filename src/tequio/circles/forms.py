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
from tequio.core import clock
from tequio.programmes.models import Edition, Site
from tequio.programmes.policies import editions_visible_to, sites_visible_to


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
    ).order_by("name")


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
    facilitators = _Names(
        label=_("Quién facilita"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "site", sites_visible_to(user).order_by("name"))
        _offer(self, "edition", editions_visible_to(user).filter(signed_at__isnull=False))
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
