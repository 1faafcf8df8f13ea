"""Commands about who works where: agency add, user add, user move, user password,
user invite."""

import argparse
import getpass
import sys
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.agencies.models import Agency, AgencyKind
from content.dossiers.memberships import move_officer
from content.errors import InvalidTransition
from content.people.identity import email_key
from content.people.invitations import invite
from content.people.models import Account, AccountKind
from content.people.roles import ROLE_NAMES, Role
from content.people.service import PeopleService
from content.procedures.forms.identity import is_email
from content.text import clean, slugify
from portal.cli.program import CommandFailed, Program

CITIZEN = "citizen"


def add_commands(commands: Any) -> None:
    """Add this module's commands."""
    agency = commands.add_parser("agency", help="agencies")
    adding = agency.add_subparsers(dest="action", required=True).add_parser(
        "add", help="add an agency; the first one is the authority itself"
    )
    adding.add_argument("slug", help="its address: tt-phuc-vu-hanh-chinh-cong")
    adding.add_argument("name")
    adding.add_argument("--code", required=True, help="identifier after QĐ 20/2020/QĐ-TTg: H26.13")
    adding.add_argument("--kind", required=True, choices=list(AgencyKind))
    adding.add_argument("--parent", help="slug of the agency above it")
    adding.set_defaults(run=run_add_agency)
    user = commands.add_parser("user", help="accounts")
    actions = user.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="add an account")
    add.add_argument("email")
    add.add_argument("--role", required=True, choices=[CITIZEN, *Role])
    add.add_argument("--name", default="")
    add.add_argument("--agency", help="slug of the agency; the topmost one if left out")
    add.add_argument("--password-stdin", action="store_true", help="read the password from a pipe")
    add.set_defaults(run=run_add)
    move = actions.add_parser("move", help="an officer goes to another agency, in the same roles")
    move.add_argument("email")
    move.add_argument("--from", dest="here", required=True, help="slug of the agency left")
    move.add_argument("--to", dest="there", required=True, help="slug of the agency joined")
    move.set_defaults(run=run_move)
    password = actions.add_parser("password", help="set an account's password")
    password.add_argument("email")
    password.add_argument("--password-stdin", action="store_true", help="read it from a pipe")
    password.set_defaults(run=run_password)
    invite_ = actions.add_parser("invite", help="a new link behind which the password is chosen")
    invite_.add_argument("email")
    invite_.set_defaults(run=run_invite)


def run_add_agency(program: Program, args: argparse.Namespace) -> int:
    """Add an agency; its hours, address and phone are given where the site is edited."""
    with program.writing() as session:
        root = session.scalars(select(Agency).where(Agency.parent_id.is_(None))).first()
        if root is not None and args.parent is None:
            raise CommandFailed(f"name the agency above it: --parent {root.slug}")
        above = session.scalars(select(Agency).where(Agency.slug == args.parent)).first()
        if args.parent and above is None:
            raise CommandFailed(f"no such agency: {args.parent}")
        taken = (Agency.slug == args.slug) | (Agency.code == args.code)
        if session.scalars(select(Agency).where(taken)).first():
            raise CommandFailed(f"{args.slug} or {args.code} is taken")
        slug = slugify(args.slug)
        if slug != args.slug:
            raise CommandFailed(f"not an address: {args.slug}; write it as {slug}")
        session.add(
            Agency(
                slug=slug,
                name=clean(args.name),
                code=args.code,
                kind=AgencyKind(args.kind),
                parent_id=above.id if above else None,
            )
        )
    print(f"Đã thêm {args.name} ({args.code}).")
    return 0


def run_add(program: Program, args: argparse.Namespace) -> int:
    """Add an account; the password never stands on the command line."""
    from portal.security.passwords import Argon2Hasher  # noqa: PLC0415 - allocates 64 MiB

    if not is_email(args.email):
        raise CommandFailed(f"not an e-mail address: {args.email}")
    password = _password(args)
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


def run_move(program: Program, args: argparse.Namespace) -> int:
    """Change where an officer works; the account and all that was done with it stay."""
    with program.writing() as session:
        account = _account(session, args.email)
        here, there = (_agency(session, slug) for slug in (args.here, args.there))
        try:
            moved = move_officer(session, account, here, there, program.now)
        except InvalidTransition as refused:
            raise CommandFailed(_NOT_MOVED[refused.code].format(**refused.data)) from refused
        names, name = ", ".join(ROLE_NAMES[one] for one in moved.roles), there.name
    print(f"{args.email} chuyển sang {name} ({names}).")
    if moved.delegations:
        print(f"Đã kết thúc {moved.delegations} ủy quyền ở đơn vị cũ.")
    return 0


_NOT_MOVED = {
    "same_agency": "--from and --to are the same agency",
    "no_post": "the account has no role in the agency of --from",
    "holds_dossiers": "still holds {held} open dossiers there; have them assigned to others first",
}


def run_password(program: Program, args: argparse.Namespace) -> int:
    """Set a password; all browsers of the account are signed out."""
    from portal.security.passwords import Argon2Hasher  # noqa: PLC0415 - allocates 64 MiB

    password = _password(args)
    with program.writing() as session:
        account = _account(session, args.email)
        people = PeopleService(session, Argon2Hasher(), program.now)
        people.set_password(account, password)
    print(f"Đã đặt mật khẩu cho {args.email}.")
    return 0


def run_invite(program: Program, args: argparse.Namespace) -> int:
    """Print a link that is good once, for seven days; links given before end."""
    with program.writing() as session:
        token = invite(session, _account(session, args.email), program.now)
    print(f"{program.settings.site.base_url}/loi-moi/{token}")
    return 0


def _password(args: argparse.Namespace) -> str:
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        raise CommandFailed("no terminal to ask for the password: use --password-stdin")
    return getpass.getpass()


def _agency(session: Session, slug: str) -> Agency:
    found = session.scalars(select(Agency).where(Agency.slug == slug)).first()
    if found is None:
        raise CommandFailed(f"no such agency: {slug}")
    return found


def _account(session: Session, email: str) -> Account:
    found = session.scalars(select(Account).where(Account.email_key == email_key(email))).first()
    if found is None:
        raise CommandFailed(f"no such account: {email}")
    return found
