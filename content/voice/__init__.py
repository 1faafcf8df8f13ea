"""What people tell the authority: petitions, surveys, suggestions, and their clocks."""
