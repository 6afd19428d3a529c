"""Keep accounts: create and close them, set passwords and roles, and make the actor that a person is in one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, lazyload

from desk import comuni
from desk.access import OF_A_COMUNE, Permission, Role, require
from desk.addresses import is_deliverable
from desk.errors import ComuneMissing, RoleNotHeld, UnfitAccount, UserExists, UserNotFound
from desk.model import Conflict, RoleGrant, SavedView, User
from desk.people import passwords, throttle
from desk.people.throttle import Limit
from desk.searching import in_order
from desk.states import Turn
from engine import tasks
from engine.identity import ENGINE, EVERYWHERE, Actor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from engine.store import CasePlace, UnitOfWork

PER_ACCOUNT = 10
PER_ADDRESS = 30
"""More than one account's: the people of a town hall share an address."""
USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
LONGEST_NAME = 200
"""Characters."""
TAKEN = (ENGINE.user, Turn.REQUESTER.value)
"""Names under which the history writes what nobody with an account did."""


@dataclass(frozen=True)
class NewUser:
    """An account to be made; ``roles`` gives for each role the ISTAT codes it holds for, or ``*``."""

    username: str
    email: str
    name: str
    password: str
    roles: Mapping[Role, Iterable[str]]
    demonstration: bool = False


def create(uow: UnitOfWork, new: NewUser, actor: Actor) -> User:
    """Make an account.

    Raises:
        NotAllowed: the actor does not manage accounts.
        UnfitAccount: the user name, the name or the e-mail address cannot be kept.
        UserExists: the user name or the e-mail address is taken.
        WeakPassword: the password is too short or contains the user name.
        ComuneMissing, ComuneNotFound, ComuneNotJoined: a role cannot be held there.

    """
    require(actor, Permission.MANAGE_USERS)
    username, email, name = new.username.strip().casefold(), new.email.strip().casefold(), new.name.strip()
    _refuse_unfit(username, name, email)
    if username in TAKEN or _find(uow, username) or _find(uow, email):
        raise UserExists(username)
    passwords.refuse_weak(new.password, username=username)
    grants = _grants(uow, new.roles)
    secret = passwords.digest(new.password)
    facts = {"demonstration": new.demonstration, "created_at": uow.now, "grants": grants}
    user = User(username=username, email=email, name=name, password=secret, **facts)
    uow.session.add(user)
    try:
        uow.session.flush()
    except IntegrityError as meanwhile:  # somebody has just taken the name or the address
        raise UserExists(username) from meanwhile
    return user


def get(uow: UnitOfWork, username: str) -> User:
    """Give an account by its user name.

    Raises:
        UserNotFound: there is none.

    """
    user = uow.session.get(User, username, options=[joinedload(User.grants)])
    if user is None:
        raise UserNotFound(username)
    return user


def lock_person(uow: UnitOfWork, username: str) -> None:
    """Let nobody else change what hangs on a person until the transaction ends: it is read, then written."""
    row = select(User.username).where(User.username == username)
    uow.connection.execute(row.with_for_update(key_share=True))


def everyone(uow: UnitOfWork) -> Sequence[User]:
    """List all accounts, by name."""
    return _by_name(uow.session.scalars(select(User).order_by(User.username)))


def invented(uow: UnitOfWork) -> Sequence[str]:
    """List the user names of the demonstration's accounts that are open."""
    rows = select(User.username).where(User.demonstration, User.active).order_by(User.username)
    return uow.connection.scalars(rows).all()


def holding(uow: UnitOfWork, role: Role, *istats: str | None) -> Sequence[User]:
    """List the active people who hold a role, in any of some Comuni when they are given: who can be assigned a task."""
    grants = select(RoleGrant.username).where(RoleGrant.role == role)
    if any(istats):
        grants = grants.where(RoleGrant.scope.in_((*istats, EVERYWHERE)))
    people = select(User).where(User.active, User.username.in_(grants)).order_by(User.username)
    return _by_name(uow.session.scalars(people.options(lazyload(User.grants))))


def _by_name(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda user: in_order(user.name))


def names(uow: UnitOfWork, usernames: Iterable[str]) -> dict[str, str]:
    """Give the names of people by their user names, in one statement; who is unknown is left out."""
    wanted = sorted(set(usernames))
    rows = select(User.username, User.name).where(User.username.in_(wanted))
    return {row.username: row.name for row in uow.connection.execute(rows)} if wanted else {}


def authenticate(uow: UnitOfWork, username: str, password: str, address: str) -> User | None:
    """Give the active account with this user name or e-mail address and password; nothing for any other.

    A refusal is returned, not raised, so that the attempt stays counted: after ten failures of an account, or thirty
    from one address, a quarter of an hour must pass.

    Raises:
        TooManyAttempts: it has not passed yet.

    """
    user = _find(uow, username)
    limits = [_account(user.username if user else username), Limit("address", address, PER_ADDRESS)]
    throttle.guard(uow, limits)
    if not passwords.matches(user.password if user and user.active else None, password):
        throttle.failed(uow, limits)
        return None
    throttle.succeeded(uow, limits[0])
    return user


