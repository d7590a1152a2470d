"""Listes de la méthode, nommées pour que les migrations s'y réfèrent : un libellé peut changer."""

from __future__ import annotations

from functools import partial

from maillage import methode

natures = partial(methode.choix, "capitalisation.natures")
destinataires = partial(methode.choix, "capitalisation.destinataires")
responsables = partial(methode.choix, "capitalisation.responsables")
formes = partial(methode.choix, "capitalisation.formes")
tons = partial(methode.choix, "capitalisation.tons")
