"""A mail server for tests. It takes letters, and can keep the sender waiting for its answer."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class MailServer(socketserver.ThreadingTCPServer):
    """SMTP on a port of its own. Until `answers` is set, a letter is taken and its sender waits."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.letters: list[Message] = []
        self.answers = threading.Event()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.answers.set()
        self.shutdown()
        self.server_close()


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while command := self.rfile.readline().strip().upper():
            if command == b"DATA":
                self._say("354 go on")
                self._take()
            elif command == b"QUIT":
                self._say("221 good bye")
                return
            else:
                self._say("250 well")

    def _take(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.letters.append(message_from_bytes(b"".join(lines)))
        self.server.answers.wait()
        self._say("250 taken")

    def _say(self, line: str) -> None:
        try:
            self.wfile.write(f"{line}\r\n".encode())
        except OSError:
            return  # the sender was killed
