"""Units side by side: the yearly checks of communes, and targets beside results."""

from typing import Any

from pyramid.request import Request
from pyramid.response import Response
from pyramid.view import view_config

from content.errors import NotFound
from content.workbook import reading, tables, targets
from content.workbook.tables import Compared, Comparison
from portal.desk.workbook.contexts import Book
from portal.desk.workbook.listing import line
from portal.desk.workbook.parts import (
    address,
    asked_year,
    book_address,
    rights,
    send_grid,
    this_year,
)
from portal.desk.workbook.results import results
from portal.security.permissions import Permission

TONES = {True: "ok", False: "bad", None: ""}


def _years(request: Request, context: Book, act: str, year: int) -> list[Any]:
    units = rights(request).readable(context.kind)
    return [
        (book_address(request, context.kind, act, _query={"nam": one}), str(one), None, one == year)
        for one in reading.years(request.db, context.kind, units, this_year(request))
    ]


def _files(request: Request, context: Book, act: str, year: int) -> list[tuple[str, str]]:
    return [
        (words, book_address(request, context.kind, act, year=year, form=form))
        for words, form in (("PDF", "pdf"), ("XLSX", "xlsx"))
    ]


def _comparison(request: Request, context: Book, year: int) -> Comparison:
    if not context.kind.compared:
        raise NotFound("book")
    units = rights(request).readable(context.kind)
    return tables.compare(request.db, context.kind, units, year)


@view_config(
    route_name="desk.work.compare",
    renderer="desk/workbook/compare.jinja2",
    permission=Permission.WORK_OPEN,
    uses_session=True,
)
def compare(context: Book, request: Request) -> dict[str, Any]:
    """A line for each unit, a column for each question, and who has not answered yet."""
    year = asked_year(request)
    found = _comparison(request, context, year)
    return {
        "kind": context.kind,
        "found": found,
        "rows": [_row(request, one) for one in found.rows],
        "year": year,
        "years": _years(request, context, "compare", year),
        "files": _files(request, context, "compare.file", year),
        "book_url": book_address(request, context.kind, _query={"nam": year}),
    }


def _row(request: Request, one: Compared) -> dict[str, Any]:
    return {
        "unit": one.agency.name,
        "url": address(request, one.entry) if one.entry else None,
        "line": line(request, one.entry) if one.entry else None,
        "yes": one.yes,
        "cells": list(zip(one.answers, one.remarks, strict=True)),
    }


@view_config(
    route_name="desk.work.compare.file", permission=Permission.WORK_OPEN, uses_session=True
)
def compare_file(context: Book, request: Request) -> Response:
    """The comparison on paper or as a spreadsheet."""
    year = int(request.matchdict["year"])
    grid = tables.comparison_grid(_comparison(request, context, year))
    return send_grid(request, grid, f"{context.kind.slug}-so-sanh-{year}", None)


def _lines(request: Request, context: Book, year: int) -> list[targets.TargetLine]:
    units = rights(request).readable(context.kind)
    return targets.beside_results(request.db, units, year, results(request))


@view_config(
    route_name="desk.work.targets",
    renderer="desk/workbook/targets.jinja2",
    permission=Permission.WORK_OPEN,
    uses_session=True,
)
def beside(context: Book, request: Request) -> dict[str, Any]:
    """Each target with its result up to today."""
    year = asked_year(request)
    return {
        "kind": context.kind,
        "lines": [
            {"line": one, "url": address(request, one.entry), "tone": TONES[one.is_met]}
            for one in _lines(request, context, year)
        ],
        "year": year,
        "years": _years(request, context, "targets", year),
        "files": _files(request, context, "targets.file", year),
        "book_url": book_address(request, context.kind, _query={"nam": year}),
    }


@view_config(
    route_name="desk.work.targets.file", permission=Permission.WORK_OPEN, uses_session=True
)
def beside_file(context: Book, request: Request) -> Response:
    """The same on paper or as a spreadsheet."""
    year = int(request.matchdict["year"])
    grid = targets.targets_grid(_lines(request, context, year), year)
    return send_grid(request, grid, f"muc-tieu-ket-qua-{year}", None)
