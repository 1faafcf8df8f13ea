"""Receipts and limits as they may come, for property tests."""

from datetime import datetime, timedelta

from hypothesis import strategies as st

from content.calendar.holidays_seed import default_calendar
from content.calendar.model import Limit, LimitUnit
from content.words import LOCAL_ZONE

CALENDAR = default_calendar()

_FIRST = datetime(2024, 1, 1, tzinfo=LOCAL_ZONE)
_MINUTES = 4 * 366 * 24 * 60

#: Any minute of 2024-2027.
receipts = st.integers(0, _MINUTES).map(lambda minute: _FIRST + timedelta(minutes=minute))
working_days = st.integers(1, 60)
calendar_limits = st.one_of(
    st.builds(lambda n: Limit.of(n, LimitUnit.DAY), st.integers(1, 90)),
    st.builds(lambda n: Limit.of(n, LimitUnit.WEEK), st.integers(1, 12)),
    st.builds(lambda n: Limit.of(n, LimitUnit.MONTH), st.integers(1, 12)),
    st.builds(lambda n: Limit.of(n, LimitUnit.YEAR), st.integers(1, 2)),
)
hour_limits = st.one_of(
    st.builds(lambda n: Limit.of(n / 4, LimitUnit.WORKING_HOUR), st.integers(1, 160)),
    st.builds(lambda n: Limit.of(n + 0.5, LimitUnit.WORKING_DAY), st.integers(0, 20)),
)
working_limits = st.builds(lambda n: Limit.of(n, LimitUnit.WORKING_DAY), working_days)
same_day = st.just(Limit.of(0, LimitUnit.SAME_DAY))
limits = st.one_of(working_limits, calendar_limits, hour_limits, same_day)
