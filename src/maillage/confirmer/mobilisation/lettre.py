"""Ce que la campagne écrit : le modèle proposé, la lettre d'un contact, celle d'une relance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.confirmer.mobilisation.slots import Lettre
from maillage.socle.mots import citer

if TYPE_CHECKING:
    from maillage.confirmer.models import Mobilisation
    from maillage.ingenieries.models import Ingenierie

OUVERTURES = {
    "ciblage": "D’après ce que nous savons de votre structure, ce sujet est aussi le vôtre.",
    "collectif_constitue": "Votre collectif vient avec sa question ; nous voulons l’entendre "
    "aussi de chacune de ses structures.",
}
SANS_VOIE = "Nous le proposons largement : le groupe se formera avec celles que cela intéresse."


def proposer(ingenierie: Ingenierie, voie: str) -> tuple[str, str]:
    """L'objet et le message que la page propose tant que rien n'est écrit."""
    annonce = f"Nous préparons un accompagnement à plusieurs : {citer(ingenierie.titre)}."
    if ingenierie.accroche:
        annonce = f"{annonce} {ingenierie.accroche}"
    demande = (
        "Dites-nous en cinq minutes si le sujet vous concerne, ce que vous en attendez, qui "
        "pourrait venir et quand. Si ce n’est pas le moment, dites-le aussi : cela nous aide."
    )
    morceaux = [annonce, OUVERTURES.get(voie, SANS_VOIE), demande, ingenierie.operateur.nom]
    return f"{citer(ingenierie.titre)} : en serez-vous ?", "\n\n".join(morceaux)


def premiere(campagne: Mobilisation) -> Lettre:
    """La lettre de l'invitation."""
    return Lettre(campagne.objet, campagne.message, campagne.limite_le)


def relance(campagne: Mobilisation) -> Lettre:
    """La lettre d'un rappel : le même message, précédé de ce qui le justifie."""
    rappel = "Nous n’avons pas encore votre réponse, et elle compte, même si c’est non."
    return Lettre(
        f"Rappel : {campagne.objet}", f"{rappel}\n\n{campagne.message}", campagne.limite_le
    )
