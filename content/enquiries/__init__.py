"""Questions and answers: entries of editors, and what citizens ask; published or not."""
