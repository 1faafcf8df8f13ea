"""Editing procedures: the worklist, one procedure section by section, remarks, finders.

Everything is written into drafts through ``content.procedures.drafting``; what people
read changes by publication decisions only.
"""
