"""What a draft still lacks before it can be published (NĐ 63/2010/NĐ-CP art. 8).

``gaps`` are the mandatory parts, without which nothing is handed over for a decision;
``advice`` names parts that apply to most procedures and that readers look for. Says
what is missing and in which section, never guesses a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from content.errors import Invalid
from content.procedures.records import Record


@dataclass(frozen=True)
class Gap:
    """One part that is not there: path in the record, words, section of the screen."""

    path: str
    words: str
    section: str


#: Mandatory parts: (key, words, section), in the order of the law.
MANDATORY = (
    ("name", "tên thủ tục", "chung"),
    ("field", "lĩnh vực", "chung"),
    ("steps", "trình tự thực hiện", "trinh-tu"),
    ("channels", "cách thức thực hiện", "cach-thuc"),
    ("dossier", "thành phần hồ sơ", "giay-to"),
    ("sets", "số bộ hồ sơ", "giay-to"),
    ("time_limit", "thời hạn giải quyết", "thoi-han"),
    ("applicants", "đối tượng thực hiện", "doi-tuong"),
    ("legal_bases", "căn cứ pháp lý", "can-cu"),
)
ADVISED = (
    ("fee", "phí, lệ phí (không thu thì ghi mức 0)", "phi"),
    ("result", "kết quả thực hiện", "ket-qua"),
    ("forms", "mẫu đơn, tờ khai", "bieu-mau"),
    ("service_level", "mức độ trực tuyến", "chung"),
)


def gaps(record: Record) -> tuple[Gap, ...]:
    """Everything that stops a publication, in the order of the law."""
    return (
        *(Gap(*one) for one in MANDATORY if _is_empty(record, one[0])),
        *_half_given(record),
    )


def advice(record: Record) -> tuple[Gap, ...]:
    """What is usually there and does not stop a publication."""
    return tuple(Gap(*one) for one in ADVISED if _is_empty(record, one[0]))


def demand(record: Record) -> None:
    """Raises ``Invalid`` (code ``incomplete``) with a problem at each path that is missing."""
    found = gaps(record)
    if found:
        raise Invalid({gap.path: "required" for gap in found}, "incomplete")


def _is_empty(record: Record, key: str) -> bool:
    value = record.get(key)
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())


def _half_given(record: Record) -> Iterator[Gap]:
    agencies = record.get("agencies") or {}
    if not (record.get("authority") or agencies.get("decides")):
        yield Gap("agencies.decides", "cơ quan có thẩm quyền giải quyết", "co-quan")
    limit = record.get("time_limit")
    if limit and limit.get("value") is None and not limit.get("text"):
        yield Gap("time_limit.value", "số của thời hạn giải quyết", "thoi-han")
    elif limit and limit.get("value") is not None and not limit.get("unit"):
        yield Gap("time_limit.unit", "đơn vị của thời hạn giải quyết", "thoi-han")
    for place, fee in enumerate(record.get("fee") or ()):
        if fee.get("amount") is None and not fee.get("condition"):
            words = f"mức thu của phí, lệ phí {place + 1}"
            yield Gap(f"fee[{place}].amount", words, "phi")
    for place, paper in enumerate(record.get("dossier") or ()):
        if paper.get("originals") is None and paper.get("copies") is None:
            words = f"số bản chính, bản sao của giấy tờ {place + 1}"
            yield Gap(f"dossier[{place}].originals", words, "giay-to")
