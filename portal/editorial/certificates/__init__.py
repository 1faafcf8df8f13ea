"""The register of certificates of officers and agencies, kept by the administrator."""
