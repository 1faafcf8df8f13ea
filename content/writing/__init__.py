"""What all writing shares, whatever is written: revisions, locks, kept drafts, merging, the bin."""
