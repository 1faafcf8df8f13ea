"""The rich-text editor of a page."""

from playwright.sync_api import Page, expect


def body_of(page: Page) -> object:
    """The page inside the rich-text editor."""
    frame = page.frame_locator("iframe")
    expect(frame.locator("body.editor-body")).to_be_visible()
    return frame.locator("body")
