"""Accessible forms: deform and colander rendered by our own Jinja2 widgets.

``accessible`` is for ordinary schemas made of ``fields``; ``dynamic`` turns a form
definition and answers into a page and back. May import ``content`` and other
infrastructure, never a feature folder.

Class names in the markup, for the style sheets: ``form``, ``form__buttons``,
``field``, ``field--error``, ``field__label``,
``field__optional``, ``field__hint``, ``field__note``, ``field__when``,
``field__error``, ``field__unit``, ``field__limit``, ``field__parts``,
``field__part``, ``fieldset``, ``fieldset--error``, ``fieldset--section``,
``input``, ``input--short``, ``textarea``, ``select``,
``choices``, ``choice``, ``repeat``, ``repeat__item``, ``repeat__title``,
``repeat__actions``, ``files``, ``files__name``, ``files__size``, ``statement``,
``error-summary``, ``visually-hidden``, ``btn btn--primary|secondary|quiet``.
"""
