"""Règle 9 : l'interne du DLA ne sort par aucune page, aucun fichier, pour aucun invité.

Chaque texte interne porte un mot reconnaissable, est enregistré par une vraie opération (le journal
le dit donc aussi), puis chaque invité lit tout ce qui s'ouvre à lui.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.accueillir.diagnostics import operations as diagnostics
from maillage.accueillir.diagnostics import validation as relecture
from maillage.accueillir.models import Besoin, Diagnostic
from maillage.accueillir.parcours import operations as parcours
from maillage.annuaire.models import Nature
from maillage.confirmer.cahier.contexte import contexte_du_cahier, figer
from maillage.confirmer.models import NoteDOffre, Participation
from maillage.engager.models import EtatFinancement, Financement, Partenariat
from maillage.engager.operations import ajouter_partenaire
from maillage.finaliser.models import Seance
from maillage.identifier import operations as besoins
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.operations import ajouter_element, modifier_element
from maillage.methode import consultation
from tests.comptes import connecte
from tests.droits.attentes import MATRICE
from tests.droits.monde import Monde, creer_monde
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db

MOT = "SECRETINTERNE"
INTERNES = {
    "note": ("texte",),
    "role": ("legitimite", "demarche_proposee", "coherence", "risque_garde"),
    "attentes": ("mots", "motivations"),
    "participation": ("remarques", "attentes", "participants", "disponibilites", "motif"),
    "concurrence": ("raison",),
    "groupe": ("profil",),
    "offre": ("proposition", "motif"),
    "consultation": ("decision_motif",),
    "reponse": ("mots", "auteur"),
    "validation": ("remarques",),
}
INVITES = (
    "regional",
    "ressources",
    "comite",
    "partenaire",
    "structure",
    "animateur",
    "prestataire",
)
LE_SIEN = {
    "prestataire": (f"{MOT}-offre-proposition",),
    "comite": (f"{MOT}-finance-pressenti", f"{MOT}-finance-refuse"),
}
"""Ce qu'un invité a écrit lui-même, ou lit pour en donner un avis."""

EXPORTS = (
    "ingenieries:liste",
    "annuaire:annuaire",
    "annuaire:structures",
    "accueillir:demandes",
    "accueillir:diagnostics",
)


def enregistrer_des_secrets(monde: Monde) -> None:
    """Le mot, partout où le métier dit que rien ne doit sortir."""
    charge: Any = monde.comptes["charge"]
    type(monde.objets["consultation"]).objects.update(etat="decidee", decision_motif="Motif")
    type(monde.objets["offre"]).objects.update(deposee_le=timezone.now())
    for nom, champs in INTERNES.items():
        objet = monde.objets[nom]
        objet.refresh_from_db()
        for champ in champs:
            setattr(objet, champ, f"{MOT}-{nom}-{champ}")
        modifier_element(objet, nom="l’élément", version=objet.version, par=charge)
    NoteDOffre.objects.create(
        offre=monde.objets["offre"],
        critere=consultation().criteres[0].code,
        auteur=charge,
        valeur=2,
        remarque=f"{MOT}-score",
    )
    ecartee = _ecartee(monde, charge)
    monde.objets["groupe"].participations.add(ecartee)
    seance = Seance(ingenierie=monde.mission, forme="individuelle", titre="Point d’étape")
    seance.participation = ecartee
    ajouter_element(seance, nom="la séance", par=charge)
    pressenti = Partenariat(ingenierie=monde.mission, famille="financeurs", etat="pressenti")
    pressenti.organisation = organisation(Nature.FINANCEUR, nom=f"{MOT}-pressenti", archive=True)
    ajouter_partenaire(pressenti, nom="le partenaire", par=charge)
    _dans_un_diagnostic(monde, charge)
    _secrets_du_parcours(monde, charge)
    cahier = monde.objets["cahier"]
    cahier.contenu = figer(contexte_du_cahier(monde.mission))
    cahier.save()
    for etat in ("pressenti", "refuse"):
        financement = Financement(ingenierie=monde.mission, etat=etat)
        financement.financeur = organisation(
            Nature.FINANCEUR, nom=f"{MOT}-finance-{etat}", archive=True
        )
        ajouter_element(financement, nom="le financement", par=charge)


