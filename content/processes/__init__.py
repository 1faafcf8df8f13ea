"""Internal processes (quy trình nội bộ, ISO sheets): how a dossier goes through the house.

TCVN ISO 9001:2015; NĐ 61/2018/NĐ-CP art. 19. Each procedure, or one of its cases, has a graph
of steps in versions. Where a dossier stands in it is kept by ``content.dossiers.routing``.
"""
