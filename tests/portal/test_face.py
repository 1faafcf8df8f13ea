"""The look keeps its promises: contrast, weight, no other host, every template compiles."""

import gzip
import re
import shutil

import pytest

from portal import assets
from tests.architecture.sources import below_root, each_of
from tests.portal.brands import BRANDS
from tests.support import preview

CSS = assets.STATIC / "css"
TOKENS = (CSS / "tokens.css").read_text("utf-8")
SYSTEM_DARK = ':root:not([data-theme="light"])'
CHOSEN_DARK = ':root[data-theme="dark"]'

#: Text on ground, as the style sheets combine them (WCAG 2.2 SC 1.4.3: 4.5 : 1).
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("paper", "paper-2", "paper-3")),
    *((ink, "mark") for ink in ("ink", "accent")),
    *((ink, "brand-tint") for ink in ("ink", "ink-2", "brand", "brand-strong", "accent")),
    *((ink, ground) for ink in ("brand", "accent", "bad") for ground in ("paper", "paper-2")),
    *(("accent-strong", ground) for ground in ("paper", "paper-2", "paper-3", "accent-tint")),
    *((state, f"{state}-tint") for state in ("ok", "warn", "bad")),
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "accent")
        for ground in ("ok-tint", "warn-tint", "bad-tint", "accent-tint")
    ),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("brand-strong", "brand-tint"),
    ("on-strip", "strip"),
]
#: Borders of controls, and the ring of focus (SC 1.4.11 and 2.4.13: 3 : 1).
SHAPE_PAIRS = [
    *(("line-strong", ground) for ground in ("paper", "paper-2", "brand-tint")),
    *(("focus", ground) for ground in ("halo", "paper", "paper-2", "brand-tint", "accent-tint")),
    ("brand", "paper"),
    ("bad", "paper"),
]


def block(selector: str) -> dict[str, str]:
    """The tokens set under one selector."""
    found = re.search(rf"^ *{re.escape(selector)} \{{(.*?)\}}", TOKENS, re.DOTALL | re.MULTILINE)
    assert found, selector
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", found.group(1)))


def theme(*, dark: bool, brand: str | None) -> dict[str, str]:
    colours = block(":root")
    if dark:
        colours |= block(SYSTEM_DARK)
    elif brand:
        colours |= block(f':root[data-brand="{brand}"]')
    if dark and brand:
        colours |= block(f'{SYSTEM_DARK}[data-brand="{brand}"]')
    return colours


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("brand", [None, *BRANDS])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(dark, brand):
    colours = theme(dark=dark, brand=brand)
    weak = [
        f"{ink} on {ground}: {contrast(colours[ink], colours[ground]):.2f}"
        for pairs, least in ((TEXT_PAIRS, 4.5), (SHAPE_PAIRS, 3.0))
        for ink, ground in pairs
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert not weak


@pytest.mark.parametrize("brand", [None, *BRANDS])
def test_dark_by_choice_is_dark_by_system(brand):
    suffix = f'[data-brand="{brand}"]' if brand else ""
    assert block(SYSTEM_DARK + suffix) == block(CHOSEN_DARK + suffix)


def test_colours_are_decided_in_the_tokens_only():
    others = [CSS / f"{part}.css" for part in assets.STYLES if part not in ("tokens", "print")]
    assert [p.name for p in others if re.search(r"#[0-9a-fA-F]{3,8}\b", p.read_text())] == []


def test_every_token_used_exists():
    sheets = "".join((CSS / f"{part}.css").read_text("utf-8") for part in assets.STYLES)
    defined = set(re.findall(r"(--[\w-]+):", sheets))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) <= defined


def test_every_style_sheet_of_ours_is_joined():
    assert {path.stem for path in CSS.glob("*.css")} == set(assets.STYLES)


