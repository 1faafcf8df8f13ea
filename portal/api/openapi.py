"""The description of the API: OpenAPI 3.1, made from one table of addresses.

A test compares it with the routes, so that none is missing or left over.
"""

from typing import Any

from pyramid.request import Request
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.view import view_config

from content.figures.public import as_json
from content.figures.settling import Settling
from portal.api.parameters import MAX_PAGE, MAX_PAGE_SIZE, MAX_QUERY, PAGE_SIZE
from portal.api.procedures import LEVELS, STATUSES
from portal.api.search import TYPES
from portal.api.statistics import BY

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer", "minimum": 0}


def fields(**properties: Schema) -> Schema:
    """An object with all of these properties."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def listed(item: Schema, **more: Schema) -> Schema:
    """A page of a list."""
    items = {"type": "array", "items": item}
    return fields(total=WHOLE, page=WHOLE, page_size=WHOLE, items=items, **more)


def query(name: str, schema: Schema, words: str) -> Schema:
    """A parameter of the query."""
    return {"name": name, "in": "query", "schema": schema, "description": words}


def path(name: str, words: str) -> Schema:
    """A parameter of the path."""
    return {"name": name, "in": "path", "required": True, "schema": TEXT, "description": words}


PAGING = [
    query("page", {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}, "Trang"),
    query(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE},
        "Số mục một trang",
    ),
]
Q = query("q", {"type": "string", "maxLength": MAX_QUERY}, "Từ cần tìm, có dấu hoặc không dấu")
PROCEDURE = fields(
    code=MAYBE_TEXT,
    slug=TEXT,
    name=TEXT,
    sector=MAYBE_TEXT,
    level=TEXT,
    agency=MAYBE_TEXT,
    status=TEXT,
    filing=MAYBE_TEXT,
    service_level=MAYBE_TEXT,
    time_limit=TEXT,
    fees=TEXT,
    as_of=MAYBE_TEXT,
    url=TEXT,
)
WHOLE_PROCEDURE = {
    "type": "object",
    "description": "Bản công bố theo định dạng danh mục, thêm version, valid_from, decision",
    "properties": {
        "code": MAYBE_TEXT,
        "name": TEXT,
        "version": WHOLE,
        "valid_from": MAYBE_TEXT,
        "reception_place": {"type": ["object", "null"]},
        "decision": {"type": ["object", "null"]},
    },
    "required": ["code", "name", "version", "valid_from", "reception_place", "decision"],
}
HIT = fields(
    type=TEXT,
    code=MAYBE_TEXT,
    slug=TEXT,
    level=MAYBE_TEXT,
    status=MAYBE_TEXT,
    title=TEXT,
    snippet=TEXT,
    url=TEXT,
    score={"type": "number"},
)
SUGGESTION = fields(text=TEXT, type=TEXT, url=TEXT)
NEWS = fields(
    slug=TEXT,
    title=TEXT,
    lead=TEXT,
    section=TEXT,
    published_at=MAYBE_TEXT,
    author=MAYBE_TEXT,
    source=MAYBE_TEXT,
    url=TEXT,
)
DAY: Schema = {"type": "string", "format": "date"}
SETTLED: dict[str, Schema] = {
    **dict.fromkeys(as_json(Settling()), WHOLE),
    "on_time_share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
}
PROBLEM = fields(title=TEXT, status=WHOLE, detail=TEXT)

#: address → (summary, parameters, what it answers)
OPERATIONS: dict[str, tuple[str, list[Schema], Schema]] = {
    "/api/v1/procedures": (
        "Danh mục thủ tục đang áp dụng",
        [
            *PAGING,
            Q,
            query("status", {"enum": sorted(STATUSES)}, "current (mặc định), all, expired"),
            query("sector", TEXT, "Lĩnh vực: tên hoặc địa chỉ"),
            query("agency", TEXT, "Cơ quan: tên hoặc địa chỉ"),
            query("level", {"enum": sorted(LEVELS)}, "Cấp thực hiện"),
            query("service_level", TEXT, "Mức độ dịch vụ công trực tuyến"),
        ],
        listed(PROCEDURE),
    ),
    "/api/v1/procedures/{code}": (
        "Một thủ tục, toàn bộ bản đang công bố",
        [
            path("code", "Mã thủ tục, hoặc địa chỉ khi chưa có mã"),
            query("level", {"enum": sorted(LEVELS)}, "Cấp, khi một mã có ở hai cấp"),
        ],
        WHOLE_PROCEDURE,
    ),
    "/api/v1/search": (
        "Tìm mọi nội dung công khai",
        [*PAGING, Q, query("type", {"enum": sorted(TYPES)}, "Loại nội dung")],
        fields(
            query=TEXT,
            total=WHOLE,
            did_you_mean=MAYBE_TEXT,
            items={"type": "array", "items": HIT},
        ),
    ),
    "/api/v1/search/suggest": (
        "Gợi ý khi đang gõ",
        [Q],
        fields(items={"type": "array", "items": SUGGESTION}),
    ),
    "/api/v1/dossiers/{code}": (
        "Hồ sơ làm đến đâu; chỉ mã và tiến độ",
        [path("code", "Mã hồ sơ hoặc mã tra cứu")],
        fields(code=TEXT, progress={"type": "object"}),
    ),
    "/api/v1/statistics": (
        "Số liệu công khai về giải quyết hồ sơ",
        [
            query("from", DAY, "Từ ngày; mặc định ngày đầu tháng này"),
            query("to", DAY, "Đến ngày; mặc định hôm nay"),
            query("by", {"enum": sorted(BY)}, "sector (mặc định), agency, month, channel"),
        ],
        {
            "type": "object",
            "properties": {
                **dict.fromkeys(("from", "to", "by", "source"), TEXT),
                "definitions": {"type": "array", "items": TEXT},
                "items": {"type": "array", "items": fields(key=MAYBE_TEXT, name=TEXT, **SETTLED)},
                "total": fields(**SETTLED),
            },
            "required": ["from", "to", "by", "source", "definitions", "items", "total"],
        },
    ),
    "/api/v1/news": (
        "Tin cải cách hành chính",
        [*PAGING, query("section", {"type": "string"}, "Chuyên mục: địa chỉ sau /tin-tuc/")],
        listed(NEWS),
    ),
    "/api/v1/news/{slug}": (
        "Một bài viết",
        [path("slug", "Địa chỉ bài viết")],
        {
            "allOf": [
                NEWS,
                fields(tags={"type": "array", "items": TEXT}, body_html=TEXT),
            ]
        },
    ),
}


def operation(summary: str, parameters: list[Schema], answer: Schema) -> Schema:
    """A GET of the description."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": summary,
                    "content": {"application/json": {"schema": answer}},
                },
                "4XX": {"description": "Yêu cầu không hợp lệ (RFC 9457)", "content": problem},
            },
        }
    }


@view_config(route_name="api.openapi", renderer="json", permission=NO_PERMISSION_REQUIRED)
def openapi(request: Request) -> dict[str, Any]:
    """The description itself."""
    return {
        "openapi": "3.1.0",
        "info": {"title": request.site.name, "version": "1"},
        "servers": [{"url": request.site.base_url}],
        "paths": {address: operation(*given) for address, given in OPERATIONS.items()},
        "components": {"schemas": {"Problem": PROBLEM}},
    }
