"""Signing issued papers and results: PAdES signatures, checked before they are believed.

A person's key stays with the person: a document is handed out, signed with their own token or
signing service, and comes back; ``service`` keeps it only if it is the one that was handed
out, soundly signed. Keys on the server are the agency's seal and nothing else. pyHanko is
imported where it is used, for loading it takes half a second that most requests never need.
"""
