"""Who stays: of one group, or of all that this person may see; on the page and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tequio.access.models import User
from tequio.access.permissions import Permission
from tequio.access.policies import pick, require
from tequio.access.requests import signed_in
from tequio.circles.actions import exports
from tequio.circles.models import Group
from tequio.circles.policies import groups_visible_to
from tequio.circles.retention import paper, report
from tequio.core import clock
from tequio.ui import files

_KEPT: Final = 16


@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Show the retention of every group that this person may read."""
    user = signed_in(request)
    require(user, Permission.RETENTION_READ)
    groups = _groups(user)
    return _page(request, user, groups, title=_("Permanencia"), group=None)


@require_GET
def group_retention(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Show the retention of one group."""
    user = signed_in(request)
    group = _group(user, group_id)
    return _page(request, user, [group], title=group.name, group=group)


@require_GET
def retention_pdf(request: HttpRequest) -> HttpResponse:
    """Send the report of every group as a PDF, and write down that it left."""
    user = signed_in(request)
    require(user, Permission.RETENTION_READ)
    return _pdf(user, _groups(user), _("Permanencia en los grupos"), None)


@require_GET
def group_retention_pdf(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Send the report of one group as a PDF, and write down that it left."""
    user = signed_in(request)
    group = _group(user, group_id)
    return _pdf(user, [group], group.name, group)


def _groups(user: User) -> list[Group]:
    visible = groups_visible_to(user, Permission.RETENTION_READ)
    named = visible.select_related("edition", "site").order_by("name", "pk")
    return list(named.only("name", "gaps", "edition__model_slug", "site__name"))


def _group(user: User, group_id: UUID) -> Group:
    visible = groups_visible_to(user, Permission.RETENTION_READ)
    return pick(visible.select_related("edition", "site"), pk=group_id)


def _page(
    request: HttpRequest, user: User, groups: Sequence[Group], *, title: str, group: Group | None
) -> HttpResponse:
    found = report.of_groups(groups, today=clock.today(user.organisation.timezone))
    sees_people = user.scope(Permission.PERSON_READ) is not None
    context = {
        "title": title,
        "group": group,
        "groups": groups,
        "report": found,
        "content": _content(found, get_language(), sees_people, group is None),
        "sees_groups": user.scope(Permission.GROUP_READ) is not None,
    }
    return render(request, "circles/retention.html", context)


@lru_cache(maxsize=_KEPT)
def _content(
    found: report.Report, _language: str | None, sees_people: bool, several: bool
) -> SafeString:
    """Draw a report, once for each way in which it is read."""
    context = {
        "report": found,
        "sees_people": sees_people,
        "several": several,
        "quiet_after": report.QUIET_AFTER,
    }
    return render_to_string("circles/_retention_report.html", context)


def _pdf(user: User, groups: Sequence[Group], title: str, group: Group | None) -> HttpResponse:
    today = clock.today(user.organisation.timezone)
    found = report.of_groups(groups, today=today)
    document = paper.pdf(found, title=title, organisation=user.organisation)
    exports.write_down(by=user, what="retention.pdf", group=group)
    return files.to_keep(document, "permanencia.pdf")
