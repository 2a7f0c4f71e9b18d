"""The port the demonstration answers on."""

import os
import socket

from scripts.places import stop


def choose_port() -> int:
    """PORT from the environment, else 8000. Ends the command if it is no port or somebody has it."""
    text = os.environ.get("PORT") or "8000"
    if not (text.isdecimal() and 0 < int(text) < 65536):
        stop(f"PORT={text} is not a port. Choose a number from 1024 to 65535: PORT=9000 make demo")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as problem:
            stop(f"Port {text} cannot be used ({problem.strerror}). Choose another: PORT=9000 make demo")
    return int(text)
