"""The section of other provinces' fees and limits: something to compare with, for editors only.

No page of the public shows them (they are never this authority's).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import colander

from content.procedures.validation import MAX_TEXT
from portal.editorial.procedures.rows_form import Group, Part
from portal.editorial.procedures.section_fields import LEVELS, fee_nodes, limit_named
from portal.forms import fields
from portal.i18n import _


def elsewhere(names: Sequence[str] = ()) -> list[Part]:
    """Fees and limits of other provinces, for editors only; ``names``: places saved already."""
    old = [(str(one), f"mức độ {one} (cách ghi cũ)") for one in range(1, 5)]

    def place(_row: Mapping[str, Any]) -> list[colander.SchemaNode]:
        return [
            fields.hidden("was"),
            fields.text("place", _("Địa phương"), max_length=2000),
            fields.text("code", _("Mã ở địa phương ấy"), required=False, max_length=100),
            limit_named("time_limit", _("Thời hạn ở địa phương ấy")),
            fields.choice("service_level", _("Mức độ trực tuyến"), [*LEVELS, *old], required=False),
            fields.text("as_of", _("Dữ liệu tính đến"), required=False, max_length=200),
            fields.paragraph("source", _("Nguồn"), rows=2, required=False, max_length=MAX_TEXT),
        ]

    def fee(_row: Mapping[str, Any]) -> list[colander.SchemaNode]:
        options = [(one, one) for one in names]
        of = fields.choice("place", _("Của địa phương"), options, as_list=True)
        return [of, *fee_nodes()]

    hint = _("Chỉ để người biên tập đối chiếu. Không trang công khai nào hiện các mức này.")
    groups: list[Part] = [
        Group("local_variants", _("Các địa phương"), _("địa phương"), place, hint, 60)
    ]
    if names:
        more = _("Địa phương vừa thêm thì lưu phần này trước, rồi thêm mức thu của nơi ấy.")
        groups.append(Group("variant_fee", _("Mức thu ở nơi khác"), _("mức thu"), fee, more))
    return groups
