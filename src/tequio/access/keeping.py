"""Hands a form back that could not be taken, so that nothing typed is lost."""

from __future__ import annotations

from django.http import HttpRequest

from tequio.access.rules.kept import kept_fields, same_origin


def kept_form(request: HttpRequest) -> dict[str, object]:
    """Return what a page needs to offer the same form again; nothing of a stranger's form."""
    own = same_origin(request.headers, scheme=request.scheme or "", host=request.get_host())
    own = own and request.method == "POST"
    return {
        "own": own,
        "action": request.get_full_path() if own else "",
        "fields": kept_fields(request.POST.lists()) if own else [],
        "files": own and bool(request.FILES),
    }
