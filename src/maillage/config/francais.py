"""Click en français : ses messages, traduits à la place de gettext.

Click passe par gettext, qui voudrait un catalogue compilé et une locale française sur la
machine ; une instance tourne souvent sans l'une ni l'autre. Un test vérifie que chaque
message traduit existe encore dans la version de click installée.
"""

from click import core, decorators, exceptions, formatting, parser, termui, types

MODULES = (core, decorators, exceptions, formatting, parser, termui, types)
MESSAGES = {
    "Usage:": "Emploi :",
    "Options": "Options",
    "Commands": "Commandes",
    "Positional arguments": "Arguments",
    "Aborted!": "Interrompu.",
    "Show this message and exit.": "Affiche cette aide.",
    "Error: {message}": "Erreur : {message}",
    "Try '{command} {option}' for help.": "Aide : {command} {option}",
    "Missing command.": "Il manque une commande.",
    "Missing argument": "Argument manquant",
    "Missing option": "Option manquante",
    "No such option {name!r}.": "Option inconnue : « {name} ».",
    "No such command {name!r}.": "Commande inconnue : « {name} ».",
    "Invalid value: {message}": "Valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "Valeur refusée pour {param_hint} : {message}",
    "{value!r} is not a valid {number_type}.": "« {value} » n'est pas un nombre valable.",
    "{value} is not in the range {range}.": "{value} n'est pas dans l'intervalle {range}.",
    "{name} {filename!r} does not exist.": "« {filename} » n'existe pas.",
    "{name} {filename!r} is not readable.": "« {filename} » n'est pas lisible.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier.",
    "default: {default}": "par défaut : {default}",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "required": "obligatoire",
    "env var: {var}": "variable : {var}",
    "Repeat for confirmation": "Encore une fois, pour confirmer",
    "Error: The two entered values do not match.": "Erreur : les deux saisies diffèrent.",
    "Did you mean {possibility}?": "Vouliez-vous {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous {possibilities} ?",
    "Got unexpected extra argument ({args})": "De trop : {args}",
    "Got unexpected extra arguments ({args})": "De trop : {args}",
    "Option {name!r} requires an argument.": "L'option {name} attend une valeur.",
    "{value!r} is not {choice}.": "« {value} » n'est pas {choice}.",
    "{value!r} is not one of {choices}.": "« {value} » n'est aucun de : {choices}.",
}


def parler_francais() -> None:
    """Remplace les deux fonctions de gettext dans chaque module de click."""
    for module in MODULES:
        vars(module)["_"] = _traduire
        vars(module)["ngettext"] = lambda un, plusieurs, n: _traduire(un if n == 1 else plusieurs)


def _traduire(message: str) -> str:
    return MESSAGES.get(message, message)
