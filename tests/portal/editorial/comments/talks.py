"""An article that readers may comment on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content.news import comments, reads
from content.news.models import Article
from portal.setting_groups import Editorial
from tests.support.clock import StoppedClock
from tests.support.site import Site, open_site

NOW = StoppedClock().now


@pytest.fixture
def talking(sample: Path, tmp_path: Path, clock: StoppedClock) -> Iterator[Site]:
    """A site that takes comments on one article."""
    settings = Editorial(four_eyes=False, comments=True)
    with open_site(sample, tmp_path, clock, editorial=settings) as site:
        with site.database.writing_sessions.begin() as session:
            comments.set_open(session, article_of(session), None, by=None, now=clock())
        yield site


def article_of(session: Any) -> Article:
    return reads.articles(session, NOW).items[-1]


def path_of(site: Site) -> str:
    with site.database.sessions() as session:
        one = article_of(session)
        return f"/tin-tuc/{one.section_slug}/{one.slug}/y-kien"
