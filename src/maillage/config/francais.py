"""Click en français : ses messages, traduits à la place de gettext.

Click passe par gettext, qui voudrait un catalogue compilé et une locale française sur la
machine ; une instance tourne souvent sans l'une ni l'autre. Un test vérifie que chaque
message traduit existe encore dans la version de click installée.
"""

from click import core, decorators, exceptions, formatting, types

MODULES = (core, decorators, exceptions, formatting, types)
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
}


def parler_francais() -> None:
    for module in MODULES:
        vars(module)["_"] = lambda message: MESSAGES.get(message, message)
