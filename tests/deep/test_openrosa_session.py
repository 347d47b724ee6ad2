"""A telephone's whole session with a served site, recorded; and a bad line for half an hour."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from tests import telephones
from tests.people import *  # noqa: F403
from tests.telephones import Telephone, answers, on_offer, send_over_a_bad_line, survey

from tequio.access.models import User
from tequio.instruments import own_answers
from tequio.instruments.actions import devices
from tequio.instruments.models import Submission

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
SENT = 500


def test_a_session_as_it_went_over_the_line(
    live_server: Any, coordinator: User, proofs: Path
) -> None:
    token = devices.add(by=coordinator, label="Teléfono azul").token
    central = Telephone(f"{live_server.url}/v1/key/{token}/projects/1")
    form = on_offer(survey())
    with telephones.offers(form):
        listed = central.forms()["barrio"]
        central.ask("GET", listed["downloadUrl"])
        number, xml = answers(number="uuid:6b1f0f6e-8b1c-4a30-9d0f-3f0d3c1b2a11")
        correction = "uuid:0d9c2a54-5a3b-4a51-8f1e-2f6c1e0b7d22"
        steps = [central.send(xml), central.send(xml), central.send(answers(number=number)[1])]
        steps[2] = central.send(answers(number=number, first="8")[1])
        steps.append(central.send(answers(number=correction, before=number, first="9")[1]))
        assert [heard.status for heard in steps] == [201, 201, 409, 201]
        central.ask("POST", "/submission", b"x", {"Content-Type": "text/plain"})
        # The same telephone as KoboCollect has it.
        Telephone(f"{live_server.url}/collector/{token}", central.log).forms()
        devices.revoke(by=coordinator, device_id=Submission.objects.first().device_id)  # type: ignore[union-attr,arg-type]
        gone = central.ask("GET", "/formList")
        assert gone.status == 404
        central.log[-1] = central.log[-1].partition("\n<\n")[0] + "\n< (la página de siempre)"
        luck, tries, lost = random.Random(1), 0, 0
        other = devices.add(by=coordinator, label="Teléfono rojo").token
        bad = Telephone(f"{live_server.url}/collector/{other}")
        sent = [answers(first=str(1000 + n))[1] for n in range(SENT)]
        for one in sent:
            while True:
                tries += 1
                try:
                    send_over_a_bad_line(bad, one, luck)
                except telephones.Lost:
                    lost += 1
                    continue
                if luck.random() < 0.7:
                    break
    kept = [own_answers.opened(row).xml for row in Submission.objects.filter(how="kept")]
    mine = sorted(one for one in kept if b"<p1>1" in one)
    _write(proofs, central.log, [(token, "TOKEN"), (live_server.url, "https://casa.example")])
    with (proofs / "openrosa-session.md").open("a", encoding="utf-8") as file:
        file.write(
            "\n## A line that breaks\n\n"
            f"{SENT:,} forms over a line that breaks three times in ten (half of those before all "
            "has been sent, half before the answer arrives), and three in ten sent again although "
            f"all went well: {tries:,} tries, {lost:,} lost.\n\n"
            f"- kept: {len(mine):,}; twice: {len(mine) - len(set(mine))}; "
            f"missing: {len(set(sent) - set(mine))}; changed: {len(set(mine) - set(sent))}\n"
        )
    assert mine == sorted(sent)


def _write(proofs: Path, log: list[str], hide: list[tuple[str, str]]) -> None:
    text = (
        "# A telephone's session (OpenRosa)\n\n"
        "Recorded by `tests/deep/test_openrosa_session.py`: a client that knows nothing of ours, "
        "over a socket, with a form made by pyxform. It fetches the list and the form, sends "
        "answers (a HEAD goes before each), sends the same again, sends "
        "the same number with no change and then with other content, corrects, sends what is no "
        "envelope, asks as KoboCollect, and is shut out.\n"
    )
    for number, step in enumerate(log, start=1):
        text += f"\n## {number}\n\n```\n{step}\n```\n"
    for what, instead in hide:
        text = text.replace(what, instead)
    # What is different each time, so that two recordings are alike.
    text = re.sub(r"date: .*GMT", "date: Sat, 21 Nov 2026 12:00:00 GMT", text)
    text = re.sub(r"boundary=[0-9a-f]{32}", "boundary=MARK", text)
    text = re.sub(r"--[0-9a-f]{32}", "--MARK", text)
    (proofs / "openrosa-session.md").write_text(text, encoding="utf-8")
