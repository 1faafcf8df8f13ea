"""What the national catalogue changed beside what we changed: compared, queued, decided.

Three wordings meet: the national one, ours, and the national one of the last import.
Nothing of ours is ever overwritten without somebody's decision.
"""
