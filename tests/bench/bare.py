"""The least a server does: the same 30 KB for every request."""

import sys

import waitress

BODY = b"x" * 30_000


def app(_environ: object, start_response: object) -> list[bytes]:
    """A WSGI function."""
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
    start_response("200 OK", headers)  # type: ignore[operator]
    return [BODY]


if __name__ == "__main__":
    waitress.serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
