"""The book of work: one generic register for the small books of running a desk."""
