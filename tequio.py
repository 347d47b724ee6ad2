#!/usr/bin/env python3
"""The one door: makes the environment on first use, then hands over to the application.

Standard library only, and no syntax newer than Python 3.8, so that an old Python can still say
what is missing instead of failing on a line it cannot read.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MYPY = False  # True only for the type checker; importing typing here would cost every start.
if MYPY:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
LOCKS = ROOT / "locks"
OLDEST, NEWEST = (3, 11), (3, 13)
STAMP, MARKER = "tequio-stamp.json", "tequio-venv"

# One list for this file and for the tests of the application; "name: what it does" by line.
_LIST = (ROOT / "src" / "tequio" / "config" / "commands.txt").read_text(encoding="utf-8")
COMMANDS = dict(line.split(": ", 1) for line in _LIST.splitlines())
NEEDS_DEVELOPMENT = frozenset({"test", "check", "fix", "messages", "bench"})
OFFLINE = re.compile(
    r"connection (refused|reset)|establish a new connection|name resolution|dns error|"
    r"error sending request|network is unreachable|no route to host|timed out|"
    r"\(from versions: none\)|tunnel connection failed",
    re.IGNORECASE,
)


class RefusalError(Exception):
    """What went wrong and what to do, in both languages."""

    def __init__(self, spanish: str, english: str, detail: str = "") -> None:
        super().__init__(spanish)
        self.spanish, self.english, self.detail = spanish, english, detail


def say(text: str, end: str = "\n") -> None:
    """Progress goes to the error stream: the output of a command stays clean."""
    sys.stderr.write(text + end)
    sys.stderr.flush()


# --- Which environment ----------------------------------------------------------------------


def venv_folder(environ: Mapping[str, str]) -> Path:
    chosen = environ.get("TEQUIO_VENV")
    return Path(chosen).expanduser().resolve() if chosen else ROOT / ".venv"


def venv_program(venv: Path, name: str) -> Path:
    return venv / "Scripts" / (name + ".exe") if os.name == "nt" else venv / "bin" / name


def kind_needed(command: str) -> str:
    return "dev" if command in NEEDS_DEVELOPMENT else "run"


def fingerprint(kind: str, locks: Path = LOCKS) -> str:
    """Both files count: a new installer may lay packages out differently."""
    digest = hashlib.sha256()
    for name in ("uv.txt", kind + ".txt"):
        digest.update((locks / name).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def read_stamp(venv: Path) -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        return dict(json.loads((venv / STAMP).read_text(encoding="utf-8")))
    return {}


def write_stamp(venv: Path, kind: str, locks: Path = LOCKS) -> None:
    """In one move, and only at the very end: a stamp is the promise that all is there."""
    stamp = {"kind": kind, "lock": fingerprint(kind, locks), "venv": str(venv)}
    stamp["interpreter"] = interpreter_of(venv)
    draft = venv / (STAMP + ".new")
    draft.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
    draft.replace(venv / STAMP)


def interpreter_of(venv: Path) -> str:
    """Where the environment's Python really is; empty when it is gone (a system upgrade)."""
    program = venv_program(venv, "python")
    return str(program.resolve()) if program.exists() else ""


def verdict(stamp: Mapping[str, str], venv: Path, needed: str, locks: Path = LOCKS) -> str:
    """Say "ready", or "sync" when only the packages differ, or "build" when all is to be made."""
    interpreter = interpreter_of(venv)
    if not interpreter or stamp.get("interpreter") != interpreter:
        return "build"
    if stamp.get("venv") != str(venv):
        return "build"  # copied or moved: its scripts point at the old place
    kind = stamp.get("kind", "")
    enough = kind == "dev" or kind == needed
    return "ready" if enough and stamp.get("lock") == fingerprint(kind, locks) else "sync"


# --- Which Python ---------------------------------------------------------------------------


def is_suitable(version: Sequence[int]) -> bool:
    return OLDEST <= tuple(version) <= NEWEST


