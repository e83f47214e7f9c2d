"""Starts the server of the screens where the settings say. The database must be there: `make init` makes it."""

import os
import socket
import sys

from models.errors import Refused, SettingRefused
from settings import ROOT, get_settings
from storage.engine import make_engine
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
        require_free(settings.address, settings.port)
        require_current(make_engine(settings.database_url))
    except Refused as refusal:
        sys.exit(str(refusal))
    print(f"Serving http://{settings.address}:{settings.port} to this machine alone. Ctrl-C stops.", flush=True)
    os.chdir(ROOT)
    server = ["-m", "streamlit", "run", "app.py", f"--server.address={settings.address}"]
    os.execv(sys.executable, [sys.executable, *server, f"--server.port={settings.port}"])


if __name__ == "__main__":
    main()
