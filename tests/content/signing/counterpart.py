"""A remote signing service and a timestamp authority: ``python -m … FOLDER``.

A process of its own that speaks HTTP and knows nothing of ours: it has keys and answers.
"""

import base64
import json
import sys
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, utils
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

SECRET = "bi-mat-cua-cong"


class Counterpart(BaseHTTPRequestHandler):
    """``/certificate``, ``/sign``, ``/tsa``; ``/broken/…`` answers nonsense."""

    folder: Path
    moment: datetime

    def do_GET(self) -> None:
        if self.path.startswith("/broken"):
            return self.answer(200, b"not json")
        if not self.known():
            return self.answer(401, b"{}")
        told = {"certificates": [self.der("leader"), self.der("root")]}
        return self.answer(200, json.dumps(told).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/tsa":
            return self.stamp(body)
        if not self.known():
            return self.answer(401, b"{}")
        told = json.loads(body)
        digest = base64.b64decode(told["digest"])
        (self.folder / "asked.json").write_text(json.dumps(told), "utf-8")
        key = serialization.load_pem_private_key((self.folder / "leader.key").read_bytes(), None)
        raw = key.sign(digest, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))
        answer = {"signature": base64.b64encode(raw).decode()}
        return self.answer(200, json.dumps(answer).encode())

    def stamp(self, body: bytes) -> None:
        content = (self.folder / "stamper.p12").read_bytes()
        bundle = pkcs12.load_pkcs12(content, b"mat-khau-khoa")
        der = serialization.Encoding.DER
        private = bundle.key.private_bytes(
            der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        stamper = DummyTimeStamper(
            x509.Certificate.load(bundle.cert.certificate.public_bytes(der)),
            keys.PrivateKeyInfo.load(private),
            fixed_dt=self.moment,
        )
        answer = stamper.request_tsa_response(tsp.TimeStampReq.load(body))
        self.answer(200, answer.dump())

    def known(self) -> bool:
        return self.headers.get("Authorization") == f"Bearer {SECRET}"

    def der(self, name: str) -> str:
        return base64.b64encode((self.folder / f"{name}.der").read_bytes()).decode()

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Nothing: a test reads its own output."""


if __name__ == "__main__":
    Counterpart.folder = Path(sys.argv[1])
    Counterpart.moment = datetime.fromisoformat(sys.argv[2])
    server = HTTPServer(("127.0.0.1", 0), Counterpart)
    print(server.server_port, flush=True)
    server.serve_forever()
