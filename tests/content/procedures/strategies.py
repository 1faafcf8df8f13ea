"""Random catalogue records, valid ones."""

from typing import Any

from hypothesis import strategies as st

from content.procedures.kinds import Channel, Level
from content.procedures.validation import LIMIT_UNITS, SERVICE_LEVELS

_SIGNS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\x7f", include_characters="\n\tđĐơưâ"
)
texts = st.text(_SIGNS, max_size=40)
names = texts.filter(lambda text: text.strip())
some = st.none() | texts
channels = st.lists(st.sampled_from([one.value for one in Channel]), max_size=3)
amounts = st.none() | st.integers(0, 10**9)
counts = st.none() | st.integers(0, 20)
dates = st.none() | st.dates().map(lambda day: day.isoformat())
limits = st.none() | st.fixed_dictionaries(
    {
        "value": st.none() | st.integers(1, 400) | st.sampled_from([0.5, 2.5, 15, 7.0]),
        "unit": st.none() | st.sampled_from(LIMIT_UNITS),
        "text": some | st.sampled_from(["trong ngày; nhận sau 15 giờ thì hôm sau", "sau 15 giờ"]),
    }
)


def _some_keys(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=optional)


fees = _some_keys(
    kind=st.sampled_from([None, "phí", "lệ phí"]),
    amount=amounts,
    unit=some | st.just("USD/bản"),
    condition=some | st.sampled_from(["10 USD/người", "mức giảm 01/7/2025-31/12/2026"]),
    exempt=some,
    channels=channels,
    valid_from=dates,
)
papers = st.fixed_dictionaries(
    {"name": names},
    optional={
        "originals": counts,
        "copies": counts,
        "form_name": some,
        "case": some,
        "obligatory": st.none() | st.booleans(),
    },
)
bases = st.fixed_dictionaries({"number": names}, optional={"date": dates})


def records() -> st.SearchStrategy[dict[str, Any]]:
    """A record with any subset of the keys; ``name`` and ``level`` always stand there."""
    level = st.sampled_from([one.value for one in Level])
    return st.fixed_dictionaries(
        {"name": names, "level": level},
        optional={
            "code": st.none() | st.from_regex(r"[1-6]\.[0-9]{6}", fullmatch=True),
            "local_code": some,
            "field": some,
            "field_group": some,
            "authority": some,
            "ministry": some,
            "time_limit": limits,
            "local_limit": limits,
            "fee": st.lists(fees, max_size=3),
            "channels": channels,
            "dossier": st.lists(papers, max_size=4),
            "dossier_total": st.integers(0, 50),
            "forms": st.lists(_some_keys(code=some, file=some, **{"for": some}), max_size=3),
            "legal_bases": st.lists(bases, max_size=3),
            "service_level": st.none() | st.sampled_from([*SERVICE_LEVELS, 4, "3", "mức độ 2"]),
            "result": some,
            "applicants": st.none() | st.lists(names, max_size=4),
            "requirements": some,
            "as_of": some | st.sampled_from(["2026-07", "2021", "trước 2024 (nơi khác)"]),
            "source": some,
            "official_url": st.sampled_from([None, "https://dichvucong.gov.vn/a"]),
            "missing": st.lists(names, max_size=2),
            "completeness": st.sampled_from([None, "full", "listing"]),
            "steps": st.none() | st.lists(names, max_size=2),
            "sets": st.none() | st.integers(1, 5),
            "unheard_of": st.none() | st.lists(texts | st.integers() | st.floats(0, 9), max_size=2),
        },
    )
