"""The page inspector itself: a good page passes, each fault is named."""

import pytest

from tests.support.page_rules import check_page

GOOD = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Tra cứu – Cổng mẫu</title>
<link rel="stylesheet" href="/static/portal.css"><script src="/static/portal.js"></script>
<link rel="canonical" href="https://khac.vn/x"></head>
<body><main><h1>Tra cứu</h1><h2>Hồ sơ</h2>
<p><a href="https://dichvucong.gov.vn/">Cổng quốc gia</a> <img src="/a.png" alt=""></p>
<form action="/tra-cuu" method="get"><label for="ma">Mã hồ sơ</label>
<input id="ma" name="ma" aria-describedby="goi-y"><p id="goi-y">Trên giấy hẹn.</p>
<button type="submit">Tra cứu</button></form>
<form action="/gui" method="post"><input type="hidden" name="csrf_token" value="x">
<fieldset><legend>Giới tính</legend><input type="radio" name="g" value="nam" id="n">
<label for="n">Nam</label></fieldset><button>Gửi</button></form>
<table><caption>Phí</caption><tr><th>Kênh</th></tr><tr><td>Trực tiếp</td></tr></table>
</main></body></html>"""


def test_a_good_page_has_no_faults():
    assert check_page(GOOD, "http://localhost/tra-cuu") == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('lang="vi"', "", "lang"),
        ("<title>Tra cứu", "<title>Khác", "does not start with the h1"),
        ("<h2>Hồ sơ</h2>", "<h1>Hai</h1>", "2 h1"),
        ("<h2>Hồ sơ</h2>", "<h3>Sâu</h3>", "h3 'Sâu' follows h1"),
        ('<label for="ma">Mã hồ sơ</label>', "", "has no label"),
        ('<p id="goi-y">', '<p id="ma">', "stands 2 times"),
        ('<p id="goi-y">', "<p>", "names 'goi-y', which is not there"),
        ('<input type="hidden" name="csrf_token" value="x">', "", "without its csrf_token"),
        ('name="csrf_token" value="x"', 'name="csrf_token" value=""', "without its csrf_token"),
        (' method="get"', "", "has no method"),
        ('action="/gui"', "", "has no action"),
        ("<button>Gửi</button>", "", "cannot be sent without scripts"),
        ("<button>Gửi</button>", "<button> </button>", "has no text"),
        ('<script src="/static/portal.js">', "<script>alert(1)", "script stands in the page"),
        ('<p><a href="https', '<p onclick="x()"><a href="https', "inline handler"),
        ('<p><a href="https', '<p style="color:red"><a href="https', "inline style"),
        ('href="https://dichvucong.gov.vn/"', 'href="javascript:alert(1)"', "runs a script"),
        ('src="/a.png"', 'src="https://khac.vn/a.png"', "another host"),
        ('src="/static/portal.js"', 'src="//cdn.vn/x.js"', "another host"),
        (' alt=""', "", "has no alt"),
        ("<legend>Giới tính</legend>", "", "legend"),
        ("<fieldset><legend>Giới tính</legend>", "<div>", "outside a fieldset"),
        ("<th>Kênh</th>", "<td>Kênh</td>", "has no th"),
        ("<caption>Phí</caption>", "", "has no caption"),
        ("Cổng quốc gia</a>", "</a>", "has no text"),
        ('aria-describedby="goi-y"', 'aria-invalid="true"', "does not start with 'Lỗi: '"),
        ("<h2>Hồ sơ</h2>", '<h2 tabindex="3">Hồ sơ</h2>', "order of tabbing"),
        ("</main>", "<p><div></p></main>", "HTML:"),
        ("<button>Gửi", '<input type="file" name="t" aria-label="T"><button>Gửi', "not multipart"),
    ],
)  # fmt: skip
def test_a_fault_is_named(old: str, new: str, fault: str):
    assert old in GOOD
    found = check_page(GOOD.replace(old, new, 1), "http://localhost/tra-cuu")
    assert any(fault in one for one in found), found
