"""What is typed about a form that an organisation brings."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.instruments.models import OwnForm
from tequio.ui.forms import FilePick

LARGEST: Final = 8 * 1024 * 1024
MOST: Final = 40


class _ManyFiles(FilePick):
    """Several files at once."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        single = super().clean
        given = data if isinstance(data, list | tuple) else [data]
        return [single(one, initial) for one in given if one] or [single(None, initial)]


class BringForm(forms.Form):
    """The files of one form."""

    brought = _FilesField(
        label=gettext_lazy("El formulario y lo que lleva"),
        widget=_ManyFiles(attrs={"multiple": True}),
        help_text=gettext_lazy(
            "XLSForm (.xlsx, .xls, .ods, .md), sus hojas en .csv, o un diccionario de REDCap. Con "
            "él puedes elegir las imágenes, sonidos y tablas que usa. Primero verás qué se "
            "entendió; nadie lo contesta hasta que tú digas."
        ),
        error_messages={
            "required": gettext_lazy("Falta el archivo. Elige uno."),
            "missing": gettext_lazy("Falta el archivo. Elige uno."),
            "empty": gettext_lazy("El archivo está vacío."),
        },
    )

    def clean_brought(self) -> list[UploadedFile[Any]]:
        """Refuse what is too much at once."""
        given: list[UploadedFile[Any]] = self.cleaned_data["brought"]
        if len(given) > MOST or sum(one.size or 0 for one in given) > LARGEST:
            raise forms.ValidationError(
                _("Son demasiados archivos o pesan demasiado: caben %(most)s y 8 MB en total.")
                % {"most": MOST}
            )
        return given


class RightsForm(forms.Form):
    """By which right it is asked."""

    rights = forms.ChoiceField(
        label=gettext_lazy("¿Por qué pueden usarlo?"),
        choices=OwnForm.Rights.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Falta decir por qué pueden usar este formulario.")
        },
    )
    said = forms.CharField(
        label=gettext_lazy("Qué licencia, o quién dio permiso y cuándo"),
        help_text=gettext_lazy("Y dónde está el papel. No hace falta si lo escribieron ustedes."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the words where they are needed."""
        data = self.cleaned_data
        if data.get("rights") not in (None, OwnForm.Rights.OURS) and not data.get("said"):
            self.add_error(
                "said", _("Falta decir qué licencia tiene, o quién dio permiso y cuándo.")
            )
        return data
