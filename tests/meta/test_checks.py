"""Every check can fail: each is shown one defect of its kind."""

from __future__ import annotations

import gettext
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tequio.config.checks import catalogue, house, licences, runner, texts
from tequio.config.checks.verdict import Check, Verdict, program

ROOT = Path(__file__).resolve().parents[2]

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


# --- The runner -----------------------------------------------------------------------------


def check(name: str, verdict: Verdict) -> Check:
    return Check(name, name.title(), lambda: verdict)


GOOD = check("good", Verdict())
BAD = check("bad", Verdict(problems="line one\nline two"))
AWAY = check("away", Verdict(not_possible="a tool is missing"))


def test_all_are_run_and_all_failures_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    worse = check("worse", Verdict(problems="line three"))
    assert runner.report([BAD, GOOD, worse], strict=False) == 1
    shown = capsys.readouterr().out
    assert "line two" in shown
    assert "line three" in shown
    assert "bad, worse" in shown or "worse, bad" in shown


def test_what_is_missing_passes_for_a_person_and_fails_for_the_machine() -> None:
    assert runner.report([GOOD, AWAY], strict=False) == 0
    assert runner.report([GOOD, AWAY], strict=True) == 1


def test_a_check_that_breaks_is_a_failure_and_hides_no_other(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken() -> Verdict:
        raise OSError("no disk")

    assert runner.report([Check("broken", "Broken", broken), BAD], strict=False) == 1
    shown = capsys.readouterr().out
    assert "no disk" in shown
    assert "line one" in shown


def test_a_program_that_fails_is_a_problem() -> None:
    assert program("json.tool", "/nowhere")().problems
    assert program("json.tool", "--help")().good


def test_an_unknown_check_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert runner.run(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().out


def test_asking_for_help_lists_the_checks_and_runs_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert runner.run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {check.name} " in shown for check in runner.CHECKS)
    assert "✓" not in shown


# --- Migrations, templates, rules ------------------------------------------------------------


@pytest.mark.thorough
def test_a_change_of_a_table_without_its_migration_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    models = tmp_path / "src" / "tequio" / "jobs" / "models.py"
    seeded = "\n\nclass Seeded(models.Model):\n    class Meta:\n        app_label = 'jobs'\n"
    models.write_text(models.read_text(encoding="utf-8") + seeded, encoding="utf-8")
    migrations = next(c for c in runner.CHECKS if c.name == "migrations")
    assert migrations.look().good
    seen = program(
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        variables={"PYTHONPATH": str(tmp_path / "src")},
    )()
    assert "Seeded" in seen.problems


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">x</p>',
        "<script>alert(1)</script>",
        '<button type="button" onclick="go()">x</button>',
        '<button type="button" hx-on:click="go()">x</button>',
        "<p>{{ name|safe }}</p>",
        "{% autoescape off %}<p>x</p>{% endautoescape %}",
        '<script src="https://example.org/a.js"></script>',
    ],
)
def test_a_template_that_the_browser_or_a_reader_would_suffer_from_is_refused(
    tmp_path: Path, html: str
) -> None:
    (tmp_path / "page.html").write_text(html + "\n")
    lint = ("djlint", str(tmp_path), "--lint", "--quiet", "--configuration", "pyproject.toml")
    assert program(*lint, "--rules", ".djlint_rules.yaml")().problems
    (tmp_path / "page.html").write_text(
        "<script src=\"{% static 'a.js' %}\"></script>\n<p>{{ name }}</p>\n"
    )
    assert program(*lint, "--rules", ".djlint_rules.yaml")().good


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("T201", "print(1)\n"),
        ("TID251", "import secrets\n"),
        ("BLE001", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
        ("S608", "def f(c, t):\n    c.execute(f'SELECT * FROM {t}')\n"),
    ],
)
def test_the_lint_rules_are_on(rule: str, code: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename=src/tequio/people/x.py", "-"],
        cwd=ROOT,
        input=code,
        capture_output=True,
        text=True,
        check=False,
    )
    assert rule in done.stdout


# --- Translations ----------------------------------------------------------------------------


def read(tmp_path: Path, entries: str) -> list[catalogue.Message]:
    path = tmp_path / "django.po"
    path.write_text(HEADER + entries, encoding="utf-8")
    return catalogue.read(path)


def test_a_compiled_catalogue_says_the_same_as_its_source(tmp_path: Path) -> None:
    messages = read(
        tmp_path,
        '#: a.py\nmsgid "Entrar"\nmsgstr "Sign in"\n\n'
        'msgctxt "verbo"\nmsgid "Marca"\nmsgstr "Mark"\n\n'
        'msgid ""\n"dos "\n"líneas"\nmsgstr "two lines"\n\n'
        'msgid "%(n)s hombre"\nmsgid_plural "%(n)s hombres"\n'
        'msgstr[0] "%(n)s man"\nmsgstr[1] "%(n)s men"\n',
    )
    read_back = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(messages)))
    assert read_back.gettext("Entrar") == "Sign in"
    assert read_back.pgettext("verbo", "Marca") == "Mark"
    assert read_back.gettext("dos líneas") == "two lines"
    assert read_back.ngettext("%(n)s hombre", "%(n)s hombres", 2) == "%(n)s men"
    assert catalogue.problems(messages) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('msgid "Entrar"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Entrar"\nmsgstr "Go"\n', "fuzzy"),
        ('msgid "Hola %(name)s"\nmsgstr "Hello %(nombre)s"\n', "placeholders"),
        ('msgid "Hola %(name)s"\nmsgstr "Hello"\n', "placeholders"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] ""\n', "not translated"),
    ],
)
def test_a_gap_in_a_catalogue_is_named(tmp_path: Path, entry: str, words: str) -> None:
    found = catalogue.problems(read(tmp_path, entry))
    assert len(found) == 1
    assert words in found[0]


