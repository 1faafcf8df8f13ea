"""What editors wait for: saving an article with a past, lists of many articles, and how soon
readers see what was published. On a site with 50,000 articles."""

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import insert, select

from content.news.models import Article, ArticleStatus
from content.news.sections import USUAL
from content.seed.people import SAMPLE_PASSWORD
from content.writing.models import Revision
from portal.cli.program import Program
from tests.bench import server
from tests.bench.fields import fields_of
from tests.bench.figures import Figure

CHIEF = "truongbientap@example.vn"
SAVED = 20
ROUNDS = 15
SECTIONS = [slug for slug, *_more in USUAL]
FORM = "application/x-www-form-urlencoded"


def editing(site: Path) -> Iterator[Figure]:
    """All figures of this part; times as an editor or a reader waits for them."""
    port = server.free_port()
    with server.running(server.portal(site, "--no-worker"), port, "/healthz"):
        client = server.Client(port)
        sign_in(client)
        article = saved_often(site, client)
        yield Figure(f"lưu bài đã có {SAVED} lần lưu", saving(client, article), "ms", 500)
        reader = server.Client(port)
        lists = {
            "tin tức, trang đầu": ["/tin-tuc"],
            "tin tức, trang sâu": ["/tin-tuc?trang=2500"],
            "tin một chuyên mục": [f"/tin-tuc/{one}" for one in SECTIONS],
            "tin tức, Atom": ["/tin-tuc/feed.xml"],
        }
        for name, paths in lists.items():
            yield Figure(f"{name}, 50.000 bài", waiting(reader, paths), "ms", 500)
        yield Figure(
            "danh sách biên tập, 50.000 bài", waiting(client, ["/bien-tap/tin"]), "ms", 500
        )
        found = waiting(client, ["/bien-tap/tim?q=khoi+phuc+sau+bao"])
        yield Figure("tìm trong nội dung, 50.000 bài", found, "ms")
        yield Figure("bàn làm việc, 50.000 bài", waiting(client, ["/bien-tap"]), "ms", 500)
        yield Figure("từ lúc công bố đến lúc thấy", publishing(site, client, reader), "ms", 1000)


def sign_in(client: server.Client) -> None:
    """As the chief editor of the sample."""
    page = client.ask("GET", "/dang-nhap")[1].decode()
    post(client, "/dang-nhap", fields_of(page) | {"email": CHIEF, "password": SAMPLE_PASSWORD})


def post(client: server.Client, address: str, fields: dict[str, str]) -> str:
    """Send a form; returns where it leads."""
    body = urlencode(fields).encode()
    status, _page, headers = client.ask("POST", address, body, Content_Type=FORM)
    assert status == 303, (address, status)
    return headers["Location"]


def saved_often(site: Path, client: server.Client) -> int:
    """An article that was saved twenty times."""
    fields = {
        "title": "Bài đo", "lead": "Sa-pô.", "body": "Đoạn. " * 500, "section": "the-che",
    }  # fmt: skip
    page = client.ask("GET", "/bien-tap/tin/moi")[1].decode()
    location = post(client, "/bien-tap/tin/moi", fields_of(page) | fields)
    number = int(location.split("/bien-tap/tin/")[1].split("/")[0])
    for _ in range(SAVED - 1):
        save(client, number)
    with Program(str(site / "site.ini")) as program, program.reading() as session:
        kept = select(Revision.id).where(Revision.subject == f"article:{number}")
        assert len(session.scalars(kept).all()) >= SAVED
    return number


def save(client: server.Client, number: int) -> float:
    """Save once more; milliseconds from pressing the button."""
    address = f"/bien-tap/tin/{number}"
    fields = fields_of(client.ask("GET", address)[1].decode())
    fields["body"] += f"\n\nThêm lúc {time.perf_counter()}."
    return timed(lambda: post(client, address, fields))


def saving(client: server.Client, number: int) -> float:
    """The median of some savings."""
    return statistics.median(save(client, number) for _ in range(ROUNDS))


def waiting(client: server.Client, paths: list[str]) -> float:
    """The median of milliseconds for each address. Each time it is another address, so that
    no kept page is measured."""

    def ask(path: str) -> float:
        def once() -> None:
            status = client.ask("GET", path)[0]
            assert status == 200, (path, status)

        return timed(once)

    signs = ["&" if "?" in path else "?" for path in paths]
    asked = [
        f"{path}{sign}lan={number}"
        for number in range(ROUNDS)
        for path, sign in zip(paths, signs, strict=True)
    ]
    return statistics.median(map(ask, asked))


def publishing(site: Path, client: server.Client, reader: server.Client) -> float:
    """From pressing "Công bố bài" until a reader's request shows the article and the list
    names it: the very next requests must."""
    spent = []
    for number in range(3):
        page = client.ask("GET", "/bien-tap/tin/moi")[1].decode()
        title = f"Vừa công bố {number} {time.time_ns()}"
        fields = {"title": title, "lead": "Sa-pô.", "body": "Đoạn.", "section": "the-che"}
        preview = post(client, "/bien-tap/tin/moi", fields_of(page) | fields)
        article = int(preview.split("/bien-tap/tin/")[1].split("/")[0])
        with Program(str(site / "site.ini")) as program, program.reading() as session:
            slug = session.get_one(Article, article).slug
        token = fields_of(client.ask("GET", f"/bien-tap/tin/{article}")[1].decode())["csrf_token"]
        address = f"/bien-tap/tin/{article}/cong-bo"

        def publish(address: str = address, token: str = token, slug: str = slug) -> None:
            post(client, address, {"csrf_token": token})
            status, shown, _headers = reader.ask("GET", f"/tin-tuc/the-che/{slug}")
            assert status == 200
            assert "Vừa công bố" in shown.decode()

        spent.append(timed(publish))
        assert title in reader.ask("GET", "/tin-tuc/the-che")[1].decode()
    return statistics.median(spent)


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def add_articles(program: Program, wanted: int) -> None:
    """Fill a site up with published articles, a day's worth every few hours of the past."""
    now = datetime.now(UTC).timestamp()
    body = "<p>" + "Ủy ban nhân dân xã tiếp tục rà soát, khôi phục sau bão. " * 25 + "</p>"
    for start in range(0, wanted, 1000):
        rows = []
        for number in range(start, min(start + 1000, wanted)):
            at = datetime.fromtimestamp(now - 3600 - number * 1800, UTC)
            rows.append(
                {
                    "section_slug": SECTIONS[number % len(SECTIONS)],
                    "slug": f"bai-so-{number}",
                    "title": f"Bài số {number} về công việc của xã",
                    "lead": "Tóm tắt công việc trong tuần.",
                    "body": body,
                    "status": ArticleStatus.PUBLISHED,
                    "published_at": at,
                    "created_at": at,
                    "updated_at": at,
                }
            )
        with program.writing() as session:
            # Past the listeners: 50,000 events would take a quarter of an hour.
            session.execute(insert(Article), rows)
