"""Starts the server of the screens where the settings say. The database must be there: `make init` makes it."""

import os
import socket
import sys

from accounts.administering import first_link, setup_path
from models.errors import Refused, SettingRefused
from settings import ROOT, get_settings
from storage.base_map import read_base_map
from storage.engine import make_engine, unit_of_work
from storage.migrate import require_current


def require_free(address: str, port: int) -> None:
    """Raises SettingRefused when something else answers at the port."""
    with socket.socket() as probe:
        # As the server itself does: a port that only waits for its last connections to fade is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise SettingRefused(
                f"Port {port} on {address} cannot be used ({error.strerror}): another program, or this one in another "
                f"window, has it. Stop that one, or take another port: make run PORT={port + 1}"
            ) from error


def main() -> None:
    """Replaces this process by the server, so that Ctrl-C reaches it."""
    try:
        settings = get_settings()
        if settings.map_file:
            read_base_map(settings.map_file)
        require_free(str(settings.address), settings.port)
        engine = make_engine(settings.database_url)
        require_current(engine)
        with unit_of_work(engine) as session:
            token = first_link(session)
    except Refused as refusal:
        sys.exit(str(refusal))
    at = settings.own_url
    print(f"Serving {at}{'' if settings.public_url else ' to this machine alone'}. Ctrl-C stops.", flush=True)
    if token:
        print(f"There is no administrator yet. Make one, once, within a day: {at}{setup_path(token)}", flush=True)
    os.chdir(ROOT)
    server = ["-m", "streamlit", "run", "app.py", f"--server.address={settings.address}"]
    os.execv(sys.executable, [sys.executable, *server, f"--server.port={settings.port}"])


if __name__ == "__main__":
    main()
