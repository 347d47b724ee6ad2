"""Forms of the organisation's own: brought, looked at, used, answered, given out again."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError
from tequio.instruments import offered
from tequio.instruments.actions import own_forms as writing
from tequio.instruments.actions import own_sittings
from tequio.instruments.actions.own_forms import Rights
from tequio.instruments.alike import together
from tequio.instruments.beside_forms import as_telephones_read
from tequio.instruments.forms.own_forms import BringForm, RightsForm
from tequio.instruments.models import OwnForm
from tequio.instruments.offered import File
from tequio.instruments.own_store import NAME
from tequio.instruments.paper import own
from tequio.instruments.queries import own_forms as reading
from tequio.instruments.xlsform.book import Given, Problem
from tequio.instruments.xlsform.giving_out import workbook
from tequio.instruments.xlsform.making import Made, make
from tequio.instruments.xlsform.outline import outline
from tequio.ui import files

# What may lie beside a form, by its ending; what it is, its first bytes say.
_BESIDE: Final = {
    "png": ("image/png", b"\x89PNG"),
    "jpg": ("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    "mp3": ("audio/mpeg", b""),
    "ogg": ("audio/ogg", b"OggS"),
    "wav": ("audio/wav", b"RIFF"),
}


@require_GET
def own_forms(request: HttpRequest) -> HttpResponse:
    """List them."""
    user = signed_in(request)
    asks = user.scope(Permission.ASSESSMENT_ASK) is not None
    brings = user.scope(Permission.FORM_BRING) is not None
    if not asks and not brings:
        require(user, Permission.ASSESSMENT_ASK)
    context = {
        "forms": reading.own_forms(user),
        "begun": reading.begun(user),
        "brings": brings,
        "asks": asks,
    }
    return render(request, "instruments/own_forms.html", context)


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Bring one: everything that is wrong with it at once, and a look at what was understood."""
    user = signed_in(request)
    require_everywhere(user, Permission.FORM_BRING)
    if request.method != "POST":
        return render(request, "instruments/bring.html", {"form": BringForm()})
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "instruments/bring.html", {"form": form}, status=422)
    try:
        files, beside = _apart(form.cleaned_data["brought"])
        made = make(files, media=frozenset(one.name for one in beside))
        if made.may_be_kept:
            row = writing.bring(by=user, made=made, files=beside)
            return redirect("instruments:own-form", own_form_id=row.pk)
    except DomainError as error:
        form.add_error("brought", str(error))
        return render(request, "instruments/bring.html", {"form": form}, status=422)
    return render(request, "instruments/bring.html", _wrong(made), status=422)


@require_http_methods(["GET", "POST"])
def own_form(request: HttpRequest, own_form_id: UUID) -> HttpResponse:
    """Show one; POST begins to use it."""
    user = signed_in(request)
    form = RightsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require_everywhere(user, Permission.FORM_BRING)
        if form.is_valid():
            rights = Rights(form.cleaned_data["rights"], form.cleaned_data["said"])
            writing.publish(by=user, own_form_id=own_form_id, rights=rights)
            messages.success(request, _("Ya se puede contestar."))
            return redirect("instruments:own-form", own_form_id=own_form_id)
    seen = reading.own_form(user, own_form_id)
    if not form.is_bound and seen.row.permission is not None:
        said = _("%(who)s: %(what)s") % {
            "who": seen.row.permission.given_by,
            "what": seen.row.permission.covers,
        }
        form = RightsForm(initial={"rights": OwnForm.Rights.PERMITTED, "said": said[:300]})
    context = {
        "seen": seen,
        "row": seen.row,
        "form": form,
        "brings": user.scope(Permission.FORM_BRING) is not None,
        "asks": user.scope(Permission.ASSESSMENT_ASK) is not None,
        "said": together(
            Problem(weight, text, sheet, cell) for weight, sheet, cell, text in seen.row.said
        ),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "instruments/own_form.html", context, status=status)


@require_POST
def begin(request: HttpRequest, own_form_id: UUID) -> HttpResponse:
    """Begin to ask, or go on."""
    row = own_sittings.begin(by=signed_in(request), own_form_id=own_form_id)
    return redirect("instruments:fill", owner=NAME, sitting_id=row.pk)


@require_POST
def print_blank(request: HttpRequest, own_form_id: UUID) -> HttpResponse:
    """Give an empty copy on paper."""
    user = signed_in(request)
    row = reading.own_form(user, own_form_id).row
    if not row.may_be_asked:
        raise not_visible()
    made = own.pdf(
        offered.read_form(bytes(row.xml)), row.title, organisation=user.organisation.name
    )
    return files.to_read(made, "formulario.pdf")


@require_POST
def retire(request: HttpRequest, own_form_id: UUID) -> HttpResponse:
    """Ask it of nobody any more."""
    writing.retire(by=signed_in(request), own_form_id=own_form_id)
    messages.success(request, _("Ya no se pregunta. Lo contestado sigue aquí."))
    return redirect("instruments:own-forms")


@require_POST
def give_out(request: HttpRequest, own_form_id: UUID, kind: str) -> HttpResponse:
    """Give it as XLSForm or as XForm."""
    row = writing.give_out(by=signed_in(request), own_form_id=own_form_id)
    name = "".join(one if one.isascii() and one.isalnum() else "-" for one in row.form_id)
    if kind == "xlsx":
        return files.to_keep(workbook(row.sheets), f"{name}.xlsx")
    if kind == "xml":
        return files.to_keep(bytes(row.xml), f"{name}.xml")
    raise not_visible()


@require_GET
def file(request: HttpRequest, own_form_id: UUID, name: str) -> HttpResponse:
    """Give a picture or a sound of a form."""
    found = reading.file_of(signed_in(request), own_form_id, name)
    response = HttpResponse(bytes(found.data), content_type=found.type)
    response["X-Content-Type-Options"] = "nosniff"
    if not found.type.startswith(("image/", "audio/")):
        response["Content-Disposition"] = "attachment"
    return response


def _wrong(made: Made) -> dict[str, object]:
    return {
        "form": BringForm(),
        "problems": together(made.problems),
        "errors": made.errors,
        "points": outline(made.form) if made.form else (),
    }


def _apart(files: list[UploadedFile[Any]]) -> tuple[list[Given], list[File]]:
    """Tell the form from what lies beside it: pictures, sounds, and tables that are no sheets."""
    sheets: list[Given] = []
    beside: list[File] = []
    for one in files:
        data, name = one.read(), (one.name or "").replace("\\", "/").rpartition("/")[2]
        ending = name.rpartition(".")[2].casefold()
        if ending in _BESIDE:
            kind, magic = _BESIDE[ending]
            if not data.startswith(magic):
                raise DomainError(_("«%(name)s» no es lo que dice su nombre.") % {"name": name})
            beside.append(File(name, kind, data))
        elif ending == "csv" and not _is_sheet(data):
            beside.append(File(name, "text/csv", as_telephones_read(data)))
        else:
            sheets.append(Given(name, data))
    if not sheets:
        raise DomainError(_("Entre los archivos no está el formulario."))
    return sheets, beside


def _is_sheet(data: bytes) -> bool:
    head = data[:4000].decode("utf-8-sig", "replace").casefold().replace('"', "")
    first = (
        {one.strip() for one in head.splitlines()[0].replace(";", ",").split(",")}
        if head
        else set()
    )
    return (
        {"type", "name"} <= first
        or "list_name" in first
        or "list name" in first
        or bool(first & {"form_id", "form_title", "variable / field name"})
    )
