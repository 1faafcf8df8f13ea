"""Mails that wait to be sent."""

from sqlalchemy import select

from content.outbox import OutboxJob
from tests.support.site import Site


def mails(site: Site) -> list[dict]:
    with site.database.sessions() as session:
        query = select(OutboxJob).where(OutboxJob.kind == "mail").order_by(OutboxJob.id)
        return [job.payload for job in session.scalars(query)]