def _dans_un_diagnostic(monde: Monde, par: Any) -> None:
    """Une note et un besoin internes, dans un diagnostic que la structure lit puis valide."""
    soumis = monde.objets["diagnostic_soumis"]
    soumis.refresh_from_db()
    relecture.reprendre(soumis, version=soumis.version, par=par)
    volet = soumis.volets.get(domaine="emploi")
    volet.situation, volet.note_interne = "Sept salariés", f"{MOT}-volet-note"
    diagnostics.ecrire_volet(volet, version=volet.version, par=par)
    besoin = Besoin(diagnostic=soumis, domaine="emploi", dit=f"{MOT}-besoin", interne=True)
    diagnostics.ajouter_besoin(besoin, par=par)
    relecture.soumettre(soumis, version=soumis.version, par=par)


def _secrets_du_parcours(monde: Monde, par: Any) -> None:
    """Les notes du parcours, et ce qu'un point de suivi garde pour l'équipe."""
    for nom, champ in (("note_de_parcours", "texte"), ("point", "note_interne")):
        objet = monde.objets[nom]
        setattr(objet, champ, f"{MOT}-{nom}-{champ}")
        parcours.modifier_element(objet, nom="l’élément", version=objet.version, par=par)
    suivi = monde.objets["parcours"]
    suivi.diagnostic = Diagnostic.objects.create(
        structure=suivi.structure, operateur=suivi.operateur, soumis_le=timezone.now()
    )
    besoin = suivi.diagnostic.besoins.create(domaine="emploi", dit=f"{MOT}-besoin", interne=True)
    parcours.modifier_parcours(suivi, version=suivi.version, par=par)
    action = monde.objets["action"]
    action.besoin = besoin
    parcours.modifier_element(action, nom="l’action", version=action.version, par=par)


def _ecartee(monde: Monde, par: Any) -> Participation:
    nommee = organisation(nom=f"{MOT}-ecartee", operateur=monde.organisations["ailleurs"])
    ecartee = Participation(ingenierie=monde.mission, structure=nommee)
    ecartee.palier, ecartee.atteint = "non_retenue", "interessee"
    ajouter_element(ecartee, nom="la structure", par=par)
    return ecartee


def texte_de(reponse: Any) -> str:
    """Ce que dit une réponse, document Word ou classeur compris."""
    contenu = reponse.getvalue()
    if is_zipfile(BytesIO(contenu)):
        with ZipFile(BytesIO(contenu)) as archive:
            return "".join(archive.read(n).decode("utf-8", "replace") for n in archive.namelist())
    return contenu.decode("utf-8", "replace")


def adresses_de(monde: Monde) -> set[str]:
    """Toutes les adresses, refus compris : les démarches, les exports et la recherche."""
    ouvertes = {
        reverse(nom, args=ligne.cles(monde))
        for nom, ligne in MATRICE.items()
        if ligne.get and "pdf" not in nom and nom != "socle:document"
    }
    demarches = {
        reverse("ingenieries:demarche", args=[monde.mission.pk, code])
        for code in regles()
        if code.count(".") == 1
    }
    exports = {f"{reverse(nom)}?export={forme}" for nom in EXPORTS for forme in ("csv", "xlsx")}
    return ouvertes | demarches | exports | {f"{reverse('piloter:recherche')}?q={MOT.lower()}"}


def _sans_ce_qu_il_sait(texte: str, qui: str) -> str:
    for su in LE_SIEN.get(qui, ()):
        texte = texte.replace(su, "")
    return texte


@pytest.mark.parametrize("qui", INVITES)
def test_rien_d_interne_ne_sort_par_aucune_page(qui: str) -> None:
    monde = creer_monde()
    enregistrer_des_secrets(monde)
    client = connecte(monde.comptes[qui])  # type: ignore[arg-type]
    fuites = [
        f"{adresse} : {texte[(debut := texte.find(MOT)) : debut + 60]}"
        for adresse in sorted(adresses_de(monde))
        if MOT in (texte := _sans_ce_qu_il_sait(texte_de(client.get(adresse)), qui))
    ]
    assert not fuites, "\n".join(fuites)


