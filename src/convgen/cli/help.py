"""The help pages and the messages of misuse, in French, whatever typer and click say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

# typer bundles click or depends on it, according to its version: its own exception leads to the class.
#: Everything that typer raises about the way a command was typed.
UsageError: Final[type[Exception]] = typer.BadParameter.__mro__[1]

_TEXTS: Final = {
    "help": "Affiche cette aide.",
    "install_completion": "Installe la complétion des commandes dans votre terminal.",
    "show_completion": "Affiche le script de complétion, pour l'installer vous-même.",
}


class FrenchCommand(TyperCommand):
    """A command whose help is in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _write_help(self, ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)


class FrenchGroup(TyperGroup):
    """The set of commands, whose help is in French."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        _write_help(self, ctx, formatter)

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    arguments = [_argument(one) for one in command.get_params(ctx) if one.param_type_name == "argument"]
    if isinstance(command, FrenchGroup):
        arguments.append("COMMANDE [ARGUMENTS]…")
    formatter.write_usage(ctx.command_path, " ".join(["[OPTIONS]", *arguments]), prefix="Usage : ")


def _argument(param: Any) -> str:
    name = str(param.metavar or param.name.upper())
    name += "…" if param.nargs == -1 else ""
    return name if param.required else f"[{name}]"


def _write_help(command: Any, ctx: Any, formatter: Any) -> None:
    _write_usage(command, ctx, formatter)
    formatter.write_paragraph()
    formatter.write_text(command.help or "")
    params = command.get_params(ctx)
    _write_section(
        formatter,
        "Arguments",
        [(_argument(one), one.help or "") for one in params if one.param_type_name == "argument"],
    )
    if isinstance(command, FrenchGroup):
        _write_section(formatter, "Commandes", [(name, _summary(one)) for name, one in command.commands.items()])
    _write_section(
        formatter, "Options", [_option(one) for one in params if one.param_type_name == "option" and not one.hidden]
    )
    if command.epilog:
        formatter.write_paragraph()
        formatter.write(command.epilog.rstrip() + "\n")


def _write_section(formatter: Any, title: str, rows: Iterable[tuple[str, str]]) -> None:
    listed = list(rows)
    if listed:
        formatter.write(f"\n{title} :\n")
        formatter.indent()
        formatter.write_dl(listed)
        formatter.dedent()


def _summary(command: Any) -> str:
    return str(command.help or "").split("\n", 1)[0]


def _option(param: Any) -> tuple[str, str]:
    names = ", ".join(sorted((*param.opts, *param.secondary_opts), key=len))
    if not (param.is_flag or param.count) and param.metavar:
        names += f" {param.metavar}"
    return names, _TEXTS.get(param.name) or param.help or ""


_MESSAGES: Final = (
    (r"No such command '?(.+?)'?\.(?: Did you mean (.+)\?)?$", "la commande « {0} » n'existe pas", "{1}"),
    (r"Missing command\.", "il manque le nom de la commande", ""),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)\.?", "argument en trop : « {0} »", ""),
    (r"Option '?(.+?)'? requires an argument\.?", "l'option « {0} » attend une valeur", ""),
    (r"Option '?(.+?)'? requires (\d+) arguments\.?", "l'option « {0} » attend {1} valeurs", ""),
    (r"Option '?(.+?)'? does not take a value\.?", "l'option « {0} » n'attend pas de valeur", ""),
)


def misuse(error: Exception) -> tuple[str, str]:
    """What was typed wrong, and the remedy, in French, for an error raised by typer or click."""
    kind = type(error).__name__
    param = getattr(error, "param", None)
    if kind == "NoSuchOption":
        name = getattr(error, "option_name", "")
        return f"l'option « {name} » n'existe pas", _mean(getattr(error, "possibilities", None) or ())
    if kind == "MissingParameter" and param is not None:
        what = "l'argument" if param.param_type_name == "argument" else "l'option"
        return f"il manque {what} « {param.metavar or param.opts[0]} »", ""
    return _from_message(str(getattr(error, "message", error)))


def _from_message(message: str) -> tuple[str, str]:
    for pattern, french, mean in _MESSAGES:
        found = re.match(pattern, message)
        if found:
            groups = [group or "" for group in found.groups()]
            names = re.findall(r"'([^']+)'", mean.format(*groups)) if mean else []
            return french.format(*groups), _mean(names)
    return message, ""


def _mean(names: Iterable[str]) -> str:
    listed = " ou ".join(f"« {name} »" for name in names)
    return f"Vouliez-vous dire {listed} ?" if listed else ""