def test_a_plural_may_say_one_in_words(tmp_path: Path) -> None:
    entry = (
        'msgid "un hombre"\nmsgid_plural "%(n)s hombres"\n'
        'msgstr[0] "one man"\nmsgstr[1] "%(n)s men"\n'
    )
    assert catalogue.problems(read(tmp_path, entry)) == []


def test_a_header_that_is_marked_as_a_guess_keeps_the_letters_whole(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text("#, fuzzy\n" + HEADER + 'msgid "Sí"\nmsgstr "Café"\n', encoding="utf-8")
    read_back = gettext.GNUTranslations(io.BytesIO(catalogue.compiled(catalogue.read(path))))
    assert read_back.gettext("Sí") == "Café"


def test_the_hour_of_the_extraction_is_not_kept(tmp_path: Path) -> None:
    entry = 'msgid "Entrar"\nmsgstr "Sign in"\n'
    fresh = '#, fuzzy\nmsgid ""\nmsgstr ""\n"POT-Creation-Date: 2026\\n"\n\n' + entry
    kept = texts.tidy(fresh, "en")
    assert "POT-Creation-Date" not in kept
    assert kept.endswith(entry)
    assert texts.tidy(kept, "en") == kept
    path = tmp_path / "django.po"
    path.write_text(kept, encoding="utf-8")
    assert [message.key[1] for message in catalogue.read(path)] == ["", "Entrar"]


def test_a_text_that_only_one_side_has_is_named() -> None:
    code, kept = {("", "Nuevo", "")}, {("", "Viejo", "")}
    found = texts.differences(kept, code)
    assert found == [
        "in the code, not in the catalogue: 'Nuevo'",
        "in the catalogue, not in the code: 'Viejo'",
    ]


def test_the_texts_of_code_and_templates_are_gathered(tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed")
    shutil.copytree(ROOT / "src" / "tequio" / "config", tmp_path / "src" / "tequio" / "config")
    shutil.copytree(ROOT / "src" / "tequio" / "core", tmp_path / "src" / "tequio" / "core")
    seeds = tmp_path / "src" / "seeds"
    seeds.mkdir()
    (seeds / "a.py").write_text('x = _("Del código")\n', encoding="utf-8")
    (seeds / "a.html").write_text('{% load i18n %}{% translate "De la plantilla" %}', "utf-8")
    plain = {"DJANGO_SETTINGS_MODULE": "", "PYTHONPATH": str(tmp_path / "src")}
    (tmp_path / "locale").mkdir()
    code, output = runner.call(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", *texts.EXTRACT],
        plain,
        folder=tmp_path,
    )
    assert code == 0, output
    keys = {message.key[1] for message in catalogue.read(texts.path_of(tmp_path, "en"))}
    assert {"Del código", "De la plantilla"} <= keys


# --- What ships --------------------------------------------------------------------------------


def test_a_changed_added_or_lost_file_of_others_is_noticed(tmp_path: Path) -> None:
    vendor = tmp_path / "src" / "tequio" / "ui" / "static" / "ui" / "vendor"
    terms = tmp_path / "src" / "tequio" / "ui" / "licences" / "htmx.txt"
    for folder in (vendor, terms.parent, tmp_path / "locks"):
        folder.mkdir(parents=True)
    terms.write_text("0BSD")
    (vendor / "htmx.js").write_text("one")
    assert "not listed" in house.vendored(tmp_path).problems
    house.accept_vendored(tmp_path)
    assert house.vendored(tmp_path).good
    (vendor / "htmx.js").write_text("two")
    assert "is not the file" in house.vendored(tmp_path).problems
    (vendor / "htmx.js").unlink()
    assert "not there" in house.vendored(tmp_path).problems
    terms.unlink()
    assert "licence" in house.vendored(tmp_path).problems


@pytest.mark.parametrize(
    ("licence", "allowed"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0", False),
        ("License :: Other/Proprietary License", False),
    ],
)
def test_a_licence_that_binds_what_others_add_is_refused(licence: str, allowed: bool) -> None:
    assert licences.is_allowed(licence) is allowed


def test_the_licences_of_what_ships_are_allowed() -> None:
    assert len(licences.pinned(ROOT / "locks" / "run.txt")) > 20
    assert licences.look().good


def test_the_door_and_the_pipeline_can_be_started() -> None:
    assert os.access(ROOT / "tequio", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    for script in ("tequio", ".ci/run"):
        subprocess.run(["bash", "-n", str(ROOT / script)], check=True)
