"""Links in what the site says: where each stands, whether it leads somewhere, since when not.

Gathered from every text people read and looked at round by round; what a round found is kept,
so that showing it asks nobody. How a link is tried is the business of ``portal.links``.
"""
