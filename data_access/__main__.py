"""The command line, `python -m data_access`: only names commands; each is one function in `commands`."""

import sys

import typer

from data_access.commands import aggregating, asking, deliveries, demo, keys, records, sources, state, users, working
from data_access.commands.output import refusing

# No pretty tracebacks: they print the values of local variables, which may be raw counts or passwords.
app = typer.Typer(
    help="Dasbor Kebijakan ASN",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("aggregate")(aggregating.aggregate)
app.command("prepare")(sources.prepare)
app.command("check")(deliveries.check)
app.command("findings")(deliveries.findings)
app.command("publish")(deliveries.publish)
app.command("releases")(deliveries.releases)
app.command("rollback")(deliveries.rollback)
app.command("work")(working.work)
app.command("ask")(asking.ask)
app.add_typer(keys.app, name="keys")
app.add_typer(sources.app, name="mapping")
app.add_typer(users.app, name="users")
app.add_typer(records.app, name="audit")
app.add_typer(state.app, name="state")


def main() -> int:
    """Exit code: 0 done, 1 refused or invalid (with the sentence that says why), 2 usage, 3 done but not all of it."""
    return refusing(app)


if __name__ == "__main__":
    sys.exit(main())
