"""Ends with one sentence if HOST PORT, its two arguments, cannot be listened at."""

import socket
import sys

host, port = sys.argv[1:3]
if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
    sys.exit(f"PORT must be a number from 1 to 65535, not “{port}”.")
with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as plug:
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        plug.bind((host, int(port)))
        plug.listen()
    except OSError as error:
        sys.exit(
            f"Cannot listen at {host}:{port} ({error.strerror}): stop the other program or choose another port, such as PORT=8001."
        )
