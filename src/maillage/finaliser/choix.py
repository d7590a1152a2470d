"""Listes de choix tirées de la méthode, que portent les champs de l'étape."""

from __future__ import annotations

from functools import partial

from maillage import methode

publics = partial(methode.choix, "resultats.publics")
questions = partial(methode.choix, "resultats.questions")
groupes = partial(methode.choix, "resultats.groupes")
registres = partial(methode.choix, "evaluation.registres")
