"""Settings of the exchange with other systems; read by ``portal.settings`` with all others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.setting_values import at_least_one, flag
from portal.signing_settings import Row, address


@dataclass(frozen=True)
class Exchange:
    """Which systems are talked to: an empty address means none. The secrets are what this
    installation proves itself with; ``patience`` is in seconds. ``whole_day``: appointments are
    told as 23:59:59 of their day and not as the end of office hours."""

    national_url: str = ""
    national_secret: str = ""
    whole_day: bool = False
    documents_url: str = ""
    documents_secret: str = ""
    patience: int = 20


#: Name, variable, how it is read, default, what it is for.
ROWS: tuple[Row, ...] = (
    (
        "exchange.national_url",
        "PORTAL_EXCHANGE_NATIONAL_URL",
        address,
        "",
        "Where dossiers are exchanged with the national portal; empty: no exchange",
    ),
    (
        "exchange.national_secret",
        "PORTAL_EXCHANGE_NATIONAL_SECRET",
        str.strip,
        "",
        "What this installation and the national portal prove themselves with to each other",
    ),
    (
        "exchange.whole_day",
        "PORTAL_EXCHANGE_WHOLE_DAY",
        flag,
        "false",
        "Whether the national portal is told the end of the day (23:59:59) as the appointment",
    ),
    (
        "exchange.documents_url",
        "PORTAL_EXCHANGE_DOCUMENTS_URL",
        address,
        "",
        "The document management that signs and numbers drafts; empty: none",
    ),
    (
        "exchange.documents_secret",
        "PORTAL_EXCHANGE_DOCUMENTS_SECRET",
        str.strip,
        "",
        "What this installation proves itself with to the document management",
    ),
    (
        "exchange.patience",
        "PORTAL_EXCHANGE_PATIENCE",
        at_least_one,
        "20",
        "Seconds for one question to another system",
    ),
)


def missing(values: Mapping[str, Any]) -> list[str]:
    """An address without its secret would be talked to by nobody in particular."""
    return [
        f"exchange.{name}_secret: must be set where exchange.{name}_url is"
        for name in ("national", "documents")
        if values.get(f"exchange.{name}_url") and not values.get(f"exchange.{name}_secret")
    ]
