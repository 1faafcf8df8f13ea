"""Places: 34 provinces, 3,321 communal units, and what the old provinces became."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.agencies.places import Place, PlaceKind, Places, successor
from content.seed.basics import seed_agencies, seed_places, seed_working_days
from content.text import sort_key

DAY = date(2026, 11, 23)


def test_all_places_of_the_two_tier_model_are_there(any_session: Session):
    assert list(seed_places(any_session)) == ["Địa danh: thêm 3391."]
    assert list(seed_places(any_session)) == ["Địa danh: đã có."]
    places = Places.load(any_session, DAY)
    provinces = places.provinces()
    assert len(provinces) == 34
    assert sum(len(places.communes(code)) for code, _ in provinces) == 3321
    assert len({code for code, _ in provinces}) == 34
    communes = [code for one, _ in provinces for code, _ in places.communes(one)]
    assert len(set(communes)) == 3321
    assert all(len(code) == 5 and code.isdigit() for code in communes)


def test_names_are_whole_and_stand_in_the_order_of_the_alphabet(session: Session):
    list(seed_places(session))
    places = Places.load(session, DAY)
    assert places.province_name("01") == "Thành phố Hà Nội"
    assert places.province_name("75") == "Thành phố Đồng Nai"
    assert places.province_name("04") == "Tỉnh Cao Bằng"
    assert places.commune_name("01", "00070") == "Phường Hoàn Kiếm"
    assert places.commune_name("04", "00070") is None
    assert places.province_name("99") is None
    assert places.communes("99") == ()
    names = session.scalars(
        select(Place.name)
        .where(Place.province_code.is_(None), Place.valid_to.is_(None))
        .order_by(Place.position)
    ).all()
    assert list(names) == sorted(names, key=sort_key)
    kinds = dict(
        session.execute(
            select(Place.kind, func.count()).where(Place.valid_to.is_(None)).group_by(Place.kind)
        ).all()
    )
    assert kinds == {
        PlaceKind.CITY: 7,
        PlaceKind.PROVINCE: 27,
        PlaceKind.COMMUNE: 2621,
        PlaceKind.WARD: 687,
        PlaceKind.SPECIAL_ZONE: 13,
    }


def test_an_old_province_leads_to_the_one_it_became_part_of(session: Session):
    list(seed_places(session))
    pairs = {"Hà Giang": "Tuyên Quang", "Nam Định": "Ninh Bình", "Kiên Giang": "An Giang"}
    for old, new in pairs.items():
        assert successor(session, old).name == new
    assert successor(session, "Long An").full_name == "Tỉnh Tây Ninh"
    assert successor(session, "Hà Nội") is None
    former = session.scalars(select(Place).where(Place.successor_code.is_not(None))).all()
    current = {code for code, _ in Places.load(session, DAY).provinces()}
    assert {one.successor_code for one in former} < current
    assert len(former) == 36
    assert len(Places.load(session, date(2025, 6, 30)).communes("01")) == 0


def test_the_sample_authority_is_one_tree_with_invented_codes(any_session: Session):
    assert list(seed_agencies(any_session)) == ["Cơ quan mẫu: thêm 9, đã có 0."]
    any_session.flush()
    assert list(seed_agencies(any_session)) == ["Cơ quan mẫu: thêm 0, đã có 9."]
    agencies = any_session.scalars(select(Agency)).all()
    (root,) = [one for one in agencies if one.parent_id is None]
    assert (root.code, root.kind) == ("H99.01", AgencyKind.PROVINCE_CENTRE)
    assert len(root.children) == 8
    assert all(one.is_sample and one.code.startswith("H99.") for one in agencies)
    real = {line.name for line in any_session.scalars(select(Place))}
    assert not any(name and name in one.name for one in agencies for name in real)
    assert [len(one.sessions) for one in agencies] == [2, *[0] * 8]


def test_working_days_are_seeded_once(session: Session):
    (first,) = seed_working_days(session)
    session.flush()
    (again,) = seed_working_days(session)
    assert first != again
    assert again == "Lịch làm việc: thêm 0 ngày."
