"""Dossiers: what people file, from the first draft to the returned result.

``states.py`` says which moves exist and who may make them, ``reference.py`` makes and
reads codes, ``visibility.py`` says who sees what.
"""
