"""Ce qui est interne, repris ou parti ne se lit par aucun chemin de côté."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.accueillir.autorisations.droits import peut_decider, regard
from maillage.accueillir.diagnostics.operations import ajouter_besoin, modifier_besoin, ouvrir
from maillage.accueillir.diagnostics.validation import reprendre, soumettre
from maillage.accueillir.models import Besoin, Diagnostic
from maillage.annuaire.models import Rattachement, Role
from maillage.portail.droits import peut_remettre
from maillage.socle.models import Acte
from tests.accueillir.fabriques import (
    autoriser,
    demande,
    diagnostic_ouvert,
    diagnostic_soumis,
    diagnostic_valide,
    soustraire,
)
from tests.accueillir.monde_du_parcours import action, jour, parcours
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, operateur, organisation

pytestmark = pytest.mark.django_db
SECRET = "La présidente tient seule les clés"


def test_le_journal_ne_cite_pas_un_besoin_devenu_interne() -> None:
    """Noté partagé, puis gardé au DLA avant d'être soumis : la structure n'en lit rien."""
    dla = operateur()
    structure = organisation(operateur=dla)
    auteur = agent(dla)
    objet = diagnostic_ouvert(structure, dla, synthese="À lire")
    besoin = Besoin(diagnostic=objet, domaine="gouvernance", dit=SECRET)
    ajouter_besoin(besoin, par=auteur)
    besoin.interne = True
    modifier_besoin(besoin, version=besoin.version, par=auteur)
    soumettre(objet, version=objet.version, par=auteur)
    client = connecte(agent(structure, Role.STRUCTURE))
    adresse = reverse("socle:journal", args=["accueillir.diagnostic", objet.pk])
    assert SECRET not in client.get(adresse).content.decode()
    assert SECRET not in "".join(Acte.objects.partageables().values_list("phrase", flat=True))


def test_le_parcours_ne_montre_pas_les_besoins_que_le_dla_reprend() -> None:
    dla = operateur()
    structure = organisation(operateur=dla)
    objet = diagnostic_soumis(structure, dla)
    reprendre(objet, version=objet.version, par=agent(dla))
    besoin = Besoin.objects.create(diagnostic=objet, domaine="emploi", dit=SECRET)
    chemin = parcours(structure, diagnostic=objet)
    action(chemin, besoin=besoin)
    client = connecte(agent(structure, Role.STRUCTURE))
    assert client.get(objet.get_absolute_url()).status_code == 403
    assert SECRET not in client.get(chemin.get_absolute_url()).content.decode()


def test_reprendre_le_diagnostic_d_un_autre_dla_laisse_l_interne_chez_lui() -> None:
    """Un agent qui est aussi contact de la structure reprend ce qu'elle lit, rien de plus."""
    ici, ailleurs = operateur("DLA d’ici"), operateur("DLA d’ailleurs")
    structure = organisation(operateur=ailleurs)
    ancien = diagnostic_valide(structure, ailleurs)
    ancien.volets.create(domaine="projet", situation="Partagé", note_interne=SECRET)
    Besoin.objects.create(diagnostic=ancien, domaine="projet", dit=SECRET, interne=True)
    Besoin.objects.create(diagnostic=ancien, domaine="projet", dit="Se faire connaître")
    neuf = ouvrir(Diagnostic(structure=structure, operateur=ici, precedent=ancien), par=None)
    assert neuf.volets.get(domaine="projet").situation == "Partagé"
    assert neuf.volets.get(domaine="projet").note_interne == ""
    assert [b.dit for b in neuf.besoins.all()] == ["Se faire connaître"]


def test_noter_une_demande_ne_donne_pas_la_main_sur_la_structure_d_un_autre_dla() -> None:
    doubs = departement()
    ici, ailleurs = operateur("DLA d’ici", doubs), operateur("DLA d’ailleurs")
    structure = organisation(operateur=ici, commune=commune(dans=doubs))
    demande(structure, ailleurs)
    autre = agent(ailleurs)
    assert not peut_decider(autre, structure)
    assert not peut_remettre(autre, structure)


def test_a_l_entree_le_dla_qui_recoit_la_demande_consigne_les_autorisations() -> None:
    """Que personne ne suive encore la structure ne l'empêche pas de dire à qui elle s'ouvre."""
    ici = operateur()
    structure = organisation()
    demande(structure, ici)
    assert peut_decider(agent(ici), structure)


