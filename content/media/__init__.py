"""The media library: pictures, documents and recordings that editors use on the site."""
