"""The national portal and a document management, as a process of their own that speaks HTTP.

``python -m tests.support.counterpart PORT`` knows nothing of ours: it keeps what it is given,
by key, and answers as told to at ``/__mode``. A test stops it, starts it again on the same
port, and asks at ``/__kept`` what it has.
"""

import contextlib
import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.bench.server import free_port

SECRET = "bi-mat-lien-thong"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Kept:
    """What the counterpart knows and how it behaves."""

    def __init__(self) -> None:
        self.turn = threading.Lock()
        self.mode = ""
        self.messages: list[dict[str, Any]] = []
        self.tries: list[str] = []
        self.waiting: list[dict[str, Any]] = []
        self.drafts: dict[str, dict[str, Any]] = {}
        self.signed: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}

    def told(self) -> dict[str, Any]:
        return {"messages": self.messages, "tries": self.tries, "drafts": self.drafts}


class Handler(BaseHTTPRequestHandler):
    """One question."""

    protocol_version = "HTTP/1.1"
    kept: Kept

    def do_GET(self) -> None:
        if self.path == "/__kept":
            return self.answer(self.kept.told())
        if self._misbehaved():
            return None
        if self.path == "/ho-so-cho-nhan":
            return self.answer({"HoSo": self.kept.waiting})
        if self.path == "/van-ban/da-xu-ly":
            return self.answer({"VanBan": self.kept.signed})
        content = self.kept.files.get(self.path)
        if content is None:
            return self.answer({}, 404)
        return self.send(200, content, "application/octet-stream")

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.startswith("/__"):
            return self.control(body)
        if self.path == "/thong-diep":
            self.kept.tries.append(body["KhoaThongDiep"])
        if self._misbehaved():
            return None
        with self.kept.turn:
            told = {"/thong-diep": self.message, "/van-ban": self.draft}.get(self.path)
            return (told or self.confirmed)(body)

    def message(self, body: dict[str, Any]) -> None:
        if self.kept.mode == "elsewhere" and body["LoaiThongDiep"] != "TraLoi":
            return self.answer({"MaLoi": "2", "ThongBao": "Bộ đã xác nhận trạng thái 9."})
        if self.kept.mode == "refuse":
            return self.answer({"MaLoi": 15, "ThongBao": "Không có thủ tục này"})
        known = body["KhoaThongDiep"] in [one["KhoaThongDiep"] for one in self.kept.messages]
        if not known:
            self.kept.messages.append(body)
        if body["LoaiThongDiep"] == "TraLoi":
            number = body["DuLieu"]["MaHoSo"]
            self.kept.waiting = [one for one in self.kept.waiting if one["MaHoSo"] != number]
        if self.kept.mode == "lost":
            # Taken, and the line broke before the answer.
            self.close_connection = True
            return None
        return self.answer({"MaLoi": "1" if known else "0", "ThongBao": ""})

    def draft(self, body: dict[str, Any]) -> None:
        if self.kept.mode == "refuse":
            return self.answer({"ThongBao": "Dự thảo sai thể thức"}, 422)
        known = self.kept.drafts.setdefault(body["Khoa"], body)
        known["MaVanBan"] = f"VB-{list(self.kept.drafts).index(body['Khoa']) + 1}"
        return self.answer({"MaVanBan": known["MaVanBan"]})

    def confirmed(self, body: dict[str, Any]) -> None:
        left = [one for one in self.kept.signed if one["MaVanBan"] != body["MaVanBan"]]
        self.kept.signed = left
        return self.answer({})

    def control(self, body: dict[str, Any]) -> None:
        self.kept.mode = body.get("mode", self.kept.mode)
        self.kept.waiting += body.get("waiting", [])
        self.kept.signed += body.get("signed", [])
        self.kept.files |= {k: v.encode("latin-1") for k, v in body.get("files", {}).items()}
        return self.answer({})

    def _misbehaved(self) -> bool:
        if self.headers.get("Authorization") != f"Bearer {SECRET}":
            self.answer({}, 401)
        elif self.kept.mode == "error":
            self.send(500, b"<h1>loi</h1>", "text/html")
        elif self.kept.mode == "nonsense":
            self.send(200, b"<h1>bao tri</h1>", "text/html")
        elif self.kept.mode == "elsewhere-host":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.kept.mode == "slow":
            time.sleep(3)
            self.close_connection = True
        else:
            return False
        return True

    def answer(self, told: dict[str, Any], status: int = 200) -> None:
        self.send(status, json.dumps(told).encode(), "application/json")

    def send(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Nothing: a test reads its own output."""


class Counterpart:
    """The process, always on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.support.counterpart", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def set(self, **told: Any) -> None:
        """``mode``: "", error, slow, nonsense, lost, refuse, elsewhere; ``waiting``: dossiers
        to be fetched; ``signed``: documents; ``files``: bytes as Latin-1 by their path."""
        self._ask("POST", "/__mode", told)

    def kept(self) -> dict[str, Any]:
        return self._ask("GET", "/__kept")

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, None if body is None else json.dumps(body))
            return json.loads(connection.getresponse().read())


@contextlib.contextmanager
def counterpart() -> Iterator[Counterpart]:
    """One that runs."""
    found = Counterpart()
    try:
        found.start()
        yield found
    finally:
        found.stop()


if __name__ == "__main__":
    Handler.kept = Kept()
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
    server.daemon_threads = True
    print("ready", flush=True)
    server.serve_forever()
