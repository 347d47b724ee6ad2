"""The sentences of the command line, in the language that TEQUIO_LANGUAGE names; else Spanish.

Some commands run before there is a data folder, which Django's settings would make, and what
supervises the site stays small by not loading Django. So texts are found here without it, and
where it is loaded in the language that is active there.
"""

from __future__ import annotations

import gettext as catalogues
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Any, Final

from tequio.config.environment import ROOT

SETTING: Final = "TEQUIO_LANGUAGE"


def gettext(text: str) -> str:
    """Return a sentence in the reader's language."""
    told: str = _source().gettext(text)
    return told


def ngettext(one: str, many: str, count: int) -> str:
    """Return the sentence for so many, in the reader's language."""
    told: str = _source().ngettext(one, many, count)
    return told


def chosen() -> str:
    """Return which language was asked for. The machine's own says nothing about its keeper."""
    return "en" if os.environ.get(SETTING, "").lower().startswith("en") else "es-mx"


def spoken() -> AbstractContextManager[object]:
    """Let Django, once it is loaded, speak the same language for the length of a command."""
    if chosen() == "es-mx":
        return nullcontext()
    django: AbstractContextManager[object] = sys.modules["django.utils.translation"].override("en")
    return django


def _source() -> Any:
    apps = sys.modules.get("django.apps")
    if apps and apps.apps.ready:
        return sys.modules["django.utils.translation"]
    return _catalogue(chosen())


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    """Spanish is what the code says; any other language has its compiled catalogue."""
    if language == "es-mx":
        return catalogues.NullTranslations()
    return catalogues.translation("django", ROOT / "locale", [language], fallback=True)
