"""The project as a package. Versions of what it needs are pinned in requirements/."""

from setuptools import find_packages, setup

setup(
    name="cong-dich-vu-cong",
    version="0.1.0",
    description="Public-service portal for Vietnamese local government",
    license="MIT",
    python_requires=">=3.11",
    packages=find_packages(include=["portal*", "content*", "search*", "templates*"]),
    include_package_data=True,
    package_data={
        "portal": ["static/**/*", "locale/**/*"],
        "content": [
            "seed/**/*",
            "reception/*.txt",
            "workbook/*.json",
            "letters/templates/*",
            "migrations/*.mako",
        ],
        "templates": ["**/*.jinja2"],
    },
    install_requires=[
        "alembic",
        "argon2-cffi",
        "babel",
        "colander",
        "deform",
        "holidays",
        "markdown-it-py",
        "nh3",
        "psycopg",
        "pyramid",
        "pyramid_jinja2",
        "pyramid_retry",
        "pyramid_tm",
        "python-stdnum",
        "segno",
        "sqlalchemy",
        "transaction",
        "typst",
        "waitress",
        "whoosh",
        "zope.sqlalchemy",
    ],
    entry_points={
        "paste.app_factory": ["main = portal:main"],
        "console_scripts": ["portal = portal.__main__:run"],
    },
)
