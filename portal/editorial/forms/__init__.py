"""The form builder: everything by real submits, so that it works without scripts.

The wording being worked on is changed by pure acts (``content.procedures.forms.acts``) and
stored by ``FormBuilder``; applicants see nothing of it until it is published.
"""
