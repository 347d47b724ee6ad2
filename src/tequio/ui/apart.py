"""Drawing and printing cost a hundred megabytes: one small process does it for all the others.

It waits with nothing loaded. When a piece of work comes it forks a child that loads the engine,
does what is asked, and goes away after some idle seconds with all its memory. Where no such
process runs (tests, commands, a system without fork), the work is done where it is asked for.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

ADDRESS: Final = "TEQUIO_APART"
_IDLE: Final = 10.0
_LONGEST: Final = 120.0
_registered: set[str] = set()
_HEAD: Final = struct.Struct("!?Q")  # whether it worked, and how many bytes follow


def possible() -> bool:
    """Tell whether this system can hold such a process."""
    return hasattr(os, "fork") and hasattr(socket, "AF_UNIX")


def do(work: str, **given: Any) -> bytes:
    """Do a piece of work apart, or here if nobody answers."""
    address = os.environ.get(ADDRESS)
    if address:
        with contextlib.suppress(OSError, EOFError):
            return _ask(address, {"work": work, "given": given})
    return _WORKS[work](**given)


def serve(address: str) -> None:
    """Wait for work until the process is ended."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(address)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen(64)
        while True:
            select.select([door], [], [])
            child = os.fork()
            if child == 0:
                _work_until_idle(door)
            # One engine at a time: what comes meanwhile is taken by the same child.
            os.waitpid(child, 0)


def _work_until_idle(door: socket.socket) -> None:
    try:
        door.settimeout(_IDLE)
        while True:
            line, _who = door.accept()
            with line, contextlib.suppress(OSError):
                line.settimeout(_LONGEST)
                _answer(line)
    finally:
        os._exit(0)  # nothing of the parent's is to be tidied here


def _answer(line: socket.socket) -> None:
    with line.makefile("rb") as heard:
        asked = json.loads(heard.read())
    try:
        well, made = True, _WORKS[asked["work"]](**asked["given"])
    except Exception as error:  # noqa: BLE001 - told to who asked, who raises it there
        well, made = False, str(error).encode()
    line.sendall(_HEAD.pack(well, len(made)) + made)


def _ask(address: str, asked: Mapping[str, object]) -> bytes:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_LONGEST)
        line.connect(address)
        line.sendall(json.dumps(asked).encode())
        line.shutdown(socket.SHUT_WR)
        with line.makefile("rb") as heard:
            head = heard.read(_HEAD.size)
            if len(head) < _HEAD.size:
                raise EOFError
            well, size = _HEAD.unpack(head)
            made = heard.read(size)
    if len(made) < size:
        raise EOFError
    if not well:
        raise ValueError(made.decode())
    return made


# --- The works: their engines are loaded by who does them, and by nobody else ------------------


def _draw(spec: str, config: dict[str, Any], fonts: str) -> bytes:
    import vl_convert

    if fonts not in _registered:
        vl_convert.register_font_directory(fonts)
        _registered.add(fonts)
    drawn: str = vl_convert.vegalite_to_svg(
        spec,
        config=config,
        format_locale="es-MX",
        time_format_locale="es-MX",
        allowed_base_urls=[],
    )
    return drawn.encode()


def _print(root: str, fonts: str, made_at: str) -> bytes:
    import typst

    compiler = typst.Compiler(
        root=root, font_paths=[fonts], ignore_system_fonts=True, package_path=root
    )
    made = compiler.compile(
        input=os.path.join(root, "main.typ"),
        format="pdf",
        pdf_standards="ua-1",
        timestamp=datetime.fromisoformat(made_at),
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF comes as one piece of bytes.")
    return made


def _print_in_memory(laid_out: dict[str, str], fonts: str, made_at: str) -> bytes:
    import typst

    by_name: Any = {name: text.encode() for name, text in laid_out.items()}
    compiler = typst.Compiler(input=by_name, font_paths=[fonts], ignore_system_fonts=True)
    made = compiler.compile(
        format="pdf", pdf_standards="ua-1", timestamp=datetime.fromisoformat(made_at)
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF comes as one piece of bytes.")
    return made


_WORKS: Final[Mapping[str, Callable[..., bytes]]] = {
    "draw": _draw,
    "print": _print,
    "print_in_memory": _print_in_memory,
}


if __name__ == "__main__":
    serve(sys.argv[1])
