"""Bringing in a register: the file, its preview, and the way to the import."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.requests import signed_in
from tequio.circles import import_queries as queries
from tequio.circles.actions import imports as actions
from tequio.circles.import_fields import has_marks
from tequio.circles.import_forms import ReadingForm, UploadForm
from tequio.circles.importing import words
from tequio.circles.importing.reading import settled
from tequio.circles.models import RegisterImport
from tequio.circles.registers import unknowable
from tequio.circles.views import import_results
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.ui.forms import RefusalsOn

PAGE = 20
PROBLEMS_PAGE = 15
_BEFORE = frozenset({"draft", "undone", "cancelled", "failed"})


@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """List earlier imports; take in a file."""
    user = signed_in(request)
    earlier = queries.imports(user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        # An upload without a file posts nothing at all: it still has to be answered.
        form = UploadForm(request.POST, request.FILES)
        register = _received(user, form)
        if register is not None:
            return redirect("circles:register-import", import_id=register.pk)
    page = Paginator(earlier, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "imports": queries.listed(list(page))}
    return render(request, "circles/imports.html", context, status=422 if form.errors else 200)


def _received(user: User, form: UploadForm) -> RegisterImport | None:
    if not form.is_valid():
        return None
    upload = form.cleaned_data["file"]
    try:
        return actions.receive(by=user, name=upload.name or "", data=upload.read())
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        form.add_error("file", str(error))
        return None


@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Show an import as it stands: to be decided, on its way, or done."""
    user = signed_in(request)
    register = actions.open_import(by=user, import_id=import_id)
    looking = "revisar" in request.GET or request.method == "POST"
    wanted = register.state == "draft" or (register.state in _BEFORE and looking)
    if wanted and register.sealed_file:
        return _preview(request, user, register)
    if request.method == "POST":
        messages.info(request, _("Esta importación ya había empezado; así va."))
        return redirect("circles:register-import", import_id=import_id)
    return import_results.result(request, user, register)


@require_POST
def discard(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Throw away a file that was not imported."""
    actions.discard(by=signed_in(request), import_id=import_id)
    messages.success(request, _("Se borró el archivo. No se importó nada."))
    return redirect("circles:imports")


def _preview(request: HttpRequest, user: User, register: RegisterImport) -> HttpResponse:
    preview = queries.preview(user, register)
    if request.method == "GET":
        return _page(request, user, preview, ReadingForm(preview=preview))
    starting = request.POST.get("action") == "start"
    form = ReadingForm(request.POST, preview=preview, starting=starting)
    if form.is_valid():
        answer = _decided(request, user, form, starting=starting)
        if answer is not None:
            return answer
    return _page(request, user, preview, form)


def _decided(
    request: HttpRequest, user: User, form: ReadingForm, *, starting: bool
) -> HttpResponse | None:
    """Keep what was decided, and begin where nothing changed that the person has not seen."""
    register, reading = form.preview.register, form.preview.reading
    choices = form.decided()
    changed = not choices.reads_like(reading.choices)
    with RefusalsOn(form):
        if changed:
            choices = settled(reading.workbook, choices)
        elif starting and not (reading.plan.people or reading.plan.sessions):
            raise DomainError(
                _("Así como se lee, no hay nada que importar."),
                hint=_("Revisa qué es cada hoja y qué hay en cada columna."),
            )
        actions.choose(by=user, import_id=register.pk, choices=choices)
        if starting and not changed:
            actions.start(by=user, import_id=register.pk)
    if form.errors:
        return None
    if changed:
        messages.info(request, _("Se leyó otra vez con tus cambios. Revisa y luego importa."))
        return redirect(f"{request.path}?revisar=1")
    if not starting:
        messages.success(request, _("Se guardó lo que elegiste. Todavía no se importa nada."))
        return redirect(f"{request.path}?revisar=1")
    return redirect("circles:register-import", import_id=register.pk)


def _page(
    request: HttpRequest, user: User, preview: queries.Preview, form: ReadingForm
) -> HttpResponse:
    reading, plan = preview.reading, preview.reading.plan
    problems = words.in_severity_order(plan.problems)
    page = Paginator(problems, PROBLEMS_PAGE).get_page(request.GET.get("page"))
    context = {
        "register": preview.register,
        "name": reading.name,
        "reading": reading,
        "plan": plan,
        "form": form,
        "preview": preview,
        "unknowable": unknowable(plan),
        "account": words.account_table(plan),
        "meetings": [
            (part, words.meetings_table(part, preview.there.get(part.source)))
            for part in reading.parts
        ],
        "gap_sentence": reading.examination.gap_sentence,
        "choices_made": reading.examination.reading.choices,
        "unread": [d for d in reading.examination.detections if not d.guesses],
        "has_marks": has_marks(preview),
        "problem_counts": words.by_severity(plan.problems),
        "problems": [(p, words.SEVERITIES[p.severity]) for p in page.object_list],
        "page": page,
        "may_sign": user.scope(Permission.EDITION_SIGN) is not None,
    }
    return render(request, "circles/import.html", context, status=422 if form.errors else 200)
