"""Where the sample files: here only where that can be shown honestly."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.procedures.filing import national_policy, open_filing, sample_policy
from content.procedures.kinds import Filing, ServiceLevel, Status
from content.procedures.models import Procedure
from content.seed.catalogue import form_bindings, seed_catalogue
from tests.content.procedures.conftest import NOW


def procedure(**fields):
    given = {"code": "1.000001", "status": Status.IN_FORCE, "ministry": "Bộ Tư pháp", **fields}
    return Procedure(**given)


@pytest.mark.parametrize(
    ("fields", "has_form", "filing", "information_only"),
    [
        ({}, True, Filing.LOCAL, False),
        ({"service_level": ServiceLevel.FULL}, False, Filing.LOCAL, False),
        ({}, False, Filing.NATIONAL, False),
        ({"code": "5.000001"}, False, Filing.NONE, False),
        ({"code": "6.000001", "service_level": ServiceLevel.FULL}, False, Filing.NONE, False),
        ({"ministry": "Bộ Công an"}, True, Filing.LOCAL, False),
        (
            {"ministry": "Bộ Quốc phòng", "service_level": ServiceLevel.FULL},
            False,
            Filing.NATIONAL,
            True,
        ),
        ({"status": Status.HISTORICAL}, True, Filing.NONE, False),
        ({"status": Status.EXPIRED, "service_level": ServiceLevel.FULL}, False, Filing.NONE, False),
        ({"code": None}, False, Filing.NATIONAL, False),
    ],
)
def test_the_policy_of_the_sample(fields, has_form, filing, information_only):
    place = sample_policy(procedure(**fields), has_form)
    assert (place.filing, place.information_only) == (filing, information_only)


def test_a_real_site_files_on_the_national_portal():
    assert national_policy(procedure(), True).filing is Filing.NATIONAL


def test_an_unknown_filing_stays_unknown():
    assert open_filing(procedure(filing=None)) is None
    assert open_filing(procedure(filing=Filing.LOCAL)) is Filing.LOCAL


def test_every_current_procedure_with_a_form_is_filed_here(stocked: Session):
    bound = form_bindings()
    assert len(bound) > 20
    query = select(Procedure).where(Procedure.code.in_(bound))
    found = list(stocked.scalars(query))
    assert {one.code for one in found} == bound
    here = [one for one in found if one.status is Status.IN_FORCE]
    assert {one.filing for one in here} == {Filing.LOCAL}
    assert {one.filing for one in found if one not in here} <= {Filing.NONE}
    assert {"1.004222", "1.001193"} <= {one.code for one in here}


def test_the_whole_sample_keeps_the_rules(stocked: Session):
    for one in stocked.scalars(select(Procedure)):
        if (one.code or "").startswith(("5.", "6.")) or one.status is not Status.IN_FORCE:
            assert open_filing(one) is Filing.NONE
        if one.information_only:
            assert one.filing is Filing.NATIONAL
            assert one.ministry in {"Bộ Công an", "Bộ Quốc phòng"}


def test_seeding_again_changes_nothing(stocked: Session):
    before = stocked.scalar(select(func.max(Procedure.updated_at)))
    assert list(seed_catalogue(stocked, NOW + timedelta(days=1))) == ["Thủ tục: đã có 1664."]
    assert stocked.scalar(select(func.max(Procedure.updated_at))) == before
