"""Ce que l'accueil demande à un contact : relire son diagnostic, dire qui peut le lire."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from maillage import methode
from maillage.accueillir.models import Autorisation, Diagnostic, EtatDiagnostic
from maillage.annuaire.interlocuteurs import Interlocuteur
from maillage.socle.demandes import DemandeAdressee
from maillage.socle.mots import compter

MONTREES = 20


def demandes_adressees(a: Interlocuteur) -> list[DemandeAdressee]:
    """Deux requêtes : les diagnostics soumis ou validés, et les réponses déjà données."""
    return [*_diagnostics(a), *_autorisations(a)]


def _diagnostics(a: Interlocuteur) -> Iterator[DemandeAdressee]:
    soumis = Diagnostic.objects.filter(structure=a.structure).exclude(etat=EtatDiagnostic.EN_COURS)
    for lu in soumis.select_related("operateur", "charge")[:MONTREES]:
        valide = lu.etat == EtatDiagnostic.VALIDE
        fait_le = timezone.localdate(lu.valide_le) if valide and lu.valide_le else None
        yield DemandeAdressee(
            page="diagnostic",
            objet=lu.pk,
            titre=f"Diagnostic du {lu.date:%d/%m/%Y}" if valide else "Relire votre diagnostic",
            qui=f"{lu.charge}, {lu.operateur.nom}" if lu.charge else lu.operateur.nom,
            pourquoi="C’est à partir de lui que se décide, avec vous, votre accompagnement.",
            devenir=(
                "Une fois validé, il ne change plus. Il est à vous : seuls le lisent votre DLA et "
                "ceux à qui vous l’ouvrez."
            ),
            geste="Le lire" if valide else "Le lire et répondre",
            faite_le=fait_le,
            suite=_valide_par(lu) if valide else "",
        )


def _valide_par(lu: Diagnostic) -> str:
    comment = f", {lu.preuve}" if lu.preuve else ""
    return f"Validé par {lu.valide_par}{comment}." if lu.valide_par else ""


def _autorisations(a: Interlocuteur) -> Iterator[DemandeAdressee]:
    dites = list(Autorisation.objects.filter(structure=a.structure))
    attendues = len(methode.diagnostic().destinataires) - len(dites)
    derniere = max((timezone.localdate(d.depuis) for d in dites), default=None)
    ouvertes = sum(d.accordee for d in dites)
    yield DemandeAdressee(
        page="autorisations",
        titre="Dire qui peut lire vos diagnostics",
        qui=a.structure.operateur.nom if a.structure.operateur else "Votre DLA",
        pourquoi=(
            "Le comité d’appui, le DLA régional ou un consultant aident mieux en les lisant : "
            "à vous d’en décider."
        ),
        devenir=f"{_ce_qui_reste(len(dites), attendues)} Vous pouvez changer d’avis à tout moment.",
        geste="Répondre" if attendues else "Voir ou changer mes réponses",
        faite_le=None if attendues else derniere,
        suite=f"Ouverts à {compter(ouvertes, 'catégorie')} sur {len(dites)}." if dites else "",
    )


def _ce_qui_reste(dites: int, attendues: int) -> str:
    if not dites or not attendues:
        return "Sans réponse, ils restent fermés."
    return (
        f"Vous avez répondu pour {compter(dites, 'catégorie')} de lecteurs ; pour "
        f"{'l’autre' if attendues == 1 else f'les {attendues} autres'}, ils restent fermés."
    )
