"""The rich-text editor of a page."""

from playwright.sync_api import Locator, Page, expect


def body_of(page: Page) -> Locator:
    """The page inside the rich-text editor."""
    frame = page.frame_locator("iframe")
    expect(frame.locator("body.editor-body")).to_be_visible()
    return frame.locator("body")


def write_in(page: Page) -> None:
    """Put the keyboard into the editor, as Tab does.

    A click would first wait for two pictures of the frame inside the page, which a busy
    machine may not draw for a long while.
    """
    body_of(page).focus()
