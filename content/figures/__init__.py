"""Figures: what the reports of the authority count, from rows; no formatting, no pages.

``settling.py`` is Biểu II.06, ``indices.py`` the nine indices of TT 01/2018, ``serving.py``
the hundred points of QĐ 766; all three are pure. What reads the database stands beside.
"""