@pytest.fixture
def copy(tmp_path):
    """Our sources in a folder of their own, and packages with the fonts' names."""
    static = tmp_path / "static"
    for part in ("css", "js", "img"):
        shutil.copytree(assets.STATIC / part, static / part)
    packages = tmp_path / "node_modules"
    for origin in assets.VENDOR.values():
        (packages / origin).parent.mkdir(parents=True, exist_ok=True)
        (packages / origin).write_bytes(origin.encode())
    return static, packages


def test_the_style_sheet_is_light_and_asks_no_other_host(copy):
    static, packages = copy
    sheet = (static / "build" / assets.build(static, packages)["css/portal.css"]).read_bytes()
    assert len(gzip.compress(sheet)) <= 14_000
    assert not re.search(rb"(?i)https?:|@import|url\(\s*[\"']?//", sheet)


def test_scripts_and_pictures_ask_no_other_host():
    for path in [*(assets.STATIC / "js").glob("*.js"), *(assets.STATIC / "img").glob("*.svg")]:
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in text.replace("// ", ""), path.name


def test_fonts_are_named_in_the_sheet_under_their_built_names(copy):
    static, packages = copy
    names = assets.build(static, packages)
    sheet = (static / "build" / names["css/portal.css"]).read_text("utf-8")
    for font in assets.FONTS:
        assert f'url("../{names[font]}")' in sheet
        assert (static / "build" / names[font]).exists()


@pytest.mark.skipif(not assets.PACKAGES.exists(), reason="npm ci was not run")
def test_fonts_keep_within_60_kb():
    sizes = [(assets.PACKAGES / origin).stat().st_size for origin in assets.FONTS.values()]
    assert sum(sizes) <= 60 * 1024


def test_without_packages_the_system_fonts_serve(copy):
    static, _packages = copy
    names = assets.build(static, static / "nowhere")
    sheet = (static / "build" / names["css/portal.css"]).read_text("utf-8")
    assert "@font-face" not in sheet
    assert "system-ui" in sheet
    assert not any(name.startswith("fonts/") for name in names)


def test_a_changed_file_gets_a_new_address_and_the_old_one_goes(copy):
    static, packages = copy
    before = assets.build(static, packages)["js/portal.js"]
    (static / "js" / "portal.js").write_text("// other\n")
    after = assets.build(static, packages)["js/portal.js"]
    assert before != after
    assert not (static / "build" / before).exists()
    assert not (static / "build" / f"{before}.gz").exists()
    assert gzip.decompress((static / "build" / f"{after}.gz").read_bytes()) == b"// other\n"


def test_addresses_work_when_setup_was_never_run(copy):
    static, packages = copy
    first = assets.load(static, packages)
    assert first.url("css/portal.css").startswith("/static/css/portal.")
    assert assets.load(static, packages).url("css/portal.css") == first.url("css/portal.css")


def test_a_source_newer_than_the_build_is_built_at_start(copy):
    static, packages = copy
    before = assets.load(static, packages).url("css/portal.css")
    base = static / "css" / "base.css"
    base.write_text(base.read_text("utf-8") + "\np { orphans: 3; }\n", "utf-8")
    assert assets.load(static, packages).url("css/portal.css") != before


def test_an_unknown_name_is_an_error_not_an_empty_address(copy):
    with pytest.raises(KeyError):
        assets.load(*copy).url("css/nothing.css")


TEMPLATES = sorted(preview.ROOT.joinpath("templates").rglob("*.jinja2"))


@each_of(TEMPLATES, below_root)
def test_every_template_compiles(path):
    preview.environment().get_template(str(path.relative_to(preview.ROOT / "templates")))


@each_of(TEMPLATES, below_root)
def test_no_template_has_inline_script_style_or_handler(path):
    text = path.read_text("utf-8")
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert all("src=" in tag or 'type="application/ld+json"' in tag for tag in scripts)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"", text)


def test_the_page_of_components_renders(tmp_path):
    text = preview.write(tmp_path).read_text("utf-8")
    assert text.count("<h1") == 1
    assert "TRANG MẪU – không nộp hồ sơ thật, không chuyển tiền" in text
    assert "33.143" in text
    assert "20.000 đồng" in text
