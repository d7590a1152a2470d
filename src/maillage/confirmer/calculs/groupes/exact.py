"""La preuve, pour de petits cas : essayer tous les sous-ensembles, un groupe après l'autre.

`meilleur[S]` est ce que valent au mieux les groupes déjà remplis quand S est placé. Pour b blocs
et m groupes, 3^b · m additions, faites par tranches dans numpy : 12 blocs, moins d'une seconde.
"""

from __future__ import annotations

import numpy as np

from maillage.confirmer.calculs.groupes.blocs import Blocs
from maillage.confirmer.calculs.groupes.probleme import Entiers, Matrice

BLOCS_AU_PLUS = 13
_RIEN = -np.inf


def resoudre_exactement(blocs: Blocs) -> Entiers | None:
    """La meilleure place de chaque bloc (m pour dehors), ou None si rien ne tient."""
    valeurs = _valeurs(blocs)
    dernier = valeurs.shape[1] - 1
    meilleurs = [_depart(blocs)]
    choisis = []
    for groupe in range(blocs.m):
        meilleur, choix = _ajouter(meilleurs[-1], valeurs[groupe])
        meilleurs.append(meilleur)
        choisis.append(choix)
    if meilleurs[-1][dernier] == _RIEN:
        return None
    places = np.full(blocs.b, blocs.m)
    reste = dernier
    for groupe in reversed(range(blocs.m)):
        pris = int(choisis[groupe][reste])
        places[(pris >> np.arange(blocs.b)) & 1 == 1] = groupe
        reste ^= pris
    return places


def _depart(blocs: Blocs) -> Matrice:
    """Avant le premier groupe : ne sont « placés » que ceux que l'on laisse dehors."""
    sommes = _sommes(blocs.gains[:, -1])
    if not blocs.dehors_permis:
        sommes[1:] = _RIEN
    return sommes


def _ajouter(avant: Matrice, valeurs: Matrice) -> tuple[Matrice, Entiers]:
    """Pour chaque ensemble placé, ce que le groupe suivant prend de mieux."""
    ensembles = len(avant)
    apres = np.full(ensembles, _RIEN)
    choix = np.zeros(ensembles, dtype=np.int64)
    tous = np.arange(ensembles)
    for pris in np.flatnonzero(valeurs > _RIEN):
        contenants = tous[(tous & pris) == pris]
        candidats = avant[contenants ^ pris] + valeurs[pris]
        mieux = candidats > apres[contenants]
        apres[contenants[mieux]] = candidats[mieux]
        choix[contenants[mieux]] = pris
    return apres, choix


def _valeurs(blocs: Blocs) -> Matrice:
    """(m, 2^b) : ce que vaut chaque groupe rempli de chaque ensemble, -inf s'il ne le peut pas."""
    effectifs = _sommes(blocs.tailles.astype(float))
    communs = _paires(blocs.liens)
    heurts = _paires(blocs.interdits.astype(float)) + _sommes(blocs.interdits.diagonal())
    communs[heurts > 0] = _RIEN
    entraines = blocs.moteur_poids * (_sommes(blocs.moteurs.astype(float)) > 0)
    valeurs = np.array([_sommes(blocs.gains[:, g]) for g in range(blocs.m)])
    valeurs += communs + entraines
    tient = (effectifs >= blocs.minima[:, None]) & (effectifs <= blocs.maxima[:, None])
    valeurs[~tient] = _RIEN
    return valeurs


def _sommes(poids: Matrice) -> Matrice:
    """La somme des poids de chaque sous-ensemble, par doublements."""
    sommes = np.zeros(1)
    for un in poids:
        sommes = np.concatenate([sommes, sommes + un])
    return sommes


def _paires(liens: Matrice) -> Matrice:
    """La somme des liens entre membres de chaque sous-ensemble, par doublements."""
    sommes = np.zeros(1)
    for rang in range(len(liens)):
        sommes = np.concatenate([sommes, sommes + _sommes(liens[rang, :rang])])
    return sommes
