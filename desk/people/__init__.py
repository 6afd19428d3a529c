"""The people of the desk: accounts, passwords, roles, mandates, and failed attempts to sign in."""

from desk.people.accounts import (
    NewUser,
    actor,
    authenticate,
    change_password,
    create,
    everyone,
    get,
    hold,
    holding,
    invented,
    names,
    reset_password,
    roles,
    scopes,
    set_active,
    set_roles,
)

__all__ = [
    "NewUser",
    "actor",
    "authenticate",
    "change_password",
    "create",
    "everyone",
    "get",
    "hold",
    "holding",
    "invented",
    "names",
    "reset_password",
    "roles",
    "scopes",
    "set_active",
    "set_roles",
]
