"""Ce que l'étape montre dans le dossier : problématique et signaux, ciblage, rôle du DLA."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from maillage import methode
from maillage.identifier.calculs.postures import posture_evoquee
from maillage.identifier.editions import ROLE
from maillage.identifier.models import EtatProblematique, Problematique, RoleDuDLA, Signal
from maillage.identifier.partage import Partage
from maillage.ingenieries.droits import Regard
from maillage.ingenieries.models import Ingenierie
from maillage.ingenieries.panneaux import Geste, Panneau
from maillage.socle.mots import compter

VOIX = 6


def cerner(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """La problématique et ses signaux, dont les mots restent au DLA (quatre requêtes)."""
    problematiques = list(ingenierie.problematiques.all())
    comptes = _comptes_par_source(ingenierie)
    voix = _voix(ingenierie) if regard.voit_interne else []
    total = sum(comptes.values())
    return [
        Panneau(
            code="problematique",
            titre="La problématique et ses preuves",
            vide=not problematiques,
            phrase=_phrase_de_cerner(problematiques, total),
            gabarit="identifier/panneaux/cerner.html",
            contexte={
                "problematiques": problematiques,
                "sources": _sources(comptes),
                "voix": voix,
                "autres": total - len(voix),
                "liens": regard.voit_interne,
                "entendus": _entendus(ingenierie) if regard.pilote else 0,
            },
            manques=_manques_de_cerner(problematiques, total),
            gestes=[
                Geste(
                    "Rattacher une problématique",
                    reverse("identifier:rattacher", args=[ingenierie.pk]),
                )
            ],
            faits=_faits_des_sources(comptes),
        )
    ]


def cibler(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """Les cinq critères, ce que l'on retient de chacun, les recherches du DLA (deux requêtes)."""
    retenus = {c.sous_item: c.retenu for c in ingenierie.ciblages.all()}
    criteres = [_critere(critere, retenus) for critere in methode.ciblage().criteres]
    precises = [c for c in criteres if c["lignes"]]
    recherches = _recherches(ingenierie) if regard.pilote else []
    chercher = f"{reverse('identifier:ciblage_nouveau')}?ingenierie={ingenierie.pk}"
    return [
        Panneau(
            code="ciblage",
            titre="Les structures visées",
            vide=not (precises or recherches),
            phrase=_phrase_de_cibler(len(precises), len(criteres)),
            gabarit="identifier/panneaux/cibler.html",
            contexte={"criteres": precises, "recherches": recherches},
            manques=[f"{c['libelle']} : rien n’est dit." for c in criteres if not c["lignes"]],
            gestes=[
                Geste("Préciser le ciblage", reverse("identifier:ciblage", args=[ingenierie.pk])),
                Geste("Chercher les structures", chercher),
            ],
            faits={c["fait"]: f"{c['libelle']} : renseigné" for c in precises if c["fait"]},
        )
    ]


def _recherches(ingenierie: Ingenierie) -> list[Any]:
    """Les ciblages que le DLA pilote garde pour cette mission."""
    return list(ingenierie.recherches_de_ciblage.filter(operateur=ingenierie.operateur_id))


def positionner(ingenierie: Ingenierie, regard: Regard) -> Sequence[Panneau]:
    """La posture du DLA ; interne (deux requêtes)."""
    role = RoleDuDLA.objects.filter(ingenierie=ingenierie).first()
    formulees = [p for p in ingenierie.problematiques.all() if p.formulee]
    faits = {"problematique_formulee": f"« {formulees[0]} » est rédigée"} if formulees else {}
    if role and role.posture:
        faits["posture_choisie"] = f"Posture : {role.get_posture_display()}"
    return [
        Panneau(
            code="role",
            titre="Le rôle du DLA",
            vide=role is None,
            phrase=_phrase_du_role(role),
            gabarit="identifier/panneaux/role.html",
            contexte={"role": role, "axes": _axes(role), "evoquee": _evoquee(role)},
            manques=_manques_du_role(role),
            gestes=[
                Geste(
                    "Revoir la posture" if role else "Choisir une posture",
                    ROLE.url("ajouter", ingenierie.pk),
                )
            ],
            faits=faits,
            interne=True,
        )
    ]


PAR_DEMARCHE = {
    "identifier.cerner": cerner,
    "identifier.cibler": cibler,
    "identifier.positionner": positionner,
}


def _comptes_par_source(ingenierie: Ingenierie) -> dict[str, int]:
    lignes = (
        Signal.objects.filter(problematiques__ingenieries=ingenierie)
        .order_by()
        .values("source")
        .annotate(nombre=Count("pk", distinct=True))
    )
    return {ligne["source"]: ligne["nombre"] for ligne in lignes}


