"""Indico as the peer: installed by name, with a database and a Redis of its own, on this machine.

What it needs beside Python: PostgreSQL's programs, ``redis-server``, and a C compiler for uWSGI.
Everything runs on free ports of the loopback address and is stopped by its process.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.instance import Site
from benchmarks.load import Failed, answers
from benchmarks.processes import stop
from tests.postgres import find_programs, free_port, private_cluster

PACKAGES = ("indico==3.2.9", "uwsgi", "setuptools<81")
# As in the peer's own documentation, but for loopback ports and what a benchmark does not need.
_CONFIG = """\
SQLALCHEMY_DATABASE_URI = '{database}'
SECRET_KEY = 'a-long-random-string-for-a-local-benchmark-only-0123456789'
BASE_URL = '{base}'
CELERY_BROKER = '{redis}/0'
REDIS_CACHE_URL = '{redis}/1'
DEFAULT_TIMEZONE = 'UTC'
CACHE_DIR = '{home}/cache'
TEMP_DIR = '{home}/tmp'
LOG_DIR = '{home}/log'
STORAGE_BACKENDS = {{'default': 'fs:{home}/archive'}}
ATTACHMENT_STORAGE = 'default'
NO_REPLY_EMAIL = 'noreply@example.org'
SUPPORT_EMAIL = 'root@example.org'
DISABLE_CELERY_CHECK = True
"""
_WSGI = "from indico.web.flask.app import make_app\napplication = make_app()\n"
_UWSGI = [
    "--module=wsgi:application",
    "--processes=2",
    "--master",
    "--single-interpreter",
    "--enable-threads",
    "--need-app",
    "--buffer-size=20480",
    "--disable-logging",
]


@contextmanager
def served(folder: Path, environment: Path) -> Iterator[Site]:
    """Install, fill and serve an Indico with two processes; ``environment`` is its venv."""
    python = install(environment)
    postgres = private_cluster(find_programs(), shared_buffers="512MB", max_connections="200")
    with postgres as server, _redis() as redis:
        base = f"http://127.0.0.1:{free_port()}"
        home = _home(folder, _database(server), redis, base)
        _prepare(python, home)
        with _uwsgi(python, home, base) as pid:
            yield Site(base, pid)


def install(environment: Path) -> Path:
    """Return the Python of an environment that has Indico; makes it if it is not there."""
    python = environment / "bin" / "python"
    if not python.exists():
        uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
        _run([uv, "venv", "--quiet", "--python", sys.executable, str(environment)])
        _run([uv, "pip", "install", "--quiet", "--python", str(python), *PACKAGES])
    return python


def _run(command: list[str], **more: str) -> None:
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"} | more
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(
            f"{' '.join(command[:4])} ended with {done.returncode}:\n{done.stderr[-2000:]}"
        )


def _database(server: str) -> str:
    """Make an empty database with the extensions that Indico asks for; returns its address."""
    url = f"{server.rpartition('/')[0]}/indico"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE indico")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute("CREATE EXTENSION pg_trgm")
    return url


@contextmanager
def _redis() -> Iterator[str]:
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with _running(["redis-server", *options], Path.cwd(), f"http://127.0.0.1:{port}"):
        yield f"redis://127.0.0.1:{port}"


def _home(folder: Path, database: str, redis: str, base: str) -> Path:
    home = folder / "indico"
    for name in ("archive", "cache", "log", "tmp"):
        (home / name).mkdir(parents=True)
    config = _CONFIG.format(database=database, redis=redis, base=base, home=home)
    (home / "indico.conf").write_text(config)
    (home / "wsgi.py").write_text(_WSGI)
    return home


def _prepare(python: Path, home: Path) -> None:
    """Make the tables and fill them."""
    config = str(home / "indico.conf")
    (sample,) = python.parents[1].glob("lib/python*/site-packages/indico/logging.yaml.sample")
    shutil.copy(sample, home / "logging.yaml")
    _run([str(python.with_name("indico")), "db", "prepare"], INDICO_CONFIG=config)
    seed = Path(__file__).with_name("indico_seed.py")
    # -P: the module beside it that is called indico is ours.
    _run([str(python), "-P", str(seed)], INDICO_CONFIG=config)


@contextmanager
def _uwsgi(python: Path, home: Path, base: str) -> Iterator[int]:
    # --http-socket would close each connection after one answer.
    address = base.removeprefix("http://")
    command = [str(python.with_name("uwsgi")), "--http11-socket", address, "--chdir", str(home)]
    os.environ["INDICO_CONFIG"] = str(home / "indico.conf")
    with _running([*command, *_UWSGI], home, base) as pid:
        yield pid


@contextmanager
def _running(command: list[str], folder: Path, address: str) -> Iterator[int]:
    """Run a server until the end of the block; gives its number once it answers."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)
    try:
        deadline = time.monotonic() + 60
        while not answers(address):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Failed(f"{command[0]} did not start")
            time.sleep(0.1)
        yield process.pid
    finally:
        stop(process)
