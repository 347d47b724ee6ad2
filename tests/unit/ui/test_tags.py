from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation

from tequio.ui import forms as looks
from tequio.ui.templatetags import ui


class Form(forms.Form):
    alias = forms.CharField(label="Alias", help_text="Un nombre corto.")
    kinds = forms.MultipleChoiceField(
        label="Tipos", widget=looks.Chips, choices=[("a", "Uno"), ("b", "Dos")]
    )
    note = forms.CharField(label="Nota", required=False)
    agrees = forms.BooleanField(label="De acuerdo")


def test_numbers_are_written_as_in_mexico() -> None:
    assert ui.number(1257) == "1,257"
    assert ui.number(1257.46, 1) == "1,257.5"
    assert ui.percent(0.05) == "5\u00a0%"
    assert ui.percent(0.0551, 1) == "5.5\u00a0%"


def test_a_missing_number_is_a_dash_and_never_a_zero() -> None:
    assert ui.number(None) == "—"
    assert ui.percent(None) == "—"
    assert ui.day(None) == "—"
    assert ui.hour(None) == "—"


def test_days_carry_their_weekday() -> None:
    with translation.override("es-mx"):
        assert ui.day(dt.date(2026, 11, 14)) == "sáb 14 nov 2026"
        assert ui.day(dt.date(2026, 3, 24)) == "mar 24 mar 2026"


def test_march_is_not_tuesday_in_english() -> None:
    with translation.override("en"):
        assert ui.day(dt.date(2026, 3, 24)) == "Tue 24 Mar 2026"
        assert ui.day(dt.date(2026, 5, 1)) == "Fri 1 May 2026"


def test_an_icon_is_hidden_from_who_listens() -> None:
    assert 'aria-hidden="true"' in ui.icon("done")


def test_an_unknown_icon_is_noticed() -> None:
    with pytest.raises(KeyError):
        ui.icon("nothing")


def test_attributes_are_escaped() -> None:
    assert ui.attrs({"hx-post": '/x"><script>'}) == ' hx-post="/x&quot;&gt;&lt;script&gt;"'
    assert ui.attrs(None) == ""


@pytest.mark.parametrize("name", ["onclick", "style", "hx-on::load onclick", "src"])
def test_attributes_that_could_run_or_style_are_refused(name: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        ui.attrs({name: "x"})


def test_the_summary_links_to_the_control_of_each_error() -> None:
    html = ui.error_summary(Form({}))

    assert 'href="#id_alias"' in html
    assert 'href="#id_kinds_0"' in html  # a group has no control with the plain id
    assert "Falta corregir 3 cosas" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert ui.error_summary(Form()).strip() == ""


def test_a_field_ties_its_hint_and_its_error_to_the_control() -> None:
    html = ui.field(Form({})["alias"])

    assert 'aria-describedby="id_alias_helptext id_alias_error"' in html
    assert 'id="id_alias_helptext"' in html
    assert 'id="id_alias_error"' in html
    assert 'aria-invalid="true"' in html


def test_every_error_of_a_form_can_be_found_by_its_id() -> None:
    html = str(Form({}))

    for name in ("alias", "kinds", "agrees"):
        assert f'id="id_{name}_error"' in html


def test_only_what_is_optional_says_so() -> None:
    assert "opcional" in ui.field(Form()["note"])
    assert "opcional" not in ui.field(Form()["alias"])


def test_no_component_needs_an_inline_style_or_script() -> None:
    html = str(Form({})) + render_to_string("ui/components/seat_legend.html")

    assert " style=" not in html
    assert "<script" not in html
