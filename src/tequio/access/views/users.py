"""Who works here and what each may do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tequio.access import actions, duties, queries
from tequio.access.forms.users import IssueCodeForm, NewUserForm, RolesForm
from tequio.access.permissions import Permission
from tequio.access.policies import require_everywhere
from tequio.access.requests import signed_in
from tequio.access.roles import ROLES
from tequio.access.views.answers import page, posted, refused
from tequio.access.words import permission_lines
from tequio.core.errors import DomainError


@require_GET
def users(request: HttpRequest) -> HttpResponse:
    """List the organisation's users."""
    return render(request, "access/users.html", {"lines": queries.users(signed_in(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def new_user(request: HttpRequest) -> HttpResponse:
    """Create a user and show the code for the first entry, once."""
    by = signed_in(request)
    require_everywhere(by, Permission.USER_MANAGE)
    form = NewUserForm(posted(request))
    if not form.is_valid():
        return page(request, "access/new_user.html", form)
    given = form.cleaned_data
    try:
        new = actions.create_user(
            by=by, name=given["name"], handle=given["handle"], roles=given["roles"]
        )
    except DomainError as error:
        return refused(request, "access/new_user.html", form, error)
    return render(request, "access/issued_code.html", {"issued": new.code, "first": True})


@require_GET
def user(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Show one user: roles, account, codes."""
    line = queries.user(signed_in(request), user_id)
    form = RolesForm(initial={"roles": sorted(line.user.roles)})
    return render(request, "access/user.html", _user_context(line, form))


@require_POST
def user_roles(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give the user exactly the ticked roles."""
    by = signed_in(request)
    line = queries.user(by, user_id)
    form = RolesForm(request.POST)
    context = _user_context(line, form)
    if not form.is_valid():
        return page(request, "access/user.html", form, context)
    try:
        actions.set_roles(by=by, user_id=user_id, roles=form.cleaned_data["roles"])
    except DomainError as error:
        return refused(request, "access/user.html", form, error, context)
    messages.success(request, _("Los roles se guardaron y ya valen."))
    return redirect("access:user", user_id=user_id)


@require_POST
def issue_code(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Issue a code for a new password and show it, once."""
    form = IssueCodeForm(request.POST)
    resets = form.is_valid() and form.cleaned_data["resets_authenticator"]
    issued = actions.issue_reset_code(
        by=signed_in(request), user_id=user_id, resets_authenticator=resets
    )
    return render(request, "access/issued_code.html", {"issued": issued, "resets": resets})


@require_POST
def deactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close an account."""
    try:
        actions.deactivate(by=signed_in(request), user_id=user_id)
    except DomainError as error:
        if error.status != DomainError.status:
            raise
        messages.error(request, str(error))
    else:
        messages.success(request, _("La cuenta se cerró. Sus sesiones ya terminaron."))
    return redirect("access:user", user_id=user_id)


@require_POST
def reactivate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    actions.reactivate(by=signed_in(request), user_id=user_id)
    messages.success(request, _("La cuenta está abierta otra vez."))
    return redirect("access:user", user_id=user_id)


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """Show who may do what: the very table that the system obeys."""
    by = signed_in(request)
    context = {
        "roles": ROLES.values(),
        "lines": permission_lines(),
        "both_sides": duties.on_both_sides(by),
        "exceptions": duties.exceptions_of(by),
        "may_except": by.scope(Permission.DUTY_EXCEPT) is not None,
    }
    return render(request, "access/roles.html", context)


def _user_context(line: queries.UserLine, form: RolesForm) -> dict[str, object]:
    return {
        "line": line,
        "member": line.user,
        "form": form,
        "code_form": IssueCodeForm(),
        "has_authenticator": queries.has_authenticator(line.user),
    }
