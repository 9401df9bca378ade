"""``comity completion``: the completion script for a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    epilog="""\b
Examples:
  comity completion bash > ~/.local/share/bash-completion/completions/comity
  comity completion fish > ~/.config/fish/completions/comity.fish
""",
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print the completion script for bash, zsh or fish.

    It completes commands, options, organisations, parties, rights, bodies and articles.
    """
    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"no completion for {shell}")
    group = context.find_root().command
    click.echo(found(group, {}, "comity", "_COMITY_COMPLETE").source())
    return 0
