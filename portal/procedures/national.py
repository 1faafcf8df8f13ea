"""Where a procedure is filed on the national portal: a link by its code, never elsewhere."""

from urllib.parse import quote, urlsplit

from content.procedures.models import Procedure
from portal.setting_groups import Site


def national_url(site: Site, procedure: Procedure) -> str:
    """Its own page there: the official address where that is the national portal's, else by
    its code where the setting says how, else the portal's home page.

    An official page may be another province's: a source of the text, no place to file.
    """
    own = procedure.official_url or ""
    if own and urlsplit(own).netloc == urlsplit(site.national_portal_url).netloc:
        return own
    if site.national_procedure_url and procedure.code:
        return site.national_procedure_url.replace("{code}", quote(procedure.code, safe=""))
    return site.national_portal_url
