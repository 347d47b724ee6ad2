"""The library: what comes with the system, blank sheets of it, and permissions for the rest."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import not_visible, pick, require, require_everywhere
from tequio.access.requests import signed_in
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.instruments import definitions
from tequio.instruments.actions import permissions as actions
from tequio.instruments.alike import together
from tequio.instruments.definitions import Instrument
from tequio.instruments.form_policies import may_read_library, permissions_visible_to
from tequio.instruments.forms.permissions import PermitForm, TextForm
from tequio.instruments.models import TextPermission
from tequio.instruments.paper.numbered import lines
from tequio.instruments.paper.printing import Sheet, pdf
from tequio.instruments.queries import library as reading
from tequio.instruments.xlsform import texts
from tequio.instruments.xlsform.book import Given
from tequio.instruments.xlsform.making import Made, make
from tequio.ui import files
from tequio.ui.forms import RefusalsOn

_BOTH = ["GET", "POST"]


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """List what there is, with whose words they are and what may be done with them."""
    user = _reader(request)
    context = {"shelves": reading.shelves(user), **_may(user)}
    return render(request, "instruments/library.html", context)


@require_GET
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """Show one: what it asks, how it is scored, how we know; a shell has no question to show."""
    user = _reader(request)
    whole = _shown(instrument)
    language = (get_language() or "es")[:2]
    context = {
        "whole": whole,
        "licence": reading.licence(whole),
        "lines": lines(whole, language),
        "permission": reading.last_permission(user, whole.slug) if whole.is_shell else None,
        "texts": reading.texts(user, whole.slug) if whole.is_shell else (),
        "fillable": whole.is_shell and whole.asks_a_man,
        **_may(user),
    }
    return render(request, "instruments/instrument.html", context)


@require_POST
def blank(request: HttpRequest, instrument: str) -> HttpResponse:
    """Give an empty sheet: it belongs to nobody and has no code."""
    user = _reader(request)
    whole = _shown(instrument)
    if whole.is_shell:
        raise not_visible()
    made = pdf([Sheet(whole, (get_language() or "es")[:2])], organisation=user.organisation.name)
    return files.to_read(made, f"{whole.slug}.pdf")


@require_http_methods(_BOTH)
def permit(request: HttpRequest, shell: str) -> HttpResponse:
    """Bring the permission of whoever holds the rights."""
    user = signed_in(request)
    require_everywhere(user, Permission.TEXT_PERMIT)
    whole = actions.shell_of(shell)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PermitForm(*sent)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = actions.Given(data["given_by"], data["covers"], data["until"], data["paper"].read())
        try:
            actions.permit(by=user, slug=whole.slug, given=given)
        except (Forbidden, NotVisible):
            raise
        except DomainError as error:
            form.add_error("paper", str(error))
        else:
            messages.success(request, _("Quedó el permiso. Ahora trae el texto."))
            return redirect("instruments:instrument", instrument=whole.slug)
    context = {"whole": whole, "form": form}
    return render(request, "instruments/permit.html", context, status=422 if form.errors else 200)


@require_http_methods(_BOTH)
def text(request: HttpRequest, shell: str) -> HttpResponse:
    """Bring the text: without a permission that stands there is nowhere to put it."""
    user = signed_in(request)
    require_everywhere(user, Permission.TEXT_PERMIT)
    whole = actions.shell_of(shell)
    permission = reading.last_permission(user, whole.slug)
    if permission is None or not permission.stands:
        messages.error(request, _("Primero hace falta un permiso que valga hoy."))
        return redirect("instruments:instrument", instrument=whole.slug)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TextForm(*sent)
    wrong: Made | None = None
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = _made(user, whole, form)
            if made.may_be_kept:
                return _brought(request, user, permission, made)
            wrong = made
    context = {
        "whole": whole,
        "form": form,
        "permission": permission,
        "problems": together(wrong.problems) if wrong else (),
    }
    status = 422 if form.errors or wrong else 200
    return render(request, "instruments/bring_text.html", context, status=status)


@require_GET
def paper(request: HttpRequest, permission_id: UUID) -> HttpResponse:
    """Give the paper of a permission."""
    body, kind = actions.open_paper(by=signed_in(request), permission_id=permission_id)
    ending = kind.rpartition("/")[2].replace("jpeg", "jpg")
    return files.to_keep(body, f"permiso.{ending}")


@require_POST
def withdraw(request: HttpRequest, permission_id: UUID) -> HttpResponse:
    """Say that a permission holds no more."""
    user = signed_in(request)
    row = pick(permissions_visible_to(user), pk=permission_id)
    actions.withdraw(by=user, permission_id=row.pk)
    messages.success(request, _("Desde ahora ese texto no se le pregunta a nadie."))
    return redirect("instruments:instrument", instrument=row.slug)


def _reader(request: HttpRequest) -> User:
    user = signed_in(request)
    if not may_read_library(user):
        require(user, Permission.ASSESSMENT_ASK)
    return user


def _may(user: User) -> dict[str, bool]:
    return {
        "permits": user.scope(Permission.TEXT_PERMIT) is not None,
        "brings": user.scope(Permission.FORM_BRING) is not None,
        "asks": user.scope(Permission.ASSESSMENT_ASK) is not None,
    }


def _shown(slug: str) -> Instrument:
    found = definitions.shipped().get(slug)
    if found is None or not reading.may_be_shown(found.instrument):
        raise not_visible()
    return found.instrument


def _made(user: User, whole: Instrument, form: TextForm) -> Made:
    data, version = form.cleaned_data, actions.next_version(user, whole.slug)
    brought: UploadedFile[bytes] | None = data["brought"]
    if brought is None:
        return texts.from_lines(whole, data["questions"], data["answers"], version=version)
    body, name = brought.read(), (brought.name or "").replace("\\", "/").rpartition("/")[2]
    if name.casefold().endswith(".toml"):
        made = texts.from_toml(whole, body)
    else:
        made = make([Given(name, body)])
    return texts.under(made, whole, version=version)


def _brought(
    request: HttpRequest, user: User, permission: TextPermission, made: Made
) -> HttpResponse:
    row = actions.bring_text(by=user, permission_id=permission.pk, made=made)
    if user.scope(Permission.FORM_BRING) is not None:
        return redirect("instruments:own-form", own_form_id=row.pk)
    messages.success(request, _("Quedó el texto. Quien coordina lo revisa y empieza a usarlo."))
    return redirect("instruments:instrument", instrument=permission.slug)
