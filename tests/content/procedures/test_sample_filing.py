"""Where the sample files: here only where that can be shown honestly."""

import pytest

from content.procedures.filing import national_policy, open_filing, sample_policy
from content.procedures.kinds import Filing, ServiceLevel, Status
from content.procedures.models import Procedure


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