def candidates(environ: Mapping[str, str]) -> Iterator[list[str]]:
    names = ["3.%d" % minor for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    for name in names:
        found = shutil.which("python" + name, path=environ.get("PATH"))
        if found:
            yield [found]
    pyenv = environ.get("PYENV_ROOT") or os.path.join(environ.get("HOME", ""), ".pyenv")
    for name in names:
        for folder in sorted(Path(pyenv, "versions").glob(name + ".*"), reverse=True):
            yield [str(folder / "bin" / "python")]
    launcher = shutil.which("py", path=environ.get("PATH"))
    if launcher:
        for name in names:
            yield [launcher, "-" + name]


def probe(command: Sequence[str]) -> tuple[str, tuple[int, int]] | None:
    """Ask a Python who it is; a shim with nothing behind it does not answer."""
    question = "import sys; print(sys.executable); print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [*command, "-c", question], capture_output=True, text=True, timeout=20, check=True
        ).stdout.splitlines()
        major, minor = answer[1].split()
        return answer[0], (int(major), int(minor))
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def find_python(environ: Mapping[str, str]) -> str:
    if is_suitable(sys.version_info[:2]):
        return sys.executable
    for command in candidates(environ):
        found = probe(command)
        if found and is_suitable(found[1]):
            return found[0]
    here = "%d.%d" % sys.version_info[:2]
    raise RefusalError(
        "Tequio necesita Python 3.11, 3.12 o 3.13 y aquí sólo hay %s. Instala uno de ellos "
        "(en Debian o Ubuntu: sudo apt install python3 python3-venv) y vuelve a intentarlo." % here,
        "Tequio needs Python 3.11, 3.12 or 3.13 and here there is only %s. Install one of them "
        "(on Debian or Ubuntu: sudo apt install python3 python3-venv) and try again." % here,
    )


def require_venv_modules(python: str) -> None:
    """Debian cuts these two out of Python and puts them into a package of their own."""
    command = [python, "-c", "import ensurepip, venv"]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    found = probe([python])
    package = "python%d.%d-venv" % (found[1] if found else OLDEST)
    raise RefusalError(
        "A este Python le falta la parte que crea entornos. Instala el paquete %s "
        "(sudo apt install %s) y vuelve a intentarlo." % (package, package),
        "This Python lacks the part that makes environments. Install the package %s "
        "(sudo apt install %s) and try again." % (package, package),
    )


# --- Making it ------------------------------------------------------------------------------


def tool_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The user's settings without what would send the packages somewhere else."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_USER")
    kept = {name: value for name, value in environ.items() if name not in dropped}
    kept["UV_PYTHON_DOWNLOADS"] = "never"
    if not kept.get("HOME"):
        # Without a home the tools would keep their cache in whatever folder we stand in.
        kept["HOME"] = tempfile.gettempdir()
    return kept


def explain(output: str, code: int) -> RefusalError:
    tail = "\n".join(output.splitlines()[-40:])
    if "No space left on device" in output:
        return RefusalError(
            "No queda espacio en el disco (hacen falta unos 700 MB). Libera espacio e inténtalo.",
            "The disk is full (about 700 MB are needed). Free some space and try again.",
        )
    if OFFLINE.search(output):
        return RefusalError(
            "No se pudieron bajar los paquetes: parece que no hay conexión. La primera vez hace "
            "falta internet; después no. Revisa la conexión y vuelve a intentarlo.",
            "The packages could not be downloaded: there seems to be no connection. The first "
            "time needs the internet; later not. Check the connection and try again.",
            tail,
        )
    return RefusalError(
        "La instalación falló (código %d). Arriba está lo que dijo la herramienta. Nada quedó a "
        "medias: al volver a intentarlo se empieza de nuevo." % code,
        "The installation failed (code %d). What the tool said is above. Nothing was left half "
        "done: trying again starts afresh." % code,
        tail,
    )


