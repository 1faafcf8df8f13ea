"""Administrative procedures: the catalogue, its versions and their publication.

Start with ``models.py``. ``publishing.py`` is the only writer of a procedure's
standing, ``importing.py`` and ``editing.py`` make versions, ``reads.py`` answers
pages and API, ``presentation.py`` says it in words. Knows no HTML and no HTTP.
"""
