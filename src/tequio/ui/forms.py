"""How forms look everywhere: the renderer for ``FORM_RENDERER`` and the few widgets of our own.

The class name of a widget becomes the class of its field (``.field.segmented``), so a new look is
a subclass and some lines in ``forms.css``.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Set ``FORM_RENDERER = "tequio.ui.forms.Renderer"``."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


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
