"""The two sheets of paper alone lead back in: nothing is used here but what stands on them."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from django.urls import reverse
from tests.app.survivors.test_keys_of_the_wall import hidden, second
from tests.people import *  # noqa: F403
from tests.people import signed_in_client
from tests.walls import begin_case, found_wall

from tequio.access.models import KeyHolder, User
from tequio.config.backups import command
from tequio.survivors import paper

pytestmark = pytest.mark.django_db


def read_aloud(sheets: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (sudo apt install poppler-utils)")
    told = subprocess.run([program, "-", "-"], input=sheets, capture_output=True, check=True)
    return told.stdout.decode()


def words_on(text: str) -> list[str]:
    """The first word after each number: below the words the steps are numbered too."""
    found: dict[int, str] = {}
    for number, word in re.findall(r"\b(\d{1,2})\.\s+(\w+)", text):
        found.setdefault(int(number), word)
    return [found[n] for n in range(1, 25)]


def test_the_printed_guide_alone_leads_back_in(advocate: User) -> None:
    walled = found_wall(advocate)
    case = begin_case(walled.by, alias="Jacinta")
    text = read_aloud(paper.envelopes(advocate.organisation, walled.founded.paper_words))
    # Every passphrase and every printed code is lost; somebody has an account and the role.
    KeyHolder.objects.all().delete()
    client = signed_in_client(second(advocate.organisation, "carla"))

    address = re.search(r"/muro/\w+/", text)
    assert address is not None, "The guide says where."
    shown = hidden(client.post(address.group(), {"paper": " ".join(words_on(text))}))
    again = {**shown, "passphrase": shown["shown_passphrase"]}
    assert client.post(reverse("survivors:typed-back"), again).status_code == 302
    page = client.get(reverse("survivors:case", args=[case.pk]))
    assert "Jacinta" in page.content.decode()
    # The last step: these envelopes were seen by more than one person.
    assert "Equipo" in text
    assert "llave de papel" in client.get(reverse("survivors:team")).content.decode()


def test_the_printed_guide_names_all_that_a_back_up_takes(
    advocate: User, capsys: pytest.CaptureFixture[str]
) -> None:
    """The envelopes open nothing on a new machine for who was not told to bring the kit."""
    walled = found_wall(advocate)
    text = " ".join(
        read_aloud(paper.envelopes(advocate.organisation, walled.founded.paper_words)).split()
    )
    with pytest.raises(SystemExit):
        command.restore(["--help"])
    options = capsys.readouterr().out
    required = set(re.findall(r"(?<!\[)(--[a-z]+) [A-Z]", options.partition("\n\n")[0]))
    assert required == {"--kit"}
    for named in (*required, "llavero", "frase del llavero", "./tequio restore", "./tequio serve"):
        assert named in text, named
