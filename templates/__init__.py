"""What people see, in folders that mirror ``portal/``.

Templates receive prepared values, decide nothing and query nothing. A page extends a
layout and fills ``title`` and ``content``; text goes through ``_`` or ``trans`` with the
Vietnamese sentence as its id. No inline script, style or handler (WCAG 2.2 AA, CSP);
the one exception is data for machines, ``application/ld+json``, which no browser runs.
"""
