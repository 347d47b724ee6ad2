"""Accounts: the list, a new one, one as it stands, its words, its issue, and its files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require_everywhere
from tequio.access.requests import signed_in
from tequio.core import clock
from tequio.core.errors import DomainError, Forbidden, NotVisible
from tequio.programmes.policies import sites_visible_to
from tequio.reports.accounts import actions, definitions, paper, periods, queries, showing, workbook
from tequio.reports.accounts.forms import BeginForm, WordsForm
from tequio.reports.accounts.policies import accounts_visible_to
from tequio.reports.models import Account
from tequio.ui import files
from tequio.ui.forms import RefusalsOn

PAGE: Final = 30


@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts, the newest period first."""
    user = signed_in(request)
    require_everywhere(user, Permission.FUNDER_REPORT)
    page = Paginator(queries.lines(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [queries.line(one) for one in page],
        "may_keep": user.scope(Permission.TESTIMONY_KEEP) is not None,
    }
    return render(request, "reports/accounts.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a template and a closed period."""
    user = signed_in(request)
    require_everywhere(user, Permission.FUNDER_REPORT)
    form = _begin_form(request, user)
    if form.is_valid():
        with RefusalsOn(form):
            made = actions.begin(by=user, wanted=form.wanted())
            return redirect("reports:account", account_id=made.pk)
    templates = [found.content for found in definitions.newest().values()]
    status = 422 if form.is_bound else 200
    context = {"form": form, "templates": templates}
    return render(request, "reports/account_begin.html", context, status=status)


def _begin_form(request: HttpRequest, user: User) -> BeginForm:
    today = clock.today(user.organisation.timezone)
    return BeginForm(
        request.POST if request.method == "POST" else None,
        templates=[(slug, one.content.name) for slug, one in definitions.newest().items()],
        periods=[(one.key, one.name.capitalize()) for one in periods.closed(today)],
        sites=[(str(one.pk), one.name) for one in sites_visible_to(user).order_by("name", "pk")],
    )


@require_GET
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show one account as it would be printed."""
    user = signed_in(request)
    found = _found(user, account_id)
    template, shown = definitions.find(found.template, found.template_version), queries.shown(found)
    context = {
        "page": showing.page(shown),
        "whole": shown.whole,
        "account": found,
        "line": queries.line(found),
        "draft": found.state == Account.State.DRAFT,
        "has_words": template is not None
        and (template.quotes or any(one.words for one in template.sections)),
        "left_empty": _left_empty(found),
    }
    return render(request, "reports/account.html", context)


def _left_empty(found: Account) -> list[str]:
    """Name the sections that hold nothing but words that nobody wrote yet."""
    return [
        one["title"]
        for one in found.content["sections"]
        if not one["blocks"] and not found.words.get(one["key"])
    ]


@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Write beside the numbers of a draft, and choose testimonies."""
    user = signed_in(request)
    found = _found(user, account_id)
    template = definitions.find(found.template, found.template_version)
    if found.state != Account.State.DRAFT or template is None:
        return redirect("reports:account", account_id=found.pk)
    offered = queries.offered(user, template)
    form = WordsForm(
        request.POST if request.method == "POST" else None,
        template=template,
        offered=[(str(row.pk), f"«{told.words}» — {told.called}") for row, told in offered],
        initial={
            **{f"words_{key}": text for key, text in found.words.items()},
            "quoted": [str(key) for key in found.quoted.values_list("testimony_id", flat=True)],
        },
    )
    if form.is_valid():
        with RefusalsOn(form):
            actions.write(by=user, account_id=found.pk, words=form.words(), quoted=form.quoted())
            messages.success(request, _("Se guardó."))
            return redirect("reports:account", account_id=found.pk)
    context = {
        "form": form,
        "line": queries.line(found),
        "account": found,
        "quotes": template.quotes,
        "offered": bool(offered),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/account_words.html", context, status=status)


@require_POST
def count_again(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Count a draft again."""
    return _do(request, account_id, actions.count_again, _("Se contó otra vez."))


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Ask once more, and issue it."""
    user = signed_in(request)
    found = _found(user, account_id)
    if request.method == "POST":
        return _do(request, account_id, actions.issue, _("El informe quedó emitido."))
    if found.state != Account.State.DRAFT:
        return redirect("reports:account", account_id=found.pk)
    context = {"account": found, "line": queries.line(found), "left_empty": _left_empty(found)}
    return render(request, "reports/account_issue.html", context)


@require_POST
def discard(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Let a draft go."""
    user = signed_in(request)
    found = _found(user, account_id)
    try:
        actions.discard(by=user, account_id=found.pk)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("reports:account", account_id=found.pk)
    messages.success(request, _("El borrador se descartó."))
    return redirect("reports:accounts")


@require_GET
def pdf(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Hand over the paper."""
    user = signed_in(request)
    found = _found(user, account_id)
    body = paper.pdf(_ready(found))
    actions.note_export(by=user, account=found, kind="pdf")
    return files.to_keep(body, f"informe-{found.folio}.pdf")


@require_GET
def xlsx(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Hand over the tables."""
    user = signed_in(request)
    found = _found(user, account_id)
    body = workbook.xlsx(_ready(found))
    actions.note_export(by=user, account=found, kind="xlsx")
    return files.to_keep(body, f"informe-{found.folio}.xlsx")


def _ready(found: Account) -> queries.Shown:
    """Open it, and hand over nothing that is not what was issued."""
    shown = queries.shown(found)
    if not shown.whole:
        raise DomainError(
            _("Este informe no es el que se emitió: su huella no coincide."),
            hint=_("No lo entregues. Avisa a quien cuida el sistema y guarda un respaldo."),
        )
    return shown


def _do(
    request: HttpRequest, account_id: UUID, what: Callable[..., object], said: str
) -> HttpResponse:
    user = signed_in(request)
    found = _found(user, account_id)
    try:
        what(by=user, account_id=found.pk)
    except (Forbidden, NotVisible):
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect("reports:account", account_id=found.pk)


def _found(user: User, account_id: UUID) -> Account:
    return pick(
        accounts_visible_to(user).select_related("site", "organisation", "superseded_by"),
        pk=account_id,
    )