def step(label: str, command: Sequence[str], environ: Mapping[str, str]) -> None:
    say("  · %s… " % label, end="")
    began = time.monotonic()
    done = subprocess.run(
        list(command),
        env=dict(environ),
        cwd=str(ROOT),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        say("no se pudo")
        raise explain(done.stdout, done.returncode)
    say("%.1f s" % (time.monotonic() - began))


def clear_folder(venv: Path) -> None:
    """Empty what an earlier start made; never a folder that somebody else filled."""
    if venv.is_dir() and any(venv.iterdir()):
        if not any((venv / name).is_file() for name in ("pyvenv.cfg", MARKER)):
            raise RefusalError(
                "La carpeta %s (TEQUIO_VENV) ya tiene otras cosas. Elige una carpeta nueva." % venv,
                "The folder %s (TEQUIO_VENV) already holds other things. Choose a new one." % venv,
            )
        shutil.rmtree(str(venv))
    venv.mkdir(parents=True, exist_ok=True)
    (venv / MARKER).touch()


def build(venv: Path, environ: Mapping[str, str]) -> None:
    python = find_python(environ)
    require_venv_modules(python)
    clear_folder(venv)
    step("Creando el entorno", [python, "-m", "venv", str(venv)], environ)
    pip = [str(venv_program(venv, "python")), "-m", "pip", "install", "--quiet", "--no-input"]
    pip += ["--disable-pip-version-check", "--require-hashes", "-r", str(LOCKS / "uv.txt")]
    step("Trayendo el instalador", pip, environ)


def sync(venv: Path, kind: str, environ: Mapping[str, str]) -> None:
    (venv / STAMP).unlink(missing_ok=True)
    lock = LOCKS / (kind + ".txt")
    pins = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    command = [str(venv_program(venv, "uv")), "pip", "sync", "--quiet", "--require-hashes"]
    command += ["--python", str(venv_program(venv, "python")), str(lock)]
    step("Instalando %d paquetes" % pins, command, environ)
    write_stamp(venv, kind)


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """The system lets go of the lock by itself when the process that holds it dies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as handle:
        waiting = False
        while not try_lock(handle.fileno()):
            if not waiting:
                say("Otra ventana está instalando; se espera a que termine…")
                waiting = True
            time.sleep(0.3)
        yield


def try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def ensure(venv: Path, needed: str, environ: Mapping[str, str]) -> None:
    if verdict(read_stamp(venv), venv, needed) == "ready":
        return
    with only_one(venv.parent / (venv.name + ".lock")):
        stamp = read_stamp(venv)  # another start may have finished while this one waited
        state = verdict(stamp, venv, needed)
        if state == "ready":
            return
        began = time.monotonic()
        tools = tool_environment(environ)
        if state == "build":
            say("Primera vez en esta computadora: se prepara el entorno.")
            build(venv, tools)
        else:
            say("La lista de paquetes cambió: se pone al día el entorno.")
        sync(venv, "dev" if "dev" in (needed, stamp.get("kind")) else "run", tools)
        say("  Listo en %.0f s." % (time.monotonic() - began))


# --- Handing over ---------------------------------------------------------------------------


def compile_locks(venv: Path, extra: Sequence[str], environ: Mapping[str, str]) -> None:
    """Fix the versions again, without the address of any registry in the files."""
    base = [str(venv_program(venv, "uv")), "pip", "compile", "--quiet", "pyproject.toml"]
    base += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    base += ["--no-emit-find-links", "--no-header", "--no-annotate", *extra]
    for name, group in (("run", []), ("dev", ["--group", "dev"])):
        step("Fijando locks/%s.txt" % name, [*base, *group, "-o", "locks/%s.txt" % name], environ)
        if "://" in (LOCKS / (name + ".txt")).read_text(encoding="utf-8"):
            raise RefusalError(
                "El archivo locks/%s.txt quedó con una dirección dentro; no lo guardes." % name,
                "The file locks/%s.txt came out with an address in it; do not keep it." % name,
            )


def hand_over(venv: Path, arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    passed = dict(environ)
    paths = [str(ROOT / "src"), environ.get("PYTHONPATH", "")]
    passed["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    # Without this the file beside us, tequio.py, would be found before the package tequio.
    passed["PYTHONSAFEPATH"] = "1"
    passed["PYTHONUTF8"] = "1"
    command = [str(venv_program(venv, "python")), "-m", "tequio", *arguments]
    sys.stdout.flush()
    if os.name != "nt":
        os.execve(command[0], command, passed)  # does not return
    return subprocess.call(command, env=passed)


def usage() -> str:
    width = max(map(len, COMMANDS))
    lines = ["Tequio. Uso: ./tequio ORDEN [opciones]    (en Windows: py tequio.py ORDEN)", ""]
    lines += ["  %s  %s" % (name.ljust(width), line) for name, line in COMMANDS.items()]
    return "\n".join([*lines, "", "Para empezar: ./tequio demo"])


def unknown(word: str) -> str:
    """Said before anything is installed: a slip of the finger must not cost half a minute."""
    near = "".join(difflib.get_close_matches(word.lower(), COMMANDS, n=1))
    asked = (" ¿Quisiste decir «%s»?" % near, " Did you mean «%s»?" % near) if near else ("", "")
    spanish = "No hay una orden «%s».%s Para ver todas: ./tequio" % (word, asked[0])
    return spanish + "\nThere is no command «%s».%s To see them all: ./tequio" % (word, asked[1])


def main(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    if not arguments or arguments[0] in ("help", "ayuda", "-h", "--help"):
        print(usage())
        return 0
    if arguments[0] not in COMMANDS:
        say(unknown(arguments[0]))
        return 2
    venv = venv_folder(environ)
    try:
        ensure(venv, kind_needed(arguments[0]), environ)
        if arguments[0] == "lock":
            compile_locks(venv, arguments[1:], tool_environment(environ))
            return 0
        return hand_over(venv, arguments, environ)
    except RefusalError as refusal:
        for part in filter(None, (refusal.detail, refusal.spanish, refusal.english)):
            say(part)
    except PermissionError as error:
        say("No se puede escribir en %s. Elige otra carpeta con TEQUIO_VENV." % error.filename)
        say("Cannot write to %s. Choose another folder with TEQUIO_VENV." % error.filename)
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(main(sys.argv[1:], os.environ))
    except KeyboardInterrupt:
        say("\nInterrumpido. Nada quedó a medias. / Interrupted. Nothing was left half done.")
        sys.exit(130)
