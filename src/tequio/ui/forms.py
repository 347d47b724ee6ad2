"""How forms look everywhere: the renderer for ``FORM_RENDERER`` and the few widgets of our own.

The class name of a widget becomes the class of its field (``.field.segmented``), so a new look is
a subclass and some lines in ``forms.css``.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

from tequio.core.errors import DomainError, Forbidden, NotVisible


class Renderer(DjangoTemplates):
    """Set ``FORM_RENDERER = "tequio.ui.forms.Renderer"``."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class RefusalsOn:
    """Says on a form what an action refuses, so that nothing typed is lost.

    Who may not at all is not told on a form: that goes on to the page for it. ::

        with RefusalsOn(form):
            made = actions.open_group(by=user, **form.cleaned_data)
            return redirect("circles:group", group_id=made.pk)
        return render(request, …, status=422)
    """

    def __init__(self, form: forms.BaseForm) -> None:
        self._form = form

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(error, DomainError) or isinstance(error, Forbidden | NotVisible):
            return False
        self._form.add_error(None, str(error))
        return True


class Segmented(forms.RadioSelect):
    """Two to four short answers side by side."""


class OneChip(forms.RadioSelect):
    """One of several short answers, as pills that wrap."""


class Chips(forms.CheckboxSelectMultiple):
    """Any of several short answers, as pills that wrap."""


class DatePick(forms.DateInput):
    """The browser's own calendar; it wants the ISO form whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimePick(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class FilePick(forms.FileInput):
    """A large place to drop or choose one file."""


class Code(forms.TextInput):
    """A six-digit code: number keyboard, filled by the phone where it can."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code"}
        super().__init__({**own, **(attrs or {})})
