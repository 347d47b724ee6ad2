"""From an empty folder to a stolen machine and back: `docs/operator/ensayo.md`, done again.

The page is the script. What it shows as a command is carried out, and what it shows as an answer
has to come; between them people enter over the house's own HTTPS.
"""

from __future__ import annotations

import faulthandler
import glob
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.consoles import Shown, fits, shown_in
from tests.visiting import Visitor

from tequio.config.environment import ROOT

pytestmark = pytest.mark.sqlite_file

PAGE, ENGLISH = (ROOT / "docs" / "operator" / name for name in ("ensayo.md", "rehearsal.md"))
_PATIENCE = 120.0


@dataclass(slots=True)
class House:
    """One machine, its two sticks, and what people remember of it."""

    folder: Path
    port: int
    phrase: str = ""
    code: str = ""
    fingerprint: str = ""
    authority: bytes = b""
    people: dict[str, Visitor] = field(default_factory=dict)
    site: subprocess.Popen[str] | None = None
    evenings: int = 0

    def do(self, shown: Shown) -> str:
        """Carry out a command of the page and return what it answered."""
        words = [self._here(word) for word in shown.words]
        if words[0] == "rm":
            self.close(signal.SIGKILL)
            shutil.rmtree(self.folder / "data")
            return ""
        assert words.pop(0) == "./tequio", shown.command
        if words[0] == "serve":
            return self._open(words)
        words = [name for word in words for name in (sorted(glob.glob(word)) or [word])]
        done = subprocess.run(
            [sys.executable, "-P", "-m", "tequio", *words],
            env=self._environment(),
            cwd=self.folder,
            input=f"{self.phrase}\n",
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"{shown.command}: {done.stdout}{done.stderr}"
        self._remember(done.stdout)
        return done.stdout

    def _open(self, words: list[str]) -> str:
        told = self.folder / f"serve-{self.evenings}.txt"
        with told.open("w") as out:
            self.site = subprocess.Popen(
                [sys.executable, "-P", "-m", "tequio", *words],
                env=self._environment(),
                cwd=self.folder,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        deadline = time.monotonic() + _PATIENCE
        while "Ctrl+C" not in told.read_text():
            assert self.site.poll() is None, told.read_text()
            assert time.monotonic() < deadline, told.read_text()
            time.sleep(0.1)
        self.evenings += 1
        (self.first_evening if self.evenings == 1 else self.evening_after)()
        return told.read_text()

    def close(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the site: asked to, or with its machine."""
        if self.site is None:
            return
        below = _below(self.site.pid) if how == signal.SIGKILL else []
        for process in (self.site.pid, *below):
            os.kill(process, how)
        self.site.wait(timeout=30)
        self.site = None

    def first_evening(self) -> None:
        """A telephone learns to trust; Ana enters, calls Beto and Maru; Maru writes a name."""
        self.authority = self._paper()
        ana = self._visitor("ana")
        assert "Casa Clara" in ana.enter_with_code("ana@casa-clara", self.code).text
        for login, name, role in (
            ("beto", "Beto Ruiz", "administrator"),
            ("maru", "Maru Paz", "coordinator"),
        ):
            made = ana.send("/equipo/nueva/", name=name, handle=login, roles=role)
            found = re.search(r'"phrase number">([^<]+)<', made.text)
            assert found, made
            assert self._visitor(login).enter_with_code(f"{login}@casa-clara", found[1]).path == "/"
        who = {"given_names": "Juan", "surnames": "Robles Paz", "alias": "Roble"}
        opened = self.people["maru"].send("/personas/nueva/", **who)
        assert "Se abrió su registro" in opened.text

    def evening_after(self) -> None:
        """The telephone trusts as before, nobody is signed in, and old passwords open."""
        assert self._paper() == self.authority
        for login in ("ana", "maru"):
            visitor = self.people[login]
            assert visitor.open("/").path == "/entrar/"
            assert visitor.enter(f"{login}@casa-clara", "otra contraseña cualquiera").status == 422
            assert "Casa Clara" in visitor.enter(f"{login}@casa-clara").text
        listed = self.people["maru"].open("/personas/").text
        man = re.search(r'href="(/personas/[\w-]+/)"><strong>Roble', listed)
        assert man, listed
        assert "Robles Paz" in self.people["maru"].open(man[1]).text

    def _visitor(self, login: str) -> Visitor:
        made = Visitor(f"https://localhost:{self.port}", self.authority)
        self.people[login] = made
        return made

    def _paper(self) -> bytes:
        """Take the certificate as the sheet says; the fingerprint is compared by hand."""
        address = f"http://localhost:{self.port - 1}/confianza.crt"
        paper = _patiently(address)
        digest = hashlib.sha256(paper).digest()
        assert self.fingerprint == " ".join(f"{byte:02X}" for byte in digest)
        return paper

    def _remember(self, told: str) -> None:
        phrase = re.search(r"^ {4}((?:[a-zñ]+ ){6}[a-zñ]+)$", told, re.MULTILINE)
        code = re.search(r"^ {4}(\w{4}-\w{4}-\w{4})$", told, re.MULTILINE)
        mark = re.search(r"^ {4}((?:[0-9A-F]{2} ?){32})$", told, re.MULTILINE)
        self.fingerprint = mark[1] if mark else self.fingerprint
        self.phrase = phrase[1] if phrase else self.phrase
        self.code = code[1] if code else self.code

    def _here(self, word: str) -> str:
        word = word.replace("8443", str(self.port))
        return re.sub(r"^/(media|tmp)/", f"{self.folder}/", word)

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if "TEQUIO" not in name}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        paths = {"TEQUIO_DATA": str(self.folder / "data"), "PYTHONPATH": str(ROOT / "src")}
        # In the repository's own folder a tequio.py lies, which is the door and not the package.
        return {**kept, **paths, "PYTHONUNBUFFERED": "1", "PYTHONSAFEPATH": "1"}


@pytest.fixture(autouse=True)
def no_look_from_outside() -> None:
    """Many processes begin here, one after another: on a busy machine it takes its time."""
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    for stick in ("llaves", "respaldo"):
        (tmp_path / stick).mkdir()
    made = House(tmp_path, _two_free_ports())
    yield made
    made.close()


def test_the_rehearsal_goes_as_it_is_written(house: House) -> None:
    for shown in shown_in(PAGE):
        told = house.do(shown)
        assert fits(told, shown.answer), f"{shown.command}\n{told}"
    assert house.evenings == 2


def test_both_pages_do_the_same() -> None:
    assert shown_in(PAGE) == shown_in(ENGLISH)
    assert len(shown_in(PAGE)) > 8


def test_an_answer_that_is_another_one_is_noticed() -> None:
    assert fits("uno\ndos\ntres\n", ("uno", "…", "tres"))
    assert fits("Listo: 3 cosas\n", ("Listo: … cosas",))
    assert not fits("uno\ndos\n", ("uno",))
    assert not fits("Listo: 3 casas\n", ("Listo: … cosas",))


def _two_free_ports() -> int:
    """The site's port, with the one before it free too; below those that the system hands out."""
    for port in range(18444, 20000, 2):
        with (
            suppress(OSError),
            socket.create_server(("", port - 1)),
            socket.create_server(("", port)),
        ):
            return port
    raise AssertionError("no two free ports")


def _patiently(address: str) -> bytes:
    """The page of trust is a process of its own and may open a moment after the site."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                found: bytes = answer.read()
                return found
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def _below(process: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *_below(int(child))]
    return found
