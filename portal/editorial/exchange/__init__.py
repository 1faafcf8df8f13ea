"""The queues of the exchange with other systems, for administrators."""
