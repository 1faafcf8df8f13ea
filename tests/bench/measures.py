"""What is measured, one function for each part of the table."""

import json
import re
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode

from search.service import SearchRequest, SearchService
from search.whoosh_index import WhooshIndex
from tests.bench import server
from tests.bench.figures import Figure, percentile

ROUNDS = 3
MIX = (
    "khai sinh", "đăng ký", "đất đai", "giấy phép xây dựng", "dang ky ket hon",
    "cấp lại thẻ căn cước", "ho kinh doanh", "chứng thực bản sao từ bản chính",
    "tro cap xa hoi hang thang", "giấy chứng nhận", "thu hồi đất", "xe máy",
    "khong co gi ca", "zzzz", "bảo hiểm y tế", "cap giay phep lai xe quoc te",
    "đăng ký thường trú", "nuôi con nuôi", "ly lich tu phap", "ô tô",
)  # fmt: skip


def measure(site: Path) -> Iterator[Figure]:
    """All figures, in the order of the table."""
    yield from over_http(site)
    yield from searching(site)
    yield from starting(site)


def codes(site: Path) -> list[str]:
    """Codes of procedures to ask for, spread over the catalogue."""
    lines = (site / "more.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["code"] for line in lines[::17]]


def over_http(site: Path) -> Iterator[Figure]:
    """CPU of one web process for each kind of page, beside the bare server."""
    bare_port, port = server.free_port(), server.free_port()
    pages = (
        ("danh sách có bộ lọc, không lưu đệm", 5, [f"/thu-tuc?trang={n}" for n in range(1, 60)]),
        ("một thủ tục, không lưu đệm", 3, [f"/thu-tuc/{code}" for code in codes(site)]),
        ("trang tìm kiếm, không lưu đệm", 10, search_paths()),
    )
    with (
        server.running(server.bare(bare_port), bare_port) as bare,
        server.running(server.portal(site, "--no-worker"), port) as pid,
    ):
        rounds: dict[str, list[float]] = {name: [] for name, _, _ in pages}
        bare_rounds = []
        for _ in range(ROUNDS):
            bare_rounds.append(server.cpu_per_request(bare, bare_port, ["/"], 2000))
            for name, _, paths in pages:
                rounds[name].append(server.cpu_per_request(pid, port, paths, 150))
        least = statistics.median(bare_rounds)
        yield Figure("waitress trần (CPU một yêu cầu)", least, "ms")
        for name, budget, _ in pages:
            value = statistics.median(rounds[name])
            yield Figure(name, value, "ms", budget, value / least)
        posting = form_post(pid, port)
        yield Figure("một bước biểu mẫu được lưu (CPU)", posting, "ms", 8, posting / least)
        yield Figure("bộ nhớ tiến trình web sau tải", server.resident_mb(pid), "MB", 200)


def search_paths() -> list[str]:
    """Addresses that no cache has seen: each query with a word of its own."""
    more = ("", " mới", " lại", " xã", " tỉnh", " cấp", " đổi", " hồ sơ")
    return [f"/tim-kiem?q={quote(words + word)}" for word in more for words in MIX]


def form_post(pid: int, port: int) -> float:
    """Milliseconds of CPU for one step of a real form, stored."""
    client = server.Client(port)
    page = begin_draft(client)
    fields = hidden_fields(page)
    text_fields = re.findall(r'name="([^"]+)"[^>]*type="text"|type="text"[^>]*name="([^"]+)"', page)
    fields |= {(a or b): "Nguyễn Thị Mẫu" for a, b in text_fields}
    action = re.search(r'<form[^>]*action="(/nop-ho-so/[^"]+)"', page)
    assert action, page[:500]
    body = urlencode(fields).encode()
    kind = "application/x-www-form-urlencoded"
    count = 100
    before = server.cpu_seconds(pid)
    for _ in range(count):
        status, content, _ = client.ask("POST", action[1], body, Content_Type=kind)
        assert status in (200, 303, 422), (status, content[:300])
    return (server.cpu_seconds(pid) - before) / count * 1000


def hidden_fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


def begin_draft(client: server.Client, code: str = "1.004222") -> str:
    """Begin an application on the form CT01; gives the page of its first step."""
    _, content, _ = client.ask("GET", f"/nop-ho-so/{code}")
    page = content.decode()
    fields = hidden_fields(page)
    for name in dict.fromkeys(re.findall(r'<(?:select|input)[^>]*name="([^"]+)"', page)):
        option = re.search(rf'name="{name}".*?<option value="([^"]+)"', page, re.DOTALL)
        radio = re.search(rf'<input[^>]*type="radio"[^>]*name="{name}"[^>]*value="([^"]+)"', page)
        if name not in fields and (radio or option):
            fields[name] = (radio or option)[1]
    status, _, headers = client.ask(
        "POST", f"/nop-ho-so/{code}", urlencode(fields).encode(),
        Content_Type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert status == 303, status
    path = headers["Location"].split("/", 3)[-1]
    _, content, _ = client.ask("GET", "/" + path)
    return content.decode()


def searching(site: Path) -> Iterator[Figure]:
    """The embedded index in this process, nothing cached."""
    index = WhooshIndex(site / "index")
    now = datetime.now(UTC)
    times = []
    for round_ in range(5):
        service = SearchService(index)
        for words in islice(cycle(MIX), len(MIX)):
            asked = words if round_ else words + " "
            start = time.perf_counter()
            service.search(SearchRequest(asked, now))
            if round_:
                times.append((time.perf_counter() - start) * 1000)
    yield Figure("tìm kiếm p50, 5.000 thủ tục", percentile(times, 0.5), "ms")
    yield Figure("tìm kiếm p95, 5.000 thủ tục", percentile(times, 0.95), "ms", 20)


def starting(site: Path) -> Iterator[Figure]:
    """From the start of the process to the first page; memory with the worker."""
    times = []
    for _ in range(ROUNDS):
        port = server.free_port()
        start = time.perf_counter()
        with server.running(server.portal(site, "--no-worker"), port):
            times.append(time.perf_counter() - start)
    yield Figure("khởi động đến trang đầu tiên", statistics.median(times), "s", 3)
    port = server.free_port()
    with server.running(server.portal(site), port) as pid:
        client = server.Client(port)
        for path in ["/", "/thu-tuc", *search_paths()[:40]]:
            client.ask("GET", path)
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        total = server.resident_mb(pid) + sum(server.resident_mb(int(one)) for one in children)
        yield Figure("bộ nhớ web và worker", total, "MB", 300)
