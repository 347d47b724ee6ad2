"""What is typed about a letter, a talk with him, and an authority."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from tequio.letters import talks
from tequio.survivors import words
from tequio.survivors.forms.fields import HERS, day, line, not_after, one, text, tick
from tequio.territory import places
from tequio.ui.forms import TimePick

# What a person may choose; the others are written by what was done itself.
_OF_ANSWERS = ("spoke", "plan", "read", "not_safe")
_ELSEWHERE = ("spoke", "read", "offered", "attached")
_DONE = [one for one in words.DUTY_OUTCOMES if one[0] not in _ELSEWHERE]
_READ = [one for one in words.DUTY_OUTCOMES if one[0] in _OF_ANSWERS]


class Versioned(forms.Form):
    """A form over the version of a letter that was read."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)


class TakeForm(Versioned):
    """That oneself attends to it."""


class TriedForm(Versioned):
    """That she could not be reached."""

    said = text(_("¿Qué pasó en este intento?"), "")


class DoneForm(Versioned):
    """What was done."""

    outcome = one(_("¿Qué se hizo?"), _DONE)
    said = text(_("Lo que hay que saber"), HERS)


class ReadForm(DoneForm):
    """What was done about what she answered."""

    outcome = one(_("¿Qué se hizo?"), _READ)


class OfferForm(Versioned):
    """A letter that becomes an offer of contact: one person, one safe way, until a day."""

    alias = line(
        _("Cómo la llamamos aquí"), _("No tiene que ser su nombre."), required=True, longest=60
    )
    who = forms.ChoiceField(label=_("¿Quién se lo ofrece?"))
    way = one(_("¿Por qué vía segura?"), words.OFFER_WAYS)
    where = line(_("Dónde o a qué número"))
    until = day(_("¿Hasta qué día se intenta?"), required=True)

    def __init__(self, members: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["who"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = list(members)


class AttachForm(Versioned):
    """Whose letter it is."""

    case = forms.ChoiceField(label=_("¿De quién es?"))
    said = text(_("Por qué lo sabes"), "")

    def __init__(self, women: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("Elige")), *women]


class DismissForm(Versioned):
    """Why it is shredded."""

    reason = one(_("¿Por qué se rompe?"), words.DISMISSALS)


class InstructionForm(forms.Form):
    """What he is asked, and how she agreed."""

    use_required_attribute = False

    subject = one(_("¿De qué se le pregunta?"), [(one.code, one.label) for one in talks.SUBJECTS])
    agreed = forms.BooleanField(
        label=_("Ella está de acuerdo, y sabe que no se le dirá de dónde viene"),
        error_messages={"required": _("Sin su acuerdo no se pide nada.")},
    )
    agreed_on = day(_("¿Qué día lo dijo?"), required=True)
    how = text(_("Cómo lo dijo"), HERS)
    thin_known = tick(_("Sé que hay poca cobertura; ella también, y aun así lo quiere"))

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has not come."""
        data = super().clean() or self.cleaned_data
        not_after(self, "agreed_on", self.today)
        return data


class WhereForm(forms.Form):
    """About what and in which state: this chooses the lawyer's text."""

    use_required_attribute = False

    about = one(_("¿Sobre qué?"), words.REPORTS_ABOUT, few=True)
    state = forms.ChoiceField(
        label=_("¿En qué estado?"), error_messages={"required": _("Falta en qué estado.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared above
        field.choices = [("", _("Elige")), *((s.key, s.name) for s in places.states())]


class ReportForm(WhereForm):
    """The decision, with its reasons."""

    step = forms.CharField(widget=forms.HiddenInput, initial="decide")
    decision = one(_("¿Qué se decide?"), words.REPORT_DECISIONS, few=True)
    why = text(_("¿Qué se supo y por qué se decide esto?"), "", required=True)
    her_word = text(_("¿Qué quiere ella?"), HERS)
    authority = line(_("¿A qué autoridad?"), _("Solo si se avisa."))
    authority_folio = line(_("Folio que dio la autoridad"), longest=60)
    told_on = day(_("¿Qué día se avisó?"))
    told_hour = forms.TimeField(label=_("¿A qué hora?"), required=False, widget=TimePick)

    def told_at(self, zone: str) -> datetime | None:
        """Return when the authority was told."""
        on, hour = self.cleaned_data["told_on"], self.cleaned_data["told_hour"]
        return datetime.combine(on, hour or datetime.min.time(), ZoneInfo(zone)) if on else None


class VerdictForm(forms.Form):
    """What the second person says."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = one(_("¿Estás de acuerdo con la decisión?"), words.REPORT_VERDICTS)
    words = text(_("Por qué"), "")
