"""A server on this machine that speaks LibreTranslate's HTTP API, translates by naming the language, and misbehaves on request."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class TranslationServer:
    """`mode`: ok, error (500), busy (429), words (no JSON), other (another shape), fewer, numbers, flood, elsewhere (302), cut.

    In the modes slow and drip it waits for `pause` seconds, once or before every letter.
    """

    def __init__(self) -> None:
        self.mode, self.key, self.pause = "ok", "", 0.0
        self.asked: list[dict] = []
        self.paths: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def url(self) -> str:
        """For the setting LIBRI_TRANSLATE_URL."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def stop(self) -> None:
        """Be down."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer_to(self, asked: dict) -> tuple[int, bytes]:
        """What is said to a request, as (status, body)."""
        said = [f"[{asked['target']}] {text}" for text in asked["q"]]
        if self.key and asked.get("api_key") != self.key:
            return 403, json.dumps({"error": "Invalid API key"}).encode()
        return {
            "error": (500, b"oops"),
            "busy": (429, json.dumps({"error": "Too many request limits violations"}).encode()),
            "words": (200, b"<html>Not here</html>"),
            "other": (200, b'["a", "b"]'),
            "fewer": (200, json.dumps({"translatedText": said[1:]}).encode()),
            "numbers": (200, json.dumps({"translatedText": [7 for _ in said]}).encode()),
            "flood": (200, json.dumps({"translatedText": ["x" * 2_000_000 for _ in said]}).encode()),
        }.get(self.mode, (200, json.dumps({"translatedText": said}).encode()))


class _Handler(BaseHTTPRequestHandler):
    owner: TranslationServer

    def do_POST(self) -> None:  # noqa: N802 (http.server's name)
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.owner.asked.append(asked)
        self.owner.paths.append(self.path)
        if self.owner.mode == "slow":
            time.sleep(self.owner.pause)
        status, body = self.owner.answer_to(asked)
        self.send_response(302 if self.owner.mode == "elsewhere" else status)
        self.send_header("Location", self.owner.url + "/elsewhere")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._send(body[:len(body) // 2] if self.owner.mode == "cut" else body)

    def do_GET(self) -> None:  # noqa: N802
        self.owner.paths.append(self.path)
        self.send_error(404)

    def _send(self, body: bytes) -> None:
        try:
            for piece in [body] if self.owner.mode != "drip" else [body[n:n + 1] for n in range(len(body))]:
                self.wfile.write(piece)
                time.sleep(self.owner.pause if self.owner.mode == "drip" else 0)
        except OSError:
            return

    def log_message(self, format: str, *args) -> None:  # noqa: A002
        """Say nothing."""
