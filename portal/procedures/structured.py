"""A procedure for machines: schema.org ``GovernmentService`` as JSON-LD."""

from typing import Any

from content.procedures.kinds import Filing
from content.procedures.models import Procedure
from content.procedures.presentation import Sheet


def government_service(
    procedure: Procedure, sheet: Sheet, *, url: str, site_name: str, apply_url: str | None
) -> dict[str, Any]:
    """The description; what is not known is left out, never empty."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": sheet.name,
        "url": url,
        "identifier": procedure.code,
        "serviceType": procedure.sector.name if procedure.sector else None,
        "provider": _organisation(sheet.authority or site_name),
        "audience": [
            {"@type": "Audience", "audienceType": applicant} for applicant in sheet.applicants
        ],
        "serviceOutput": {"@type": "Thing", "name": sheet.result} if sheet.result else None,
        "sameAs": sheet.official_url,
        "availableChannel": _channel(procedure, apply_url),
        "areaServed": {"@type": "Country", "name": "Việt Nam"},
        "inLanguage": "vi",
    }
    return {name: value for name, value in described.items() if value}


def _organisation(name: str) -> dict[str, str]:
    return {"@type": "GovernmentOrganization", "name": name}


def _channel(procedure: Procedure, apply_url: str | None) -> dict[str, str] | None:
    if apply_url is None or procedure.filing is not Filing.LOCAL:
        return None
    return {"@type": "ServiceChannel", "serviceUrl": apply_url}
