"""What is typed about a permission, and the text that it lets us ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.ui.forms import DatePick, FilePick


class PermitForm(forms.Form):
    """Who gave it, for what, until when, and the paper."""

    given_by = forms.CharField(
        label=gettext_lazy("¿Quién dio el permiso?"),
        help_text=gettext_lazy("Quien tiene los derechos: una persona, una editorial, una casa."),
        max_length=200,
        error_messages={"required": gettext_lazy("Falta quién dio el permiso.")},
    )
    covers = forms.CharField(
        label=gettext_lazy("¿Para qué?"),
        help_text=gettext_lazy("Lo que dice el papel: cuántas veces, con quién, en qué lugar."),
        max_length=300,
        error_messages={"required": gettext_lazy("Falta para qué es el permiso.")},
    )
    until = forms.DateField(
        label=gettext_lazy("¿Hasta cuándo?"),
        help_text=gettext_lazy("El último día. Déjalo vacío solo si el papel dice que no termina."),
        widget=DatePick,
        required=False,
        error_messages={"invalid": gettext_lazy("Ese día no se entiende.")},
    )
    paper = forms.FileField(
        label=gettext_lazy("El permiso"),
        help_text=gettext_lazy("PDF, PNG o JPG, hasta 5 MB. Se guarda cifrado."),
        widget=FilePick,
        error_messages={
            "required": gettext_lazy("Falta el archivo del permiso."),
            "missing": gettext_lazy("Falta el archivo del permiso."),
            "empty": gettext_lazy("El archivo está vacío."),
        },
    )


class TextForm(forms.Form):
    """The text: a file, or lines that are pasted."""

    brought = forms.FileField(
        label=gettext_lazy("Un archivo"),
        help_text=gettext_lazy("XLSForm (.xlsx, .xls, .ods, .md) o nuestro formato (.toml)."),
        widget=FilePick,
        required=False,
        error_messages={"empty": gettext_lazy("El archivo está vacío.")},
    )
    questions = forms.CharField(
        label=gettext_lazy("O pega las preguntas"),
        help_text=gettext_lazy("Una por renglón, palabra por palabra como las publicó su autora."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )
    answers = forms.CharField(
        label=gettext_lazy("Y las respuestas"),
        help_text=gettext_lazy("Una por renglón: las mismas para todas las preguntas."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two ways, and not both."""
        data = self.cleaned_data
        if self.errors:
            return data
        pasted = bool(data.get("questions") or data.get("answers"))
        if not data.get("brought") and not pasted:
            raise forms.ValidationError(_("Elige un archivo, o pega las preguntas."))
        if data.get("brought") and pasted:
            raise forms.ValidationError(_("Elige el archivo o lo que pegaste, no los dos."))
        return data