def test_qui_a_quitte_le_dla_ne_lit_plus_ses_actions_dans_aujourd_hui() -> None:
    ici, ailleurs = operateur("DLA d’ici"), operateur("DLA d’ailleurs")
    partante = agent(ici)
    chemin = parcours(organisation(operateur=ici))
    action(chemin, personne=partante.personne, intitule=SECRET, echeance=jour(), sorte="interne")
    Rattachement.objects.filter(personne=partante.personne).update(revoque_le=timezone.now())
    Rattachement.objects.create(
        personne=partante.personne, organisation=ailleurs, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    client = connecte(partante)
    assert SECRET not in client.get("/").content.decode()


def test_un_document_soustrait_le_reste_quelle_que_soit_la_fiche_ou_cela_fut_dit() -> None:
    """Soustrait pendant que deux fiches étaient réunies, il le reste une fois séparées."""
    dla = operateur()
    une, autre = organisation(operateur=dla), organisation(operateur=dla)
    lu = diagnostic_valide(une, dla)
    autoriser(une, "comite")
    membre = agent(dla, Role.MEMBRE_COMITE)
    assert regard(membre, lu).lire
    soustraire(autre, diagnostic=lu)
    assert not regard(membre, lu).lire
    assert not Diagnostic.objects.lisibles_par(membre).filter(pk=lu.pk).exists()


def test_l_agent_ne_leve_pas_ce_que_la_structure_a_soustrait_elle_meme() -> None:
    """Lever rouvre : sans preuve, l'agent ne défait que ce qu'il a consigné."""
    dla = operateur()
    structure = organisation(operateur=dla)
    lu = diagnostic_valide(structure, dla)
    posee = soustraire(structure, diagnostic=lu)
    client = connecte(agent(dla))
    page = reverse("accueillir:autorisations", args=[structure.pk])
    assert "elle seule la lève" in client.get(page).content.decode()
    adresse = reverse("accueillir:autorisation_lever", args=[structure.pk])
    prouve = {"exception": posee.pk, "par": "La présidente", "preuve": "son courriel du 3 mars"}
    assert client.post(adresse, prouve).status_code == 403
    posee.voie, posee.preuve = "agent", "au téléphone"
    posee.save()
    assert client.post(adresse, {"exception": posee.pk}).status_code == 422
    assert client.post(adresse, prouve).status_code == 302


def test_le_parcours_ne_se_rattache_pas_au_diagnostic_d_un_autre_de_mes_dla() -> None:
    """Ses besoins internes se liraient dans l'équipe du premier."""
    ici, ailleurs = operateur("DLA d’ici"), operateur("DLA d’ailleurs")
    structure = organisation(operateur=ici)
    double = agent(ici)
    Rattachement.objects.create(
        personne=double.personne, organisation=ailleurs, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    la_bas = diagnostic_valide(structure, ailleurs)
    chemin = parcours(structure)
    client = connecte(double)
    envoi = {"diagnostic": la_bas.pk, "ouvert_le": "2026-03-02", "version": chemin.version}
    reponse = client.post(reverse("accueillir:parcours_modifier", args=[chemin.pk]), envoi)
    assert reponse.status_code == 422
    chemin.refresh_from_db()
    assert chemin.diagnostic_id is None


def test_le_journal_de_la_structure_ne_mene_pas_a_ce_qu_elle_ouvre() -> None:
    """Un DLA qui couvre le même territoire lit ce journal, pas les autorisations."""
    doubs = departement()
    ici, voisin = operateur("DLA d’ici", doubs), operateur("DLA voisin", doubs)
    structure = organisation(operateur=ici, commune=commune(dans=doubs))
    contact = connecte(agent(structure, Role.STRUCTURE))
    adresse = reverse("accueillir:autorisations", args=[structure.pk])
    assert contact.post(adresse, {"vu": "", "comite": "oui"}).status_code == 302
    (acte,) = Acte.objects.filter(sujet_id=structure.pk)
    client = connecte(agent(voisin))
    detail = client.get(reverse("socle:acte", args=[acte.pk])).content.decode()
    assert "omité d’appui" not in detail
    assert "Accordée" not in detail
