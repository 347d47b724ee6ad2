"""The web server with the application loaded before its processes part ways.

Each of them would load the same sixty megabytes again. Forked from one that has loaded them, they
share whatever they do not change, and one that died is back at once. Where the system does not
fork (macOS, Windows), each still loads its own.

With ``--with-work`` the background work is forked from the same: on a laptop it is the largest
part that nobody else shares.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import URLResolver, get_resolver
from django.utils import translation
from granian.cli import entrypoint

from tequio.config import (
    by_the_clock,
    together,
    worker,
    wsgi,  # noqa: F401 -- the application itself
)
from tequio.jobs import schedule


def main() -> int:
    """Serve as the command line says; the words are the server's own."""
    load()
    # A connection that two processes share would mix up their questions.
    connections.close_all()
    if together.FLAG in sys.argv:
        sys.argv.remove(together.FLAG)
        by_the_clock.register()
        return together.run(_serve, worker.once, schedule.Elsewhere())
    return _serve()


def _serve() -> int:
    # A command of click: it ends the process by itself and says nothing of types.
    entrypoint()  # type: ignore[no-untyped-call]
    return 0


def load() -> None:
    """Make what the first visits would make: addresses and texts in each language, templates."""
    gc.unfreeze()
    for model in apps.get_models(include_auto_created=True):
        model._meta.get_fields()  # how tables hang together
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Hoy")
            _addresses(get_resolver())
    for name in templates():
        get_template(name)
    gc.collect()
    gc.freeze()


def _addresses(resolver: URLResolver) -> None:
    """Look at how an address is made of its name, which is when Django writes it down."""
    _ = resolver.reverse_dict
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            _addresses(one)


def templates() -> Iterator[str]:
    """Name every template of ours."""
    for folder in map(Path, get_app_template_dirs("templates")):
        if settings.ROOT in folder.parents:
            for path in sorted(folder.rglob("*.html")):
                yield path.relative_to(folder).as_posix()


if __name__ == "__main__":
    sys.exit(main())
