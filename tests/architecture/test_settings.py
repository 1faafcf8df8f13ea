"""Settings are documented, typed, and refuse to start when wrong."""

from pathlib import Path

import pytest

from portal.cli.program import read_ini
from portal.settings import OPTIONS, SettingsError, read_settings
from tests.architecture.sources import ROOT
from tests.portal.brands import BRANDS

DEVELOPMENT = ROOT / "development.ini"
PRODUCTION = ROOT / "production.ini"
SECRET = {"PORTAL_SECRET": "f" * 40}


def production(**changes: str) -> dict[str, str]:
    words = ("name", "short_name", "authority", "address", "hotline", "email", "hours")
    words += ("code", "base_url")
    ini = read_ini(PRODUCTION) | {f"site.{word}": "có" for word in words}
    return ini | {"mail.sender": "a@example.vn"} | changes


def test_the_development_settings_are_complete() -> None:
    settings = read_settings(read_ini(DEVELOPMENT), {})
    assert settings.development
    assert settings.site.sample
    assert settings.data_dir == Path("var")


def test_production_without_a_secret_does_not_start() -> None:
    with pytest.raises(SettingsError, match="PORTAL_SECRET"):
        read_settings(production(), {})
    assert read_settings(production(), SECRET).secure_cookies


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("site.sample", "true", "sample content"),
        ("portal.secure_cookies", "false", "secure_cookies"),
        ("portal.port", "many", "must be a whole number"),
        ("portal.port", "99999", "must be from 1 to 65535"),
        ("portal.threads", "0", "must be at least 1"),
        ("portal.filing_default", "somewhere", "must be one of"),
        ("site.theme", "sea", "must be one of lacquer"),
        ("portal.unheard_of", "1", "portal.unheard_of: unknown"),
    ],
)
def test_a_wrong_value_stops_the_start(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings(production(**{name: value}), SECRET)


@pytest.mark.parametrize("theme", ["lacquer", *BRANDS])
def test_every_theme_of_the_style_sheet_can_be_chosen(theme: str) -> None:
    settings = read_settings(production(**{"site.theme": theme}), SECRET)
    assert settings.site.theme == theme


def test_the_usual_theme_is_lacquer() -> None:
    assert read_settings(production(), SECRET).site.theme == "lacquer"


def test_all_problems_are_reported_together() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"portal.port": "x", "portal.threads": "y"}, {})
    message = str(caught.value)
    assert {"portal.port", "portal.threads", "site.name"} <= set(
        message.replace(" (", "\n").split("\n")
    )


def test_the_environment_wins() -> None:
    environ = SECRET | {"PORT": "7000", "PORTAL_SITE_NAME": "Cổng"}
    settings = read_settings(production(), environ)
    assert (settings.port, settings.site.name) == (7000, "Cổng")


def test_addresses_in_development_follow_the_port() -> None:
    settings = read_settings(read_ini(DEVELOPMENT), {"PORT": "7000"})
    assert settings.site.base_url == "http://127.0.0.1:7000"


def test_the_public_address_is_not_guessed() -> None:
    with pytest.raises(SettingsError, match="PORTAL_BASE_URL"):
        read_settings({**production(), "site.base_url": ""}, SECRET)


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/settings.md").read_text("utf-8")
    for option in OPTIONS:
        assert f"`{option.name}`" in text, option.name
        assert f"`{option.variable}`" in text, option.variable
        assert option.explains in text, option.explains