def change_password(uow: UnitOfWork, username: str, present: str, new: str) -> bool:
    """Change one's own password and end all one's sessions; false when the present one is not right.

    Raises:
        UserNotFound: there is no such account.
        TooManyAttempts: the present password was guessed at too often.
        WeakPassword: the new one is too short or contains the user name.

    """
    limits = [_account(username)]
    throttle.guard(uow, limits)
    user = get(uow, username)
    if not passwords.matches(user.password, present):
        throttle.failed(uow, limits)
        return False
    _set_password(user, new)
    return True


def reset_password(uow: UnitOfWork, username: str, new: str, actor: Actor) -> None:
    """Give somebody a new password and end all their sessions.

    Raises:
        NotAllowed, UserNotFound, WeakPassword: it cannot be given.

    """
    require(actor, Permission.MANAGE_USERS)
    _set_password(get(uow, username), new)


def set_roles(uow: UnitOfWork, username: str, granted: Mapping[Role, Iterable[str]], actor: Actor) -> None:
    """Replace somebody's roles and end all their sessions; tasks they may have no more go back to their queues.

    Raises:
        NotAllowed, UserNotFound: the roles cannot be changed.
        ComuneMissing, ComuneNotFound, ComuneNotJoined: a role cannot be held there.

    """
    require(actor, Permission.MANAGE_USERS)
    user = get(uow, username)
    user.grants = [uow.session.merge(grant) for grant in _grants(uow, granted, username)]
    user.session_version += 1
    _give_back(uow, user, actor)


def set_active(uow: UnitOfWork, username: str, actor: Actor, *, active: bool) -> None:
    """Close or reopen an account; closing it ends its sessions, gives its tasks back and takes its saved views away.

    Raises:
        NotAllowed, UserNotFound: it cannot be changed.

    """
    require(actor, Permission.MANAGE_USERS)
    user = get(uow, username)
    user.active = active
    user.session_version += 1
    if not active:
        uow.session.execute(delete(SavedView).where(SavedView.username == username))
        _give_back(uow, user, actor)


def may_hold(uow: UnitOfWork, username: str, groups: frozenset[str], place: CasePlace) -> bool:
    """Say whether an active person without a conflict of interest in a case holds one of some roles for its Comune."""
    conflict = exists().where(Conflict.case_id == place.case_id, Conflict.username == username)
    held = [RoleGrant.role.in_(groups), ~conflict]
    held += [] if place.scope is None else [RoleGrant.scope.in_([EVERYWHERE, place.scope])]
    found = select(User.username).join(RoleGrant).where(User.username == username, User.active, *held).limit(1)
    return uow.connection.execute(found).first() is not None


def _give_back(uow: UnitOfWork, user: User, by: Actor) -> None:
    uow.session.flush()
    acting = [actor(user, role) for role in roles(user)] if user.active else []
    tasks.give_back(uow, user.username, acting, by)


def roles(user: User) -> list[Role]:
    """List the roles a person holds, in the order of the role table."""
    held = {grant.role for grant in user.grants}
    return [role for role in Role if role in held]


def scopes(user: User, role: Role) -> frozenset[str]:
    """Give the ISTAT codes for which a person holds a role, or ``*``."""
    return frozenset(grant.scope for grant in user.grants if grant.role == role)


def actor(user: User, acting_role: Role) -> Actor:
    """Make the actor that a person is while acting in one role: it gets nothing that the role does not give.

    Raises:
        RoleNotHeld: the person does not hold it.

    """
    if acting_role not in roles(user):
        raise RoleNotHeld(user.username, acting_role)
    return Actor(user.username, {acting_role.value}, scopes(user, acting_role))


def _find(uow: UnitOfWork, name: str) -> User | None:
    """Find an account by user name or e-mail address."""
    folded = name.strip().casefold()
    return uow.session.scalars(select(User).where((User.username == folded) | (User.email == folded))).one_or_none()


def _account(username: str) -> Limit:
    return Limit("account", username, PER_ACCOUNT)


def _set_password(user: User, new: str) -> None:
    passwords.refuse_weak(new, username=user.username)
    user.password = passwords.digest(new)
    user.session_version += 1


def _refuse_unfit(username: str, name: str, email: str) -> None:
    if not USERNAME.fullmatch(username):
        raise UnfitAccount("username")
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise UnfitAccount("name")
    if not is_deliverable(email):
        raise UnfitAccount("email")


def _grants(uow: UnitOfWork, granted: Mapping[Role, Iterable[str]], username: str | None = None) -> list[RoleGrant]:
    owner, placed = {} if username is None else {"username": username}, {role: set(granted[role]) for role in granted}
    _refuse_placeless(uow, placed)
    pairs = [(role.value, scope) for role, scopes_of_role in placed.items() for scope in sorted(scopes_of_role)]
    return [RoleGrant(role=role, scope=scope, **owner) for role, scope in pairs]


def _refuse_placeless(uow: UnitOfWork, granted: Mapping[Role, set[str]]) -> None:
    """Let a role be held everywhere or in Comuni that have a desk; those of a Comune in Comuni alone."""
    for role, scopes_of_role in granted.items():
        if role in OF_A_COMUNE and (not scopes_of_role or EVERYWHERE in scopes_of_role):
            raise ComuneMissing(role)
    wanted = set().union(*granted.values()) - {EVERYWHERE}
    for istat in sorted(wanted - comuni.joined_names(uow, among=wanted).keys()):
        comuni.get_joined(uow, istat)
