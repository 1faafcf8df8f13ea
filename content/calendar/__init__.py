"""Working time: from a receipt and a limit to a due date and the reason of every day.

Pure functions over a ``WorkingCalendar``. Start with ``model.py``, then ``due.py``;
``pauses.py`` and ``clocks.py`` answer what comes after reception. Only ``models.py`` and
``store.py`` know the database; nothing here reads the clock.
"""
