"""The command ``comity``: finds the command asked for, and turns every error into a sentence.

Exit codes: 0 yes or done, 1 the answer is no or a case failed, 2 usage or bad input, 3 the record
is not what its log says; 130 interrupted, 141 the reader of the output went away.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pkgutil import resolve_name
from typing import Any

import click

from comity import __version__
from comity.kernel.errors import ComityError, DataError, Fault, IntegrityError, did_you_mean

YES, NO, BAD_INPUT, NO_INTEGRITY, INTERRUPTED, READER_GONE = 0, 1, 2, 3, 130, 141

# Every command, with its line in the help, so that help needs no command to be imported. The
# command itself is ``command`` in ``comity.cli.commands.<name>`` (``import_`` for a keyword).
COMMANDS: Mapping[str, str] = {
    "orgs": "List the organisations.",
    "at": "Show who holds which status on a day, since when, and why.",
    "status": "Show the status of a party on a day, and all it rests on.",
    "history": "Show every status a party has held, and every act that names it.",
    "may": "Say whether a party may do something, on what terms, and why.",
    "decide": "Say what a decision rule makes of positions, and why.",
    "follow": "Say where a matter stands under a procedure, and what may follow.",
    "power": "Say how much each member can decide under a rule.",
    "rules": "Show the rules in force on a day, or one article in full.",
    "diff": "Show what changed between two days, and by which act.",
    "act": "Show one act in full, with its sources and corrections.",
    "check": "Check organisations and run case files.",
    "verify": "Prove that a record is what its log says.",
    "export": "Write the whole record as a signed directory.",
    "import": "Take in an exported record, or acts.",
    "bench": "Measure comity on this machine.",
    "completion": "Print the completion script for a shell.",
}
KEYWORDS = frozenset({"import"})

EPILOG = """\b
Exit codes: 0 yes, or done; 1 the answer is no, or a case failed;
2 usage or bad input; 3 the record is not what its log says.
\b
Examples:
  comity at sco 2017-06-09
  comity status eu GB --on 2020-02-01 --lang ru
"""


class Commands(click.Group):
    """A group that imports a command only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name all commands."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if cmd_name in KEYWORDS else cmd_name
        command = resolve_name(f"comity.cli.commands.{module}:command")
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            near = did_you_mean(args[0], COMMANDS)
            listed = ", ".join(COMMANDS)
            ctx.fail(f'no command "{args[0]}". Expected: one of {listed}. {near}'.rstrip())
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "comity",
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002
        **extra: Any,
    ) -> Any:
        """Run and exit with the code that says how it went."""
        words = list(sys.argv[1:] if args is None else args)
        _write_what_the_terminal_cannot()
        try:
            code = super().main(words, prog_name, complete_var, False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            code = BAD_INPUT
        except click.ClickException as error:
            code = _report_usage(error, "--json" in words)
        except click.Abort:
            code = INTERRUPTED
        except ComityError as error:
            code = _report(error, "--json" in words)
        except OSError as error:
            code = _report(_unusable(error), "--json" in words)
        sys.exit(code if isinstance(code, int) else YES)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that goes away early (``| head``) is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(READER_GONE)
        return result


def _write_what_the_terminal_cannot() -> None:
    """Replace letters the terminal has not, instead of failing on them."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _unusable(error: OSError) -> DataError:
    """Say which file cannot be read or written, and why."""
    found = f"cannot use {error.filename or 'a file'}: {error.strerror or error}"
    return DataError(Fault("unusable_file", found, "a file that can be read, or written"))


def _report_usage(error: click.ClickException, as_json: bool) -> int:
    if as_json:
        _print_error("usage", error.format_message(), [])
    else:
        error.show()
    return BAD_INPUT


def _report(error: ComityError, as_json: bool) -> int:
    if as_json:
        fault_data = resolve_name("comity.wording.data:fault_data")
        _print_error(error.code, str(error), [fault_data(each) for each in error.faults])
    else:
        click.echo(f"Error: {error}", err=True)
    return NO_INTEGRITY if isinstance(error, IntegrityError) else BAD_INPUT


def _print_error(code: str, message: str, faults: list[Any]) -> None:
    print_json = resolve_name("comity.cli.context:print_json")
    print_json({"error": {"code": code, "message": message, "faults": faults}})


@click.group(
    "comity", cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Ask who is in an organisation on a day, with what status and rights, and why."""
