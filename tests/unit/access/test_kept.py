"""What an expired form may hand back, and to whom."""

from __future__ import annotations

import pytest
from django import forms

from tequio.access.forms.account import ChangePasswordForm, ShowBothForm
from tequio.access.forms.signing_in import CodeForm, ConfirmForm, ResetForm, SignInForm
from tequio.access.rules.kept import kept_fields, same_origin
from tequio.access.rules.paths import safe_path


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "https://localhost"}, False),
        ({"Origin": "http://localhost.evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_only_what_the_browser_calls_ours_is_ours(headers: dict[str, str], own: bool) -> None:
    assert same_origin(headers, scheme="http", host="localhost") is own


def test_every_field_and_every_value_is_kept_in_order() -> None:
    posted = [("alias", ["Faro"]), ("roles", ["a", "b"]), ("outside_code", ["77"])]

    assert kept_fields(posted) == [
        ("alias", "Faro"),
        ("roles", "a"),
        ("roles", "b"),
        ("outside_code", "77"),
    ]


@pytest.mark.parametrize(
    "form", [SignInForm, CodeForm, ConfirmForm, ResetForm, ChangePasswordForm, ShowBothForm]
)
def test_no_password_and_no_code_of_any_form_is_ever_kept(form: type[forms.Form]) -> None:
    harmless = {"login", "siguiente"}
    posted = [(name, ["x"]) for name in [*form().fields, "csrfmiddlewaretoken"]]

    assert {name for name, _value in kept_fields(posted)} <= harmless


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("/grupos/", "/grupos/"),
        ("/personas/?q=Juan", "/personas/"),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("https://evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_after_signing_in_one_goes_only_to_a_path_of_our_own(asked: str, path: str) -> None:
    assert safe_path(asked) == path
