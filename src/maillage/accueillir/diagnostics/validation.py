"""Faire relire un diagnostic, et garder ce que la structure en dit.

La structure répond connectée (`par` est son contact), par sa page personnelle sans compte (`par`
vaut None, `au_nom_de` la nomme, `preuve` dit d'où vient son lien), ou de vive voix (`par` est
l'agent, `preuve` dit comment). Chaque geste porte la version que l'on a lue : nul ne valide un
texte qui a changé sous ses yeux.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.accueillir.diagnostics.transitions import DIAGNOSTICS
from maillage.accueillir.models import Diagnostic
from maillage.annuaire.destinataires import comptes_de, equipe_du
from maillage.annuaire.models import Role
from maillage.socle.envois.operations import annoncer
from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.verrou import enregistrer

if TYPE_CHECKING:
    from maillage.socle.comptes import Utilisateur


@operation
def soumettre(diagnostic: Diagnostic, *, version: int, par: Utilisateur | None) -> Diagnostic:
    """Le donne à relire à la structure. Lève `TransitionRefusee` ou `ConflitDeVersion`."""
    _jouer(diagnostic, "soumettre", version)
    journaliser(diagnostic, "a soumis le diagnostic à la structure", par=par)
    annoncer(
        cle=f"diagnostic-soumis:{diagnostic.pk}:{diagnostic.version}",
        phrase=f"{diagnostic.operateur.nom} vous donne à relire votre diagnostic partagé.",
        url=diagnostic.get_absolute_url(),
        destinataires=comptes_de([diagnostic.structure_id], {Role.STRUCTURE}),
    )
    return diagnostic


@operation
def reprendre(diagnostic: Diagnostic, *, version: int, par: Utilisateur) -> Diagnostic:
    """Le remet en cours avant que la structure ait répondu. Lève les mêmes."""
    _jouer(diagnostic, "reprendre", version)
    journaliser(diagnostic, "a remis le diagnostic en cours", par=par)
    return diagnostic


@operation
def valider(
    diagnostic: Diagnostic,
    *,
    version: int,
    par: Utilisateur | None,
    au_nom_de: str,
    remarques: str = "",
    preuve: str = "",
) -> Diagnostic:
    """La structure le valide : il ne change plus. Lève les mêmes.

    `au_nom_de` : qui valide dans la structure ; `preuve` : comment l'agent l'a su.
    """
    diagnostic.valide_par, diagnostic.remarques = au_nom_de[:200], remarques
    diagnostic.preuve = preuve[:500]
    _jouer(diagnostic, "valider", version)
    comment = f", {preuve}" if preuve else ""
    journaliser(diagnostic, f"{_verbe(par, preuve)} par {au_nom_de}{comment}", par=par)
    _prevenir(diagnostic, "a validé", f"{au_nom_de}{comment}", aussi_la_structure=True)
    return diagnostic


@operation
def demander_correction(
    diagnostic: Diagnostic,
    *,
    version: int,
    par: Utilisateur | None,
    au_nom_de: str,
    remarques: str,
) -> Diagnostic:
    """La structure demande une correction : il revient en cours, avec ses mots. Lève les mêmes."""
    diagnostic.remarques = remarques
    _jouer(diagnostic, "corriger", version)
    journaliser(diagnostic, f"a noté la correction que demande {au_nom_de}", par=par)
    _prevenir(diagnostic, "demande de corriger", au_nom_de)
    return diagnostic


def _jouer(diagnostic: Diagnostic, verbe: str, version: int) -> None:
    DIAGNOSTICS.appliquer(verbe, diagnostic)
    enregistrer(diagnostic, version=version)


def _verbe(par: Utilisateur | None, preuve: str) -> str:
    return "a consigné la validation donnée" if par and preuve else "a enregistré la validation"


def _prevenir(
    diagnostic: Diagnostic, verbe: str, qui: str, *, aussi_la_structure: bool = False
) -> None:
    """L'équipe ; ce qui a été validé en son nom, la structure aussi, pour le contester."""
    destinataires = [*equipe_du(diagnostic.operateur_id)]
    if aussi_la_structure:
        destinataires += comptes_de([diagnostic.structure_id], {Role.STRUCTURE})
    annoncer(
        cle=f"diagnostic-repondu:{diagnostic.pk}:{diagnostic.version}",
        phrase=f"{qui} {verbe} le diagnostic partagé : {diagnostic.structure}.",
        url=diagnostic.get_absolute_url(),
        destinataires=destinataires,
    )
