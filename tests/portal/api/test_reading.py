"""The API keeps its contract: shapes, strict parameters, nothing invented."""

from typing import Any

import pytest

from tests.support.site import Site

LISTS = {
    "/api/v1/procedures": {"total", "page", "page_size", "items"},
    "/api/v1/news": {"total", "page", "page_size", "items"},
    "/api/v1/search?q=khai+sinh": {"query", "total", "did_you_mean", "items"},
    "/api/v1/search/suggest?q=khai": {"items"},
}
ITEM = "code slug name sector level agency status filing service_level time_limit fees as_of url"


def get(site: Site, path: str, **options: Any) -> Any:
    return site.client().get(path, **options).json


@pytest.mark.parametrize(("path", "keys"), LISTS.items(), ids=list(LISTS))
def test_lists_have_the_promised_shape(reading_site: Site, path: str, keys: set[str]) -> None:
    answer = get(reading_site, path)
    assert set(answer) == keys
    assert answer["items"]


def test_procedures_in_force_expired_and_all(reading_site: Site) -> None:
    totals = {
        status: get(reading_site, f"/api/v1/procedures?status={status}")["total"]
        for status in ("current", "expired", "all")
    }
    assert totals == {"current": 1452, "expired": 212, "all": 1664}
    [item, *_] = get(reading_site, "/api/v1/procedures")["items"]
    assert set(item) == set(ITEM.split())


def test_every_procedure_is_on_exactly_one_page(reading_site: Site) -> None:
    seen: list[str] = []
    for page in range(1, 18):
        path = f"/api/v1/procedures?status=all&page_size=100&page={page}"
        seen += [item["slug"] for item in get(reading_site, path)["items"]]
    assert len(seen) == len(set(seen)) == 1664
    beyond = get(reading_site, "/api/v1/procedures?page_size=100&page=999")
    assert beyond["items"] == []


def test_one_procedure_is_the_whole_published_version(reading_site: Site) -> None:
    one = get(reading_site, "/api/v1/procedures/1.004222")
    assert one["name"] == "Đăng ký thường trú"
    assert [fee["amount"] for fee in one["fee"]] == [20_000, 10_000]
    assert one["version"] == 1
    assert one["decision"]["is_sample"] is True
    assert "source" not in one
    assert all("source" not in variant for variant in one["local_variants"])


def test_a_code_with_an_agency_finds_the_base_code(reading_site: Site) -> None:
    one = get(reading_site, "/api/v1/procedures/1.001193.000.00.00.H26")
    assert one["code"] == "1.001193"


def test_a_code_at_two_levels_answers_for_each(reading_site: Site) -> None:
    commune = get(reading_site, "/api/v1/procedures/2.000815")
    district = get(reading_site, "/api/v1/procedures/2.000815?level=huyen")
    assert (commune["level"], district["level"]) == ("xã", "huyện")
    assert district["status"] != commune["status"]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=%D9%A3",
        "page_size=101",
        "page_size=99999999999999999999",
        "status=moi",
        "level=quan",
        "sector=khong-co",
        "la=1",
        "q=" + "a" * 501,
    ],
)
def test_a_wrong_parameter_is_named(reading_site: Site, query: str) -> None:
    answer = reading_site.client().get(f"/api/v1/procedures?{query}", status=422)
    assert answer.content_type == "application/problem+json"
    assert query.partition("=")[0] in answer.json["problems"]
    assert "tham số" in answer.json["detail"]


@pytest.mark.parametrize("path", ["procedures/9.999999", "procedures/khong-co", "news/khong-co"])
def test_what_is_not_there_is_404(reading_site: Site, path: str) -> None:
    assert get(reading_site, f"/api/v1/{path}", status=404)["status"] == 404


def test_the_description_covers_every_address(reading_site: Site) -> None:
    described = get(reading_site, "/api/v1/openapi.json")
    mapper = reading_site.app.app.routes_mapper
    routes = {one.pattern for one in mapper.get_routes() if one.name.startswith("api.")}
    assert set(described["paths"]) == routes - {"/api/v1/openapi.json"}


@pytest.mark.parametrize("path", list(LISTS))
def test_answers_fit_their_description(reading_site: Site, path: str) -> None:
    described = get(reading_site, "/api/v1/openapi.json")["paths"][path.partition("?")[0]]
    schema = described["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = get(reading_site, path)
    assert set(schema["required"]) == set(answer)
    item = schema["properties"]["items"]["items"]
    for one in answer["items"]:
        assert set(item["required"]) == set(one)
