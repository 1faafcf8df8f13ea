"""Jinja2 for pages: search path, filters, and what every template may use.

Templates receive prepared values; filters only write dates, numbers and money in the
Vietnamese way.
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from pyramid.config import Configurator
from pyramid.csrf import get_csrf_token
from pyramid.events import BeforeRender

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def local(value: datetime) -> datetime:
    """An instant as a wall clock in Việt Nam shows it."""
    return value.astimezone(VIETNAM)


def date_vi(value: date | datetime | None) -> str:
    """23/11/2026."""
    if value is None:
        return ""
    day = local(value).date() if isinstance(value, datetime) else value
    return f"{day:%d/%m/%Y}"


def datetime_vi(value: datetime | None) -> str:
    """Thứ Tư, 25/04/2018, 09:04 (GMT+7)."""
    if value is None:
        return ""
    moment = local(value)
    return f"{WEEKDAYS[moment.weekday()]}, {moment:%d/%m/%Y, %H:%M} (GMT+7)"


def time_vi(value: datetime | None) -> str:
    """09:04, 25/04/2018."""
    return "" if value is None else f"{local(value):%H:%M, %d/%m/%Y}"


def number_vi(value: int) -> str:
    """33.143."""
    return f"{value:,}".replace(",", ".")


def money_vi(value: int) -> str:
    """20.000 đồng."""
    return f"{number_vi(value)} đồng"


def iso(value: date | datetime | None) -> str:
    """For ``<time datetime>``."""
    return "" if value is None else value.isoformat()


FILTERS = {
    "date_vi": date_vi,
    "datetime_vi": datetime_vi,
    "time_vi": time_vi,
    "number_vi": number_vi,
    "money_vi": money_vi,
    "iso": iso,
}


def add_globals(event: BeforeRender) -> None:
    """What every template may use, beside what its view prepared."""
    request = event["request"]
    if request is None:
        return
    event.setdefault("site", request.site)
    event.setdefault("asset_url", request.asset_url)
    event.setdefault("csrf_token", lambda: get_csrf_token(request))


def includeme(config: Configurator) -> None:
    """Undefined names are errors, so that a misspelt variable cannot print nothing."""
    settings: dict[str, Any] = {
        "jinja2.directories": "templates:",
        "jinja2.undefined": "strict",
        "jinja2.trim_blocks": True,
        "jinja2.lstrip_blocks": True,
        "jinja2.i18n.domain": "portal",
        "jinja2.filters": FILTERS,
        "jinja2.extensions": ["jinja2.ext.do"],
        "jinja2.bytecode_caching": False,
    }
    config.add_settings(settings)
    config.include("pyramid_jinja2")
    config.add_jinja2_renderer(".txt.jinja2")
    config.add_subscriber(add_globals, BeforeRender)
    config.action(None, _finish_environment, args=(config,), order=1)


def _finish_environment(config: Configurator) -> None:
    environment: jinja2.Environment = config.get_jinja2_environment()
    environment.auto_reload = config.registry["settings"].development
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
