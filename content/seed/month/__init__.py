"""A month of the sample authority: dossiers taken through the house by the real services.

Start reading in ``loader.py``. Nothing here writes rows of a dossier itself, reads a clock, or
draws chance from anywhere but the number it is given: the same number tells the same month.
"""