def test_le_dla_associe_lit_les_secrets() -> None:
    """Le test ci-dessus chercherait en vain si les secrets n'étaient nulle part."""
    monde = creer_monde()
    enregistrer_des_secrets(monde)
    client = connecte(monde.comptes["charge_associe"])  # type: ignore[arg-type]
    vus = "".join(texte_de(client.get(a)) for a in adresses_de(monde))
    for attendu in ("note-texte", "attentes-mots", "score", "ecartee", "pressenti"):
        assert f"{MOT}-{attendu}" in vus, attendu
    assert f"{MOT}-finance-pressenti" in vus


def test_un_invite_lit_les_financements_que_dit_la_fiche_et_le_comite_tous() -> None:
    """Qui donne un avis sur le budget lit ce qui se négocie ; les autres, ce que dit la fiche."""
    monde = creer_monde()
    charge: Any = monde.comptes["charge"]
    noms = {}
    for etat in EtatFinancement:
        noms[etat] = f"Financeur {etat.value}"
        financeur = organisation(Nature.FINANCEUR, nom=noms[etat])
        financement = Financement(ingenierie=monde.mission, etat=etat, financeur=financeur)
        ajouter_element(financement, nom="le financement", par=charge)
    budget = reverse("ingenieries:demarche", args=[monde.mission.pk, "engager.valider"])
    for qui in (*INVITES, "charge_associe"):
        client = connecte(monde.comptes[qui])  # type: ignore[arg-type]
        page = client.get(budget)
        if page.status_code != 200:
            continue
        lus = {etat for etat, nom in noms.items() if nom in page.content.decode()}
        tout = qui in {"comite", "charge_associe"}
        assert lus == (set(EtatFinancement) if tout else EtatFinancement.dits()), qui


def test_le_dla_qui_mene_lit_l_interne_de_ses_diagnostics() -> None:
    """Le premier test chercherait en vain si ces secrets n'étaient nulle part."""
    monde = creer_monde()
    enregistrer_des_secrets(monde)
    client = connecte(monde.comptes["charge"])  # type: ignore[arg-type]
    soumis = monde.objets["diagnostic_soumis"].pk
    lus = "".join(
        texte_de(client.get(adresse))
        for adresse in (
            reverse("accueillir:diagnostic", args=[soumis]),
            reverse("accueillir:domaine", args=[soumis, "emploi"]),
        )
    )
    assert f"{MOT}-besoin" in lus
    assert f"{MOT}-volet-note" in lus


def test_une_problematique_regionale_ne_dit_pas_les_mots_ni_les_noms_d_ailleurs() -> None:
    """Le journal suit la page : ni signal, ni structure hors de mon périmètre."""
    monde = creer_monde()
    regional: Any = monde.comptes["regional"]
    portee = type(monde.objets["problematique"]).objects.create(
        operateur=monde.organisations["regional"], titre="Emploi partagé"
    )
    cachee = organisation(nom=f"{MOT}-structure", operateur=monde.organisations["associe"])
    signal = type(monde.objets["signal"])(
        operateur=monde.organisations["associe"], texte=f"{MOT}-mots", date=timezone.localdate()
    )
    besoins.noter_signal(signal, par=regional)
    besoins.joindre_signaux(portee, [signal], par=regional)
    besoins.detacher_signal(portee, signal, par=regional)
    besoins.ajouter_structure(portee, cachee, par=regional)
    journal = reverse("socle:journal", args=["identifier.problematique", portee.pk])
    lus = {}
    for qui in ("charge", "regional"):
        client = connecte(monde.comptes[qui])  # type: ignore[arg-type]
        lus[qui] = client.get(journal).content.decode()
    assert MOT not in lus["charge"]
    assert f"{MOT}-mots" in lus["regional"]


def test_l_equipe_lit_les_secrets_du_parcours() -> None:
    """La contre-épreuve, par le DLA qui accompagne : un DLA associé à la mission n'y entre pas."""
    monde = creer_monde()
    enregistrer_des_secrets(monde)
    client = connecte(monde.comptes["charge"])  # type: ignore[arg-type]
    page = texte_de(client.get(monde.objets["parcours"].get_absolute_url()))
    for attendu in ("note_de_parcours-texte", "point-note_interne", "besoin"):
        assert f"{MOT}-{attendu}" in page, attendu
