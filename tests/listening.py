"""A small real server on loopback that writes down what it is told."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Ear:
    """``heard``: (path, headers, body) of each call; ``answers``: the statuses to give, the last one for good."""

    def __init__(self, port):
        self.host, self.heard, self.answers = f"127.0.0.1:{port}", [], [200]
        self.url = f"http://{self.host}/told?by=us"


@contextmanager
def listening():
    """An Ear that listens until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            ear.heard.append((self.path, dict(self.headers), body))
            self.send_response(ear.answers.pop(0) if len(ear.answers) > 1 else ear.answers[0])
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args):
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        ear = Ear(server.server_port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield ear
        finally:
            server.shutdown()
            thread.join()
