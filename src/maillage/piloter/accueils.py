"""Ce que la page « Aujourd'hui » propose à chaque rôle quand rien ne presse."""

from __future__ import annotations

from dataclasses import dataclass

from maillage.annuaire.models import Role
from maillage.annuaire.perimetre import Perimetre


@dataclass(frozen=True, slots=True)
class Accueil:
    """Une phrase juste, et le geste utile : son verbe et sa vue ; puis d'autres, au choix."""

    phrase: str
    geste: str
    vue: str
    autres: tuple[tuple[str, str], ...] = ()


_DLA = Accueil(
    "Rien ne presse : c’est le moment de noter un besoin entendu, d’ouvrir une mission depuis une "
    "problématique, ou de lire ce que d’autres ont fait.",
    "Noter un besoin",
    "identifier:noter",
    (
        ("Relire les problématiques", "identifier:problematiques"),
        ("Lire la bibliothèque", "capitaliser:bibliotheque"),
    ),
)
_SANS_ROLE = Accueil(
    "Votre compte n’est rattaché à aucune organisation : demandez à votre DLA de le faire. "
    "La bibliothèque, elle, vous est ouverte.",
    "Lire la bibliothèque",
    "capitaliser:bibliotheque",
)
PAR_ROLE: dict[str, Accueil] = {
    Role.CHARGE_ACCOMPAGNEMENT: _DLA,
    Role.RESPONSABLE: _DLA,
    Role.DLA_REGIONAL: Accueil(
        "Rien ne presse. Relisez les besoins que plusieurs départements de la région ont notés.",
        "Lire les besoins",
        "identifier:problematiques",
    ),
    Role.CENTRE_RESSOURCES: Accueil(
        "Aucune mission de votre secteur n’attend. Les besoins notés disent ce qui vient.",
        "Lire les besoins",
        "identifier:signaux",
    ),
    Role.NATIONAL: Accueil(
        "Vous lisez ce que les DLA publient. Une structure n’y est nommée qu’avec son accord.",
        "Lire la bibliothèque",
        "capitaliser:bibliotheque",
    ),
    Role.MEMBRE_COMITE: Accueil(
        "Aucun avis ne vous est demandé en ce moment.", "Voir les comités", "engager:comites"
    ),
    Role.PARTENAIRE: Accueil(
        "Aucune mission ne vous attend. Retrouvez celles dont votre organisation est partenaire.",
        "Voir mes missions",
        "ingenieries:liste",
    ),
    Role.PRESTATAIRE: Accueil(
        "Aucune consultation n’attend votre réponse.",
        "Voir mes consultations",
        "confirmer:mes_consultations",
    ),
    Role.STRUCTURE: Accueil(
        "Rien ne vous est demandé. Votre fiche et vos accompagnements sont à portée de clic.",
        "Voir ma structure",
        "annuaire:structures",
    ),
    Role.ANIMATEUR: Accueil(
        "Rien ne vous attend. Les expériences publiées peuvent nourrir votre démarche.",
        "Lire la bibliothèque",
        "capitaliser:bibliotheque",
    ),
    Role.ADMINISTRATEUR: Accueil(
        "L’instance tourne. Ouvrez ou fermez les accès depuis l’annuaire.",
        "Ouvrir l’annuaire",
        "annuaire:annuaire",
    ),
}


def accueil_de(perimetre: Perimetre) -> Accueil:
    """Celui de son premier exercice ; une personne sans rattachement a le sien."""
    return PAR_ROLE[perimetre.exercices[0].role] if perimetre else _SANS_ROLE
