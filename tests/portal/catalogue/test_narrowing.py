"""Addresses of lists: read leniently, written so that nothing chosen is lost."""

from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from pyramid.request import Request

from content.procedures.facets import UNKNOWN, Facet, Value
from content.procedures.listing import Listing, Scope, Sort
from portal.catalogue.narrowing import MAX_VALUES, PARAMETERS, Narrowing, label_of


def narrowing(query: str = "") -> Narrowing:
    return Narrowing.of(Request.blank(f"/thu-tuc?{query}"))


def listing(**facets: list[Value]) -> Listing:
    found = {Facet(name): values for name, values in facets.items()}
    return Listing(items=[], total=0, page=1, page_size=20, facets=found)


def test_what_is_chosen_stays_in_every_link():
    here = narrowing("q=khai+sinh&linh-vuc=ho-tich&cap=xa&hieu-luc=tat-ca&xep=moi&trang=7")
    url = here.url(doi_tuong="cong-dan")
    there = Narrowing.of(Request.blank(url))
    assert there.words == "khai sinh"
    assert there.chosen == {**here.chosen, Facet.AUDIENCE: "cong-dan"}
    assert (there.scope, there.sort) == (Scope.ALL, Sort.NEWEST)
    assert "trang" not in url


def test_a_link_of_a_chosen_value_drops_it():
    here = narrowing("cap=xa&linh-vuc=ho-tich")
    found = listing(level=[Value("xa", "xã", 5), Value("tinh", "tỉnh", 3)])
    (group,) = [one for one in here.groups(found, ("/linh-vuc", "Tất cả")) if one.values]
    chosen, other = group.values
    assert (chosen.is_chosen, chosen.url) == (True, "/thu-tuc?linh-vuc=ho-tich")
    assert (other.is_chosen, other.url) == (False, "/thu-tuc?linh-vuc=ho-tich&cap=tinh")


def test_unknown_words_of_an_old_link_are_left_out():
    here = narrowing("hieu-luc=gi-do&xep=lung-tung&khac=1&cap=")
    assert here.url() == "/thu-tuc"
    assert (here.scope, here.sort, here.chosen) == (Scope.CURRENT, Sort.NAME, {})


def test_other_agencies_have_a_short_word_in_addresses():
    here = narrowing("cap=khac")
    assert here.chosen == {Facet.LEVEL: "co-quan-khac"}
    assert here.url() == "/thu-tuc?cap=khac"


def test_words_are_sorted_by_how_well_they_answer_unless_asked_otherwise():
    assert narrowing("q=khai+sinh").sort is Sort.GIVEN
    assert narrowing("q=khai+sinh&xep=ten").sort is Sort.NAME
    assert narrowing("xep=ten").url() == "/thu-tuc"
    assert [link.is_chosen for link in narrowing("q=x&xep=ten").sorts()] == [False, True, False]


def test_a_facet_shows_its_greatest_values_and_the_chosen_one():
    values = [Value(f"v{place}", f"Giá trị {place}", 100 - place) for place in range(20)]
    here = narrowing("linh-vuc=v15")
    (group,) = here.groups(listing(sector=values), ("/linh-vuc", "Tất cả lĩnh vực"))
    assert [one.label for one in group.values][:2] == ["Giá trị 0", "Giá trị 1"]
    assert len(group.values) == MAX_VALUES + 1
    assert group.values[-1].is_chosen
    assert group.more == ("/linh-vuc", "Tất cả lĩnh vực")


def test_what_is_not_known_comes_last():
    values = [Value(UNKNOWN, "chưa có thông tin", 900), Value("toan-trinh", "toàn trình", 3)]
    (group,) = narrowing().groups(listing(service_level=values), ("/", ""))
    assert [one.label for one in group.values] == ["Toàn trình", "Chưa có thông tin"]


def test_a_facet_with_nothing_to_choose_is_not_shown():
    assert narrowing().groups(listing(level=[Value("xa", "xã", 5)]), ("/", "")) == []


def test_chips_say_what_is_chosen_and_drop_it():
    here = narrowing("q=khai+sinh&cap=xa")
    found = listing(level=[Value("xa", "xã", 5)])
    assert here.chips(found) == [
        ("“khai sinh”", "/thu-tuc?cap=xa"),
        ("Cấp xã", "/thu-tuc?q=khai+sinh"),
    ]


def test_levels_say_that_they_are_levels():
    assert label_of(Facet.LEVEL, "xã") == "Cấp xã"
    assert label_of(Facet.LEVEL, "cơ quan khác") == "Cơ quan khác"
    assert label_of(Facet.SECTOR, "hộ tịch") == "Hộ tịch"


QUERIES = st.dictionaries(
    st.sampled_from([*PARAMETERS, "q", "hieu-luc", "xep", "trang"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
    | st.sampled_from(["xa", "khac", "tat-ca", "moi", "ten"]),
)


@settings(max_examples=200)
@given(QUERIES)
def test_any_query_gives_an_address_that_means_the_same(query):
    request = Request.blank("/thu-tuc")
    request.GET.update(query)
    here = Narrowing.of(request)
    url = here.url()
    assert urlsplit(url).path == "/thu-tuc"
    assert Narrowing.of(Request.blank(url)) == here
