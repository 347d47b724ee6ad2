"""Steps of the way in, as a browser takes them."""

from __future__ import annotations

import re

import pyotp
from django.http import HttpResponse
from django.test import Client
from tests.factories.access import PASSWORD, SECRET

from tequio.core import clock

SIGN_IN = "/entrar/"
CODE = "/entrar/codigo/"
ENROL = "/entrar/telefono/"
RECOVERY = "/entrar/respaldo/"
RESET = "/entrar/con-codigo/"


def type_password(client: Client, login: str, password: str = PASSWORD) -> HttpResponse:
    """Send the first step."""
    return client.post(SIGN_IN, {"login": login, "password": password})


def current_code(secret: str = SECRET) -> str:
    """Return what the telephone shows at the tests' clock."""
    return pyotp.TOTP(secret).at(clock.now())


def type_code(client: Client, code: str | None = None) -> HttpResponse:
    """Send the second step."""
    return client.post(CODE, {"code": code or current_code()})


def text_of(response: HttpResponse) -> str:
    """Return the page without its form tokens, which differ each time."""
    page = response.content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)
