"""An address becomes an object before the view runs, or a 404.

Each factory loads what its route names. There are no optional ones: a view never
meets ``None``.
"""
