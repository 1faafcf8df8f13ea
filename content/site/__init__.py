"""The frame around all pages: banners, menus, the home page, the authority's face, visits."""
