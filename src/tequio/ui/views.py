"""Pages that say what went wrong. They need no database, no session and no context processor.

None of them takes anything from the request: every 404 has the same bytes, whether the thing
never existed or may not be seen.
"""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from tequio.ui import charts, printing
from tequio.ui.gallery import SampleForm, chart_figures, document, samples

_WORLDS = ("jade", "jacaranda", "terracotta")
_ERRORS = ("400", "403", "404", "405", "409", "413", "429", "500", "csrf")

_LAST_RESORT = (
    "<!doctype html><html lang='es'><title>Error</title><h1>Algo falló de nuestro lado</h1>"
    "<p>Espera un momento y repite el último paso.</p>"
)


def error_page(code: int, template: str = "") -> HttpResponse:
    """The page ``ui/errors/<template or code>.html`` with that status."""
    return HttpResponse(_drawn(template or str(code), translation.get_language()), status=code)


@cache
def _drawn(name: str, _language: str | None) -> str:
    """Draw an error page once for each language: nothing in it ever depends on who asks."""
    return render_to_string(f"ui/errors/{name}.html")


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Django calls this for a body over its limit too; the reader needs the other sentence.
    return error_page(413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(403)


def page_not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(404)


def conflict(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(409)


def too_large(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(413)


def too_many_requests(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(429)


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:
    """``reason`` is for the log of Django, not for the reader."""
    return error_page(403, "csrf")


def server_error(_request: HttpRequest) -> HttpResponse:
    try:
        return error_page(500)
    except Exception:  # noqa: BLE001 -- whatever broke may also break the page about it
        return HttpResponse(_LAST_RESORT, status=500)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with real words, for whoever builds or changes a page."""
    world = request.GET.get("mundo", "jade")
    context = {**samples(), "world": world if world in _WORLDS else "jade", "worlds": _WORLDS}
    return render(request, "ui/gallery/page.html", context)


@login_not_required
def gallery_plain(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery/plain.html", {"form": SampleForm()})


@login_not_required
def gallery_pdf(_request: HttpRequest) -> HttpResponse:
    drawing = charts.svg(chart_figures()[2].spec)
    made = printing.pdf("tequio.ui:typst/sample.typ", document(), {"chart": drawing})
    return HttpResponse(made, content_type="application/pdf")


@login_not_required
def gallery_error(_request: HttpRequest, name: str) -> HttpResponse:
    """An error page to look at, with status 200 so that no monitor counts it."""
    if name not in _ERRORS:
        return error_page(404)
    return HttpResponse(error_page(200, name).content)
