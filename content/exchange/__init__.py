"""What is exchanged with other systems: dossiers with the national portal, drafts with the
document management of the authority.

Everything leaves through a queue and comes in through one; the other side's being down or
wrong never holds up the desk.
"""