def _voix(ingenierie: Ingenierie) -> list[Signal]:
    """Les derniers mots notés par le DLA pilote ; ceux d'un autre DLA, ou d'un diagnostic, non."""
    notes = Signal.objects.filter(operateur=ingenierie.operateur_id, partage=Partage.LIBRE)
    jointes = notes.filter(problematiques__ingenieries=ingenierie).distinct()
    return list(jointes.pour_liste().order_by("-date", "-cree_le")[:VOIX])


def _entendus(ingenierie: Ingenierie) -> int:
    """Combien de besoins le DLA pilote a notés au fil de la mission."""
    return ingenierie.besoins_entendus.filter(operateur=ingenierie.operateur_id).count()


def _sources(comptes: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {"libelle": source.libelle, "nombre": comptes[source.code]}
        for source in methode.signaux().sources
        if comptes.get(source.code)
    ]


def _faits_des_sources(comptes: Mapping[str, int]) -> dict[str, str]:
    return {
        fait: f"{source.libelle} : {comptes[source.code]}"
        for source in methode.signaux().sources
        if comptes.get(source.code) and (fait := methode.point(source.point).fait)
    }


def _phrase_de_cerner(problematiques: Sequence[Problematique], total: int) -> str:
    if not problematiques:
        return "La mission n’est encore rattachée à aucune problématique."
    voix = f"{compter(total, 'signal', 'signaux')} à l’appui"
    if len(problematiques) == 1:
        etat = problematiques[0].get_etat_display()
        return f"La problématique est {etat} ; {voix if total else 'aucun signal n’y est joint'}."
    return f"La mission répond à {len(problematiques)} problématiques, sur {total} signaux."


def _manques_de_cerner(problematiques: Sequence[Problematique], total: int) -> list[str]:
    if not problematiques:
        return ["Dites à quelle problématique la mission répond."]
    a_confirmer = [p for p in problematiques if p.etat == EtatProblematique.A_CONFIRMER]
    sans_contexte = [p for p in problematiques if not p.formulee]
    return [
        *(f"« {p} » reste à confirmer." for p in a_confirmer),
        *(f"Le contexte et les enjeux de « {p} » sont à écrire." for p in sans_contexte),
        *(["Aucun signal n’est joint : sur quoi repose-t-elle ?"] if not total else []),
    ]


def _critere(critere: Any, retenus: Mapping[str, str]) -> dict[str, Any]:
    return {
        "libelle": critere.libelle,
        "fait": methode.point(critere.point).fait,
        "lignes": [
            {"libelle": element.libelle, "retenu": retenus[element.code]}
            for element in critere.elements
            if element.code in retenus
        ],
    }


def _phrase_de_cibler(precises: int, total: int) -> str:
    if not precises:
        return "Aucun critère n’est encore précisé."
    if precises == total:
        return f"Les {total} critères sont précisés."
    return f"{compter(precises, 'critère')} sur {total}."


def _phrase_du_role(role: RoleDuDLA | None) -> str:
    if role is None:
        return "Le DLA n’a pas encore dit quelle place il prend."
    if not role.posture:
        return "La réflexion est ouverte, la posture reste à choisir."
    return f"Posture retenue : {role.get_posture_display().lower()}."


def _manques_du_role(role: RoleDuDLA | None) -> list[str]:
    if role is None:
        return []
    regles = [
        (role.legitimite, "À quel titre le DLA agit-il ?"),
        (role.coherence, "La cohérence de la démarche n’est pas écrite."),
        (
            role.risque_garde or not role.risque_publie,
            "Cette posture a un risque connu : dites comment vous vous en gardez.",
        ),
    ]
    return [phrase for tenu, phrase in regles if not tenu]


def _axes(role: RoleDuDLA | None) -> list[dict[str, Any]]:
    """Chaque axe, ses pôles, et la position en mots."""
    if role is None:
        return []
    return [
        {
            "libelle": axe.libelle,
            "premier": axe.poles[0].libelle,
            "second": axe.poles[1].libelle,
            "position": getattr(role, axe.code),
        }
        for axe in methode.postures().axes
    ]


def _evoquee(role: RoleDuDLA | None) -> str:
    """La posture que les positions évoquent, si elle diffère de celle retenue."""
    if role is None:
        return ""
    postures = methode.postures()
    positions = {axe.code: getattr(role, axe.code) for axe in postures.axes}
    trouvee = posture_evoquee(postures.postures, postures.axes, positions)
    return trouvee.libelle if trouvee and trouvee.code != role.posture else ""
