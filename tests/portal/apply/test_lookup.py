"""Following without an account: progress for a code, all with the secret, guesses counted."""

from tests.support.citizen import Citizen
from tests.support.site import Site


def ask(site: Site, code: str, secret: str, **options: object) -> Citizen:
    me = Citizen(site)
    me.go("/tra-cuu")
    form = me.form("toan-bo")
    form["ma"], form["bi_mat"] = code, secret
    me.page = form.submit("gui", status="*", **options)
    return me


def test_a_wrong_code_and_a_wrong_secret_get_the_same_answer(site: Site) -> None:
    code, secret = Citizen(site).file_ct01()
    wrong_secret = ask(site, code, "2345-6789-ABCD-EFGH")
    wrong_code = ask(site, "23456-789AB", secret)
    assert wrong_secret.page.status_int == wrong_code.page.status_int == 422
    assert wrong_secret.errors() == wrong_code.errors() != []
    assert "Ngọc Ánh" not in wrong_secret.page.text


def test_codes_are_understood_as_people_write_them(site: Site) -> None:
    code, secret = Citizen(site).file_ct01()
    for write in (str.lower, str.upper, lambda text: text.replace("-", " ")):
        assert ask(site, write(code), write(secret)).heading == f"Hồ sơ {code}"


def test_guessing_is_stopped_and_others_go_on(site: Site) -> None:
    code, secret = Citizen(site).file_ct01()
    for _ in range(20):
        assert ask(site, code, "2345-6789-ABCD-EFGH").page.status_int == 422
    tired = ask(site, code, secret)
    assert tired.page.status_int == 429
    assert tired.page.headers["Retry-After"] == "900"
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert ask(site, code, secret, extra_environ=elsewhere).page.status_int == 200
    site.clock.move(minutes=16)
    assert ask(site, code, secret).page.status_int == 200


def test_the_owner_is_led_to_their_own_page(site: Site) -> None:
    me = Citizen(site)
    code, _secret = me.file_ct01()
    me.go(f"/tra-cuu?ma={code}")
    assert me.url == f"/tai-khoan/ho-so/{code}"


def test_an_unknown_code_is_said_to_be_unknown(site: Site) -> None:
    me = Citizen(site)
    me.page = me.client.get("/tra-cuu?ma=23456-789AB", status=404)
    assert "Không tìm thấy hồ sơ có mã này" in me.page.text
    problem = me.client.get("/api/v1/dossiers/23456-789AB", status=404)
    assert problem.content_type == "application/problem+json"


def test_what_needs_the_secret_is_kept_by_no_cache(site: Site) -> None:
    code, secret = Citizen(site).file_ct01()
    page = ask(site, code, secret).page
    assert page.headers["Cache-Control"] == "private, no-store"
    letter = next(one for one in page.forms.values() if "giay" in one.fields)
    letter["giay"].force_value("giay-tiep-nhan")
    assert letter.submit(status=404)
