"""``sayso desk``."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.options import ledger_option, login
from sayso.cli.output import say

if TYPE_CHECKING:
    from sayso.desk.accounts import Accounts

ROLES = ("reader", "analyst", "admin")


@click.group(invoke_without_command=True)
@ledger_option
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), help="Listen there.  [default: 8460 if it is free]")
@click.option("--no-open", "quiet", is_flag=True, help="Don't open the browser, only say the address.")
@click.option("--no-key", "keyless", is_flag=True, help="Let all users of this machine in, without the key.")
@click.option("--host", metavar="H", default="127.0.0.1", help="Serve others, by this address of the machine.")
@click.option("--allow-host", "names", metavar="NAME", multiple=True, help="Answer to this name too.")
@click.option("--proxy", "proxies", metavar="ADDRESS", multiple=True, help="Believe this proxy on who asks, and how.")
@click.option("--certificate", metavar="FILE", help="Serve with TLS: the certificate, as PEM.")
@click.option("--private-key", metavar="FILE", help="Serve with TLS: its key, as PEM.")
@click.pass_context
def desk(ctx: click.Context, /, ledger: str | None, quiet: bool, keyless: bool, **given: Any) -> None:
    """Open the ledger in your browser.

    Pages to search claims, read articles with everybody's words marked, and see how claims answer each other, until you
    press Ctrl-C. They ask no other host for anything. Needs more than reading does: pip install 'sayso[desk]'.

    They are served on this machine, to you only: the address that is opened has a key that other users of the machine
    don't have. With accounts (sayso desk users) everybody logs in, and --host serves others too. You decide by your
    login name, or by SAYSO_USER.

    \b
    Examples:
      sayso desk
      sayso desk --ledger reports.db --port 8000 --no-open
      sayso desk users add mara --role analyst
      sayso desk --host 192.168.0.7 --certificate desk.pem --private-key desk.key
    """
    if ctx.invoked_subcommand is not None:
        ctx.obj = ledger
        return
    from sayso import config
    from sayso.desk import check_installed

    check_installed()
    from sayso.desk.serving import Served, listen, serve

    served = Served(**given, user=_user(), keyed=not keyless)
    with listen(config.load({"ledger": ledger}), served) as listening:
        say(f"the desk is at {listening.address} until you press Ctrl-C.")
        if not (served.loopback or served.certificate or served.proxies):
            say("passwords cross the network in the clear: see --certificate, or put a proxy with TLS before it.")
        serve(listening, browser=not quiet)


@desk.group()
def users() -> None:
    """Accounts of those who may use the desk, beside the ledger.

    A reader sees everything and takes it away; an analyst also decides and brings reports in; an admin also manages
    users. A desk that runs without accounts has to be started again after the first is added.

    \b
    Examples:
      sayso desk users add mara --role admin
      sayso desk users add ivo < password.txt
      sayso desk users list
    """


_role_option = click.option(
    "--role", type=click.Choice(ROLES), default="reader", show_default=True, help="What they may do."
)


@users.command()
@click.argument("name", metavar="NAME")
@_role_option
@ledger_option
@click.pass_context
def add(ctx: click.Context, name: str, role: str, ledger: str | None) -> None:
    """Add an account, with a password.

    The password is asked for, or is the first line of standard input.

    \b
    Example:
      sayso desk users add mara --role analyst
    """
    _accounts(ctx, ledger).add(name, role, _password(name))
    say(f"{name} may log in, as {role}.")


@users.command(name="list")
@ledger_option
@click.pass_context
def list_(ctx: click.Context, ledger: str | None) -> None:
    """List the accounts, with their roles and since when they are there.

    \b
    Example:
      sayso desk users list
    """
    listed = _accounts(ctx, ledger).listed()
    for account in listed:
        click.echo(f"{account.role:<8}  {account.since}  {account.name}")
    if not listed:
        say("no accounts yet. sayso desk users add --help says how.")


@users.command()
@click.argument("name", metavar="NAME")
@ledger_option
@click.pass_context
def remove(ctx: click.Context, name: str, ledger: str | None) -> None:
    """Take an account away, at once; what it decided stays.

    \b
    Example:
      sayso desk users remove mara
    """
    _accounts(ctx, ledger).remove(name)
    say(f"{name} may log in no more.")


@users.command()
@click.argument("name", metavar="NAME")
@ledger_option
@click.pass_context
def passwd(ctx: click.Context, name: str, ledger: str | None) -> None:
    """Change a password, and end the sessions that it opened.

    \b
    Example:
      sayso desk users passwd mara
    """
    _accounts(ctx, ledger).set_password(name, _password(name))
    say(f"{name} has a new password.")


def _accounts(ctx: click.Context, ledger: str | None) -> Accounts:
    """Those of the ledger that is named here, or before ``users``, or by the settings."""
    from sayso import config
    from sayso.desk import check_installed

    check_installed()
    from sayso.desk.accounts import Accounts
    from sayso.desk.held import Desk

    return Accounts.of(Desk(config.load({"ledger": ledger or ctx.obj}).ledger).path)


def _password(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline(10_000).rstrip("\r\n")
    return str(click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True, err=True))


def _user() -> str:
    return os.environ.get("SAYSO_USER") or login("Say who decides: SAYSO_USER=NAME sayso desk")
