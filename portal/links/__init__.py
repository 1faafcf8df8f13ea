"""Trying links: those of this site as a reader would, those to other hosts with care.

Run by the worker only; what it finds is kept by ``content.links``.
"""
