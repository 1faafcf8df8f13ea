"""Every vector of the file is one case here; ``conftest.py`` makes the items.

``DOMAIN_VECTORS=FILE make test-vectors`` runs another file of the same shape.
"""

from tests.vectors.cases import chosen_file, load

vectors = load(chosen_file())
