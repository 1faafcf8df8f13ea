"""A workbook brought in as an editor does."""

from typing import Any

from sqlalchemy import select
from webtest import Upload

from content.procedures.merging.queue import working
from content.procedures.models import Procedure
from tests.support.site import PortalClient, Site

BASE = "/bien-tap/nhap-xuat"


CODE = "1.004222"


def record_of(site: Site, code: str = CODE) -> dict[str, Any]:
    with site.database.sessions() as session:
        found = session.scalars(select(Procedure).where(Procedure.code == code)).first()
        assert found
        return dict(working(found))


def upload(client: PortalClient, name: str, data: bytes, source: str = "own", **more: Any) -> Any:
    page = client.get(BASE)
    form = next(one for one in page.forms.values() if "tep" in one.fields)
    form["tep"] = Upload(name, data)
    form["nguon"] = source
    return form.submit(**more)


def take(page: Any) -> Any:
    form = next(one for one in page.forms.values() if one.action.endswith("/ghi"))
    return form.submit(status=303).follow()
