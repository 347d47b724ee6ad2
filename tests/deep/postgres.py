"""A PostgreSQL that writes through, may be killed, and may stand behind pgbouncer."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tequio.config import cluster


@dataclass(slots=True)
class Server:
    """Unlike the server of the tests it writes through to the disk, as a real one does."""

    folder: Path
    programs: Path
    prefix: list[str]
    port: int
    options: str = ""

    @property
    def address(self) -> str:
        return f"postgresql://tequio@127.0.0.1:{self.port}/tequio"

    def start(self) -> None:
        """Start it; after a kill, the last of its children may still be going."""
        options = (
            f"-c port={self.port} -c listen_addresses=127.0.0.1 "
            f"-c unix_socket_directories={self.folder} -c max_connections=60 "
            f"{self.options}"
        )
        for again in range(40):
            try:
                self._control(
                    "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start"
                )
                return
            except cluster.NoPostgresError:
                if again == 39:
                    raise
                time.sleep(0.25)

    def stop(self) -> None:
        with suppress(cluster.NoPostgresError):
            self._control("-m", "immediate", "stop")

    def kill(self) -> None:
        """Kill the first process (SIGKILL); its children notice and end."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split("\n")[0])
        subprocess.run(["kill", f"-{signal.SIGKILL}", str(first)], check=True)

    def drop_connections(self) -> int:
        """End every connection from outside, in the middle of whatever it does."""
        with psycopg.connect(self.address, autocommit=True) as line:
            rows = line.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            ).fetchall()
        return len(rows)

    def _control(self, *words: str) -> None:
        program = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), *words]
        cluster._run(self.prefix, self.folder, program)


@contextmanager
def server(options: str = "") -> Iterator[Server]:
    programs = cluster.find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is missing (Debian: apt install postgresql).")
    folder = Path(tempfile.mkdtemp(prefix="tequio-pg-"))
    prefix = cluster._as_ordinary_user(folder)
    made = Server(folder, programs, prefix, cluster._free_port(), options)
    try:
        init = [str(programs / "initdb"), "-D", str(folder / "data"), *cluster._initdb_options()]
        cluster._run(prefix, folder, init)
        made.start()
        with psycopg.connect(made.address, dbname="postgres", autocommit=True) as line:
            line.execute("CREATE DATABASE tequio")
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def bouncer(behind: Server, size: int) -> Iterator[str]:
    """Yield the address of a pgbouncer in transaction mode: few lines, shared by all."""
    program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    if program is None:
        pytest.skip("pgbouncer is missing (Debian: apt install pgbouncer).")
    port, folder = cluster._free_port(), behind.folder
    (folder / "users").write_text('"tequio" ""\n')
    (folder / "bouncer.ini").write_text(
        f"[databases]\ntequio = host=127.0.0.1 port={behind.port} user=tequio\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = trust\nauth_file = {folder / 'users'}\npool_mode = transaction\n"
        f"default_pool_size = {size}\nmax_client_conn = 200\nlogfile = {folder / 'bouncer.log'}\n"
    )
    for name in ("users", "bouncer.ini"):
        (folder / name).chmod(0o644)
    command = [*behind.prefix, program, str(folder / "bouncer.ini")]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"postgresql://tequio@127.0.0.1:{port}/tequio"
    try:
        for _again in range(100):
            with suppress(psycopg.OperationalError):
                psycopg.connect(address).close()
                break
            time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait()
