"""Life events: loaded once, with steps that lead to procedures in force."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.procedures import reads
from content.procedures.kinds import Level, Status
from content.procedures.life_events import EventAudience, LifeEvent, LifeEventStep
from content.seed.catalogue import seed_life_events


def test_twelve_events_are_loaded_once(any_session: Session):
    assert list(seed_life_events(any_session)) == ["Sự kiện: thêm 12, đã có 0."]
    any_session.flush()
    assert list(seed_life_events(any_session)) == ["Sự kiện: thêm 0, đã có 12."]
    by_audience = dict(
        any_session.execute(
            select(LifeEvent.audience, func.count()).group_by(LifeEvent.audience)
        ).all()
    )
    assert by_audience == {EventAudience.CITIZEN: 8, EventAudience.BUSINESS: 4}


def test_every_step_leads_to_a_procedure_in_force(stocked: Session):
    list(seed_life_events(stocked))
    stocked.flush()
    for step in stocked.scalars(select(LifeEventStep)):
        for one in step.procedures:
            found = reads.find(stocked, one["code"], Level(one["level"]))
            assert found is not None, one
            assert found.status is Status.IN_FORCE
