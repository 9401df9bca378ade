"""The demonstration: everything in ``organisations/``, served on this machine alone.

``python -m comity_web.demo`` migrates, records the organisations, writes the public record to
``var/register``, serves the site and prints its address. Ctrl-C ends it.
"""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
from multiprocessing import Process
from pathlib import Path

import django
from django.core.management import CommandError, call_command

HOST = "127.0.0.1"
FIRST_PORT, PORTS_TRIED = 8000, 50


def main() -> int:
    """Prepare the instance and serve it until it is told to stop."""
    options = _options()
    try:
        port = options.port or free_port(HOST, FIRST_PORT)
    except OSError as error:
        return _refused(error)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity_web.config.settings")
    # So that citations name it; the settings read it once, before the workers part.
    os.environ.setdefault("COMITY_ADDRESS", f"http://{HOST}:{port}")
    django.setup()
    # In a process of its own, so that the one that serves does not keep what preparing left.
    preparing = Process(target=_prepare)
    preparing.start()
    preparing.join()
    if preparing.exitcode or options.prepare_only:
        return int(preparing.exitcode != 0)
    _load()
    print(f"\n    comity is served at  http://{HOST}:{port}/\n\n    Ctrl-C stops it.\n", flush=True)
    _serve(port)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m comity_web.demo", description=__doc__)
    parser.add_argument("--port", type=int, help=f"the port (the first free from {FIRST_PORT})")
    parser.add_argument("--prepare-only", action="store_true", help="prepare, and do not serve")
    return parser.parse_args()


def _prepare() -> None:
    django.setup()  # not done yet in a process that was spawned
    try:
        call_command("migrate", verbosity=0)
        call_command("import_organisations")
        call_command("export_register")
        call_command("collectstatic", interactive=False, verbosity=0)
    except (CommandError, OSError) as error:
        sys.exit(_refused(error))


def _refused(error: Exception) -> int:
    print(f"comity: {error}", file=sys.stderr)
    return 1


def free_port(host: str, first: int) -> int:
    """Return the first port from ``first`` on that nobody listens on; raises `OSError`."""
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                return port
    raise OSError(f"no port from {first} to {first + PORTS_TRIED - 1} is free; name one: --port")


def _load() -> None:
    # Imported late: it has models, which want settings.
    from comity_web.config.process import load_before_parting  # noqa: PLC0415

    load_before_parting()


def _serve(port: int) -> None:
    # Imported late: preparing needs no server, and a server starts processes of its own.
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    Server(
        "comity_web.config.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
        working_dir=Path.cwd(),
    ).serve()


if __name__ == "__main__":
    sys.exit(main())
