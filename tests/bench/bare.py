"""The least a server does: the same bytes for every request, 30 KB or those of a file."""

import sys
from pathlib import Path

import waitress

BODY = Path(sys.argv[2]).read_bytes() if len(sys.argv) > 2 else b"x" * 30_000


def app(_environ: object, start_response: object) -> list[bytes]:
    """A WSGI function."""
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
    start_response("200 OK", headers)  # type: ignore[operator]
    return [BODY]


if __name__ == "__main__":
    waitress.serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
