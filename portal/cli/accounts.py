"""Commands about accounts: user add."""

import argparse
import getpass
import sys
from typing import Any

from sqlalchemy import select

from content.agencies.models import Agency
from content.people.models import AccountKind
from content.people.roles import ROLE_NAMES, Role
from content.people.service import PeopleService
from portal.cli.program import CommandFailed, Program

CITIZEN = "citizen"


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    user = commands.add_parser("user", help="accounts")
    actions = user.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="add an account")
    add.add_argument("email")
    add.add_argument("--role", required=True, choices=[CITIZEN, *Role])
    add.add_argument("--name", default="")
    add.add_argument("--agency", help="slug of the agency; the topmost one if left out")
    add.add_argument("--password-stdin", action="store_true", help="read the password from a pipe")
    add.set_defaults(run=run_add)


def run_add(program: Program, args: argparse.Namespace) -> int:
    """Add an account; the password never stands on the command line."""
    from portal.security.passwords import Argon2Hasher  # noqa: PLC0415 - allocates 64 MiB

    password = sys.stdin.readline().rstrip("\n") if args.password_stdin else getpass.getpass()
    with program.writing() as session:
        memberships = []
        if args.role != CITIZEN:
            here = Agency.slug == args.agency if args.agency else Agency.parent_id.is_(None)
            agency = session.scalars(select(Agency).where(here)).first()
            if agency is None:
                raise CommandFailed(f"no such agency: {args.agency}")
            memberships = [(agency.id, Role(args.role))]
        PeopleService(session, Argon2Hasher(), program.now).register(
            email=args.email,
            name=args.name or args.email,
            password=password,
            kind=AccountKind.OFFICIAL if memberships else AccountKind.CITIZEN,
            memberships=memberships,
        )
    role = "công dân" if args.role == CITIZEN else ROLE_NAMES[Role(args.role)]
    print(f"Đã thêm {args.email} ({role}).")
    return 0
