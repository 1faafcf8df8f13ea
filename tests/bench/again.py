"""The same public page again: what the portal adds to a server that gives the same bytes."""

import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench import server
from tests.bench.figures import Figure

ROUNDS = 7
ASKED = 1_500
PACKED = {"Accept_Encoding": "gzip", "User_Agent": "Mozilla/5.0 (Linux; Android 10)"}


def pages(site: Path, code: str) -> Iterator[Figure]:
    """CPU above the bare server for each kind of page; median of interleaved rounds."""
    asked = {
        "danh sách": "/thu-tuc",
        "một thủ tục": f"/thu-tuc/{code}",
        "tìm kiếm": "/tim-kiem?q=khai+sinh",
        "tin tức": "/tin-tuc",
    }
    with ExitStack() as stack:
        port = server.free_port()
        pid = stack.enter_context(server.running(server.portal(site, "--no-worker"), port))
        client = server.Client(port)
        for name, path in asked.items():
            status, body, _headers = client.ask("GET", path, **PACKED)
            assert status == 200, path
            bytes_of_page = stack.enter_context(tempfile.NamedTemporaryFile())
            bytes_of_page.write(body)
            bytes_of_page.flush()
            bare_port = server.free_port()
            bare = stack.enter_context(
                server.running(server.bare(bare_port, bytes_of_page.name), bare_port)
            )
            more, ratio = [], []
            for _ in range(ROUNDS):
                least = server.cpu_per_request(bare, bare_port, ["/"], ASKED, **PACKED)
                whole = server.cpu_per_request(pid, port, [path], ASKED, **PACKED)
                more.append(whole - least)
                ratio.append(whole / least)
            yield Figure(
                f"xem lại {name}: CPU thêm vào waitress trần",
                statistics.median(more),
                "ms",
                0.1,
                statistics.median(ratio),
            )
