"""Legal documents (văn bản pháp luật) for everybody to read: facts, files, what is in them."""
