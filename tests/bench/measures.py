"""What is measured, one function for each part of the table."""

import json
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode

from content.letters.render import Letters
from portal.cli.program import Program
from search.service import SearchRequest, SearchService
from search.whoosh_index import WhooshIndex
from tests.bench import again, server
from tests.bench.dossiers import many_dossiers
from tests.bench.editing import editing
from tests.bench.fields import fields_of
from tests.bench.figures import Figure, percentile
from tests.content.letters.making import ALL
from tests.support.filing import fill_in, sign_in

ROUNDS = 3
CITIZEN = "congdan@example.vn"
MIX = (
    "khai sinh", "đăng ký", "đất đai", "giấy phép xây dựng", "dang ky ket hon",
    "cấp lại thẻ căn cước", "ho kinh doanh", "chứng thực bản sao từ bản chính",
    "tro cap xa hoi hang thang", "giấy chứng nhận", "thu hồi đất", "xe máy",
    "khong co gi ca", "zzzz", "bảo hiểm y tế", "cap giay phep lai xe quoc te",
    "đăng ký thường trú", "nuôi con nuôi", "ly lich tu phap", "ô tô",
)  # fmt: skip


def measure(site: Path, sample: Path, newsroom: Path) -> Iterator[Figure]:
    """All figures, in the order of the table: ``site`` is the one with many procedures,
    ``newsroom`` the one with many articles."""
    yield from over_http(site)
    yield from again.pages(site, codes(site)[0])
    yield from searching(site)
    yield from starting(site)
    yield from papers()
    yield from memory(sample, "danh mục thật", 200, 300)
    yield from memory(site, "5.000 thủ tục")
    yield from editing(newsroom)
    yield from many_dossiers()


def papers() -> Iterator[Figure]:
    """CPU of one paper as PDF, warm: the slowest form on A4 and the middle of all."""
    letters, spent = Letters(), []
    for make in ALL:
        letter = make()
        letters.make(letter)
        before = time.process_time()
        for _ in range(5):
            letters.make(letter)
        spent.append((time.process_time() - before) / 5 * 1000)
    yield Figure("một văn bản PDF, biểu chậm nhất (CPU)", max(spent), "ms", 40)
    yield Figure("một văn bản PDF, trung vị (CPU)", statistics.median(spent), "ms", 40)


def codes(site: Path) -> list[str]:
    """Codes of procedures to ask for, spread over the catalogue; some local ones have none."""
    lines = (site / "more.jsonl").read_text("utf-8").splitlines()
    return [code for line in lines[::17] if (code := json.loads(line)["code"])]


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
        server.running(server.portal(site, "--no-worker"), port, PORTAL_PAGE_CACHE="0") as pid,
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
        posting = form_post(site, pid, port)
        yield Figure("một bước biểu mẫu được lưu (CPU)", posting, "ms", 8, posting / least)


def search_paths() -> list[str]:
    """Addresses that no cache has seen: each query with a word of its own."""
    more = ("", " mới", " lại", " xã", " tỉnh", " cấp", " đổi", " hồ sơ")
    return [f"/tim-kiem?q={quote(words + word)}" for word in more for words in MIX]


def form_post(site: Path, pid: int, port: int) -> float:
    """Milliseconds of CPU for one step of the real form CT01, checked and stored."""
    client = server.Client(port)
    with Program(str(site / "site.ini")) as program, program.writing() as session:
        client.cookies |= sign_in(session, CITIZEN)
        draft = fill_in(session, program.file_store, CITIZEN)
    address = f"/nop-ho-so/1.004222/{draft.key}/buoc/nguoi_ke_khai"
    page = client.ask("GET", address)[1].decode()
    count, warm_up = 100, 5
    before = 0.0
    for number in range(-warm_up, count):
        if number == 0:
            before = server.cpu_seconds(pid)
        fields = {**fields_of(page), "nguoi_ke_khai_ho_ten": f"Nguyễn Thị Mẫu {number}"}
        status, _, headers = client.ask(
            "POST",
            address,
            urlencode(fields).encode(),
            Content_Type="application/x-www-form-urlencoded",
        )
        assert status == 303, status
        assert "chu_ho" in headers["Location"], headers["Location"]
    spent = server.cpu_seconds(pid) - before
    assert f"Nguyễn Thị Mẫu {count - 1}" in client.ask("GET", address)[1].decode()
    return spent / count * 1000


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
    """From the start of the process to the first page."""
    times = []
    for _ in range(ROUNDS):
        port = server.free_port()
        start = time.perf_counter()
        with server.running(server.portal(site, "--no-worker"), port):
            times.append(time.perf_counter() - start)
    yield Figure("khởi động đến trang đầu tiên", statistics.median(times), "s", 3)


def memory(
    site: Path, catalogue: str, web: float | None = None, both: float | None = None
) -> Iterator[Figure]:
    """What the web process holds after load, alone and with the worker beside it."""
    port = server.free_port()
    pages = [f"/thu-tuc?trang={n}" for n in range(1, 60)]
    pages += [f"/thu-tuc/{code}" for code in codes(site)] + search_paths()
    with server.running(server.portal(site), port) as pid:
        client = server.Client(port)
        for path in ["/", *pages * 2]:
            status = client.ask("GET", path)[0]
            assert status == 200, path
        form_post(site, pid, port)
        alone = server.resident_mb(pid)
        workers = server.children(pid)
        assert workers, "the worker is not there"
        total = sum(map(server.shared_out_mb, [pid, *workers]))
    yield Figure(f"bộ nhớ web sau tải, {catalogue}", alone, "MB", web)
    yield Figure(f"bộ nhớ web và worker, {catalogue}", total, "MB", both)
