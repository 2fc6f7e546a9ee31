"""Database servers of the tests' own: started in a temporary folder, heard on a socket alone."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import pytest

SECONDS = 60

POSTGRESQL = next(
    (str(path.parent) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))), ""
)
MARIADB = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def is_there(kind: str) -> bool:
    """Whether the server and its driver are installed."""
    try:
        if kind == "postgresql":
            import psycopg  # noqa: F401 - only whether it is there
        else:
            import MySQLdb  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return bool(POSTGRESQL if kind == "postgresql" else MARIADB)


@contextmanager
def server(kind: str, folder: Path) -> Iterator[Server]:
    """A server in a new folder, ended by its own process when the block ends."""
    one = Postgresql(folder) if kind == "postgresql" else Mariadb(folder)
    process = subprocess.Popen(
        one.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    )
    try:
        until = time.monotonic() + SECONDS
        while True:
            try:
                one.execute("SELECT 1")
                break
            except Exception:
                if process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.1)
        yield one
    finally:
        one.close()
        process.terminate()
        process.wait(SECONDS)


@contextmanager
def server_or_skip(kind: str) -> Iterator[Server]:
    """A server in a temporary folder, which its own user must get to; a skip where there is none."""
    if not is_there(kind):
        pytest.skip(f"{kind} or its driver is not installed")
    with (
        TemporaryDirectory(prefix="audit-db-", ignore_cleanup_errors=True) as folder,
        server(kind, Path(folder)) as one,
    ):
        yield one


class Server:
    """What the tests do with a server, as its owner."""

    kind: str
    quote: str
    command: list[str]

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw: Any = None

    def url(self, user: str = "", password: str = "") -> str:
        """The URL of the tests' database; without a user, its owner's."""
        raise NotImplementedError

    def connect(self) -> Any:
        raise NotImplementedError

    def execute(self, *statements: str, values: list[tuple[Any, ...]] | None = None) -> None:
        """Run statements, the last one once for each of ``values`` if there are any."""
        self.raw = self.raw or self.connect()
        with self.raw.cursor() as cursor:
            for statement in statements:
                if values is None:
                    cursor.execute(statement)
                else:
                    cursor.executemany(statement, values)

    def load(
        self, name: str, header: list[str], rows: list[tuple[Any, ...]], key: int | None = None
    ) -> None:
        """A table of texts; ``key`` is the place of its primary key."""
        kind = "varchar(200)" if self.kind == "mariadb" else "text"
        columns = ", ".join(
            f"{self.name(text)} {f'{kind} PRIMARY KEY' if at == key else 'text'}"
            for at, text in enumerate(header)
        )
        self.execute(
            f"DROP TABLE IF EXISTS {self.name(name)}", f"CREATE TABLE {self.name(name)} ({columns})"
        )
        marks = ", ".join(["%s"] * len(header))
        if rows:
            self.execute(f"INSERT INTO {self.name(name)} VALUES ({marks})", values=rows)

    def name(self, text: str) -> str:
        return f"{self.quote}{text}{self.quote}"

    def close(self) -> None:
        if self.raw is not None:
            self.raw.close()


class Postgresql(Server):
    kind, quote = "postgresql", '"'

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        folder.chmod(0o755)
        data, self.socket = folder / "data", folder / "socket"
        for path in (data, self.socket):
            path.mkdir(mode=0o700)
        as_user: list[str] = []
        if getpass.getuser() == "root":  # which the server refuses to be
            as_user = ["runuser", "-u", "postgres", "--"]
            for path in (data, self.socket):
                shutil.chown(path, "postgres")
        self.owner = "postgres"
        subprocess.run(
            [*as_user, f"{POSTGRESQL}/initdb", "-D", str(data), "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync", "--auth-local=trust"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        # Only the tests' reader needs a password.
        (data / "pg_hba.conf").write_text(
            "local all reader scram-sha-256\nlocal all postgres trust\n"
        )
        self.command = [
            *as_user, f"{POSTGRESQL}/postgres", "-D", str(data), "-k", str(self.socket),
            "-c", "listen_addresses=", "-c", "fsync=off",
        ]  # fmt: skip

    def url(self, user: str = "", password: str = "") -> str:
        who = f"{user}:{password}" if user else "postgres"
        return f"postgresql://{who}@/postgres?host={quote(str(self.socket), safe='')}"

    def connect(self) -> Any:
        import psycopg

        return psycopg.connect(self.url(), autocommit=True)


class Mariadb(Server):
    kind, quote = "mariadb", "`"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.socket = folder / "s"
        data = folder / "data"
        subprocess.run(
            ["mariadb-install-db", "--no-defaults", f"--datadir={data}", "--skip-test-db",
             "--auth-root-authentication-method=normal", f"--user={getpass.getuser()}"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        self.command = [
            str(MARIADB), "--no-defaults", f"--datadir={data}", f"--socket={self.socket}",
            "--skip-networking", f"--user={getpass.getuser()}", "--innodb-flush-method=nosync",
            "--character-set-server=utf8mb4", "--pid-file=" + str(folder / "pid"),
        ]  # fmt: skip

    def url(self, user: str = "", password: str = "") -> str:
        who = f"{user}:{password}" if user else "root"
        return f"mariadb://{who}@localhost/register?unix_socket={quote(str(self.socket), safe='')}"

    def connect(self) -> Any:
        import MySQLdb

        raw = MySQLdb.connect(
            unix_socket=str(self.socket), user="root", charset="utf8mb4", autocommit=True
        )
        with raw.cursor() as cursor:
            cursor.execute("CREATE DATABASE IF NOT EXISTS register")
            cursor.execute("USE register")
        return raw
