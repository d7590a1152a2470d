"""Le projet, le cahier, la consultation, les offres, la décision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Nature, Role
from maillage.confirmer.models import CahierDesCharges, Consultation, Offre, ProjetDIntervention
from maillage.confirmer.operations import (
    changer_cahier,
    changer_consultation,
    consulter,
    retirer_cahier,
    retirer_consultation,
)
from maillage.engager.models import Objectif
from maillage.socle.droits import Refus
from maillage.socle.envois.models import Notification
from maillage.socle.journal.models import Acte
from maillage.socle.transitions import TransitionRefusee
from tests.fabriques import agent, mission, organisation

pytestmark = pytest.mark.django_db


def emettre(dossier: Any) -> CahierDesCharges:
    """Un cahier d'une phrase, émis."""
    cahier = CahierDesCharges.objects.create(ingenierie=dossier, resultats="Un plan")
    return changer_cahier(cahier, "emettre", version=1, par=None)


@pytest.fixture
def appel(dossier, prestataire, agente) -> Consultation:
    """Un cahier émis, un prestataire inscrit, une consultation ouverte pour trois jours."""
    emettre(dossier)
    consulter(dossier, [prestataire], par=agente)
    limite = timezone.now() + timedelta(days=3)
    return Consultation.objects.create(ingenierie=dossier, etat="ouverte", limite_le=limite)


def geste(page: Any, dossier: Any, quoi: str, verbe: str, version: object = 1) -> Any:
    adresse = reverse(f"confirmer:{quoi}_etat", args=[dossier.pk, verbe])
    return page.post(adresse, {"version": version}, follow=True)


def test_le_projet_conseille_selon_les_objectifs_et_dit_que_c_est_le_notre(page, dossier) -> None:
    adresse = reverse("confirmer:projet_ajouter", args=[dossier.pk])
    assert "recevoir un conseil" in page.get(adresse).content.decode()
    Objectif.objects.create(
        ingenierie=dossier, niveau="operationnel", code="innovation", texte="<b>Oser</b>"
    )
    contenu = page.get(adresse).content.decode()
    assert "Solution produite avec les structures</strong>" in contenu
    assert "sont ceux de Maillage" in contenu


def test_un_projet_vide_s_enregistre_et_se_complete(page, dossier) -> None:
    adresse = reverse("confirmer:projet_ajouter", args=[dossier.pk])
    assert page.post(adresse, {"rythme": ""}).status_code == 302
    projet = ProjetDIntervention.objects.get()
    modifier = reverse("confirmer:projet_modifier", args=[dossier.pk, projet.pk])
    assert page.get(adresse).url == modifier
    envoi = {"version": 1, "type_ingenierie": "solution_avec", "jours": "5", "registres": ["faux"]}
    assert page.post(modifier, envoi).status_code == 422
    envoi["registres"] = ["coherence"]
    assert page.post(modifier, envoi).status_code == 302
    projet.refresh_from_db()
    assert (str(projet.jours), projet.registres) == ("5\u00a0jours", ["coherence"])


def test_emettre_puis_reprendre_tant_que_personne_ne_lit(page, dossier) -> None:
    cahier = CahierDesCharges.objects.create(ingenierie=dossier)
    assert "Le cahier est vide" in geste(page, dossier, "cahier", "emettre").content.decode()
    CahierDesCharges.objects.update(resultats="Un plan")
    geste(page, dossier, "cahier", "emettre")
    cahier.refresh_from_db()
    assert (cahier.etat, cahier.emis_le) == ("emis", timezone.localdate())
    assert cahier.contenu["attendus"]["texte"] == "Un plan"
    retirer = reverse("confirmer:cahier_retirer", args=[dossier.pk, cahier.pk])
    assert page.post(retirer).status_code == 403
    assert "entre-temps" in geste(page, dossier, "cahier", "reprendre", 1).content.decode()
    geste(page, dossier, "cahier", "reprendre", 2)
    cahier.refresh_from_db()
    assert (cahier.etat, cahier.contenu) == ("brouillon", None)
    assert page.post(retirer).status_code == 302


def test_le_cahier_lu_par_les_prestataires_ne_se_reprend_pas(page, dossier, appel) -> None:
    contenu = geste(page, dossier, "cahier", "reprendre", 2).content.decode()
    assert "ils seront prévenus" in contenu
    assert CahierDesCharges.objects.get().etat == "emis"


def test_ouvrir_dit_ce_qui_manque_puis_appelle(page, dossier, consultant, prestataire) -> None:
    Consultation.objects.create(ingenierie=dossier, limite_le=timezone.now() - timedelta(hours=1))
    assert "pas émis" in geste(page, dossier, "consultation", "ouvrir").content.decode()
    emettre(dossier)
    assert "Aucun prestataire" in geste(page, dossier, "consultation", "ouvrir").content.decode()
    page.post(reverse("confirmer:consulter", args=[dossier.pk]), {"organisations": prestataire.pk})
    assert "limite est passée" in geste(page, dossier, "consultation", "ouvrir").content.decode()
    Consultation.objects.update(limite_le=None)
    geste(page, dossier, "consultation", "ouvrir")
    assert Consultation.objects.get().etat == "ouverte"
    assert Notification.objects.filter(destinataire=consultant).count() == 1


def test_deux_gestes_simultanes_ne_laissent_pas_un_appel_sans_cahier(
    page, dossier, appel, agente
) -> None:
    """Chacun a lu l'autre avant qu'il ne change : l'état se relit sous verrou."""
    Consultation.objects.update(etat="preparee")
    lu = CahierDesCharges.objects.select_related("ingenierie__consultation").get()
    appel_lu = Consultation.objects.select_related("ingenierie__cahier_des_charges").get()
    Consultation.objects.update(etat="ouverte")
    with pytest.raises(TransitionRefusee):
        changer_cahier(lu, "reprendre", version=lu.version, par=agente)
    with pytest.raises(Refus):
        retirer_consultation(appel_lu, nom="la consultation", par=agente)
    Consultation.objects.update(etat="preparee")
    brouillon = {"etat": "brouillon", "emis_le": None, "contenu": None}
    CahierDesCharges.objects.update(**brouillon)
    with pytest.raises(TransitionRefusee):
        changer_consultation(appel_lu, "ouvrir", version=appel_lu.version, par=agente)
    relu = CahierDesCharges.objects.get()
    CahierDesCharges.objects.update(
        etat="emis", emis_le=timezone.localdate(), contenu={"titre": "T"}
    )
    with pytest.raises(Refus):
        retirer_cahier(relu, nom="le cahier", par=agente)


@pytest.mark.parametrize("version", ["", "un", "99"])
def test_un_geste_sans_bonne_version_ne_change_rien(page, dossier, appel, version) -> None:
    contenu = geste(page, dossier, "consultation", "clore", version).content.decode()
    assert "Rien n’a changé" in contenu
    assert Consultation.objects.get().etat == "ouverte"


def test_l_avis_du_comite_absent_ne_bloque_rien(page, dossier) -> None:
    CahierDesCharges.objects.create(ingenierie=dossier, resultats="Un plan")
    geste(page, dossier, "cahier", "emettre")
    assert CahierDesCharges.objects.get().etat == "emis"


# Le prestataire


def test_le_prestataire_ne_voit_que_son_cahier_et_son_offre(
    client, dossier, appel, consultant, prestataire
) -> None:
    autre = organisation(Nature.PRESTATAIRE, nom="Cabinet Rival")
    rivale = Offre.objects.create(ingenierie=dossier, prestataire=autre)
    mienne = Offre.objects.get(prestataire=prestataire)
    client.force_login(consultant)
    contenu = client.get(reverse("confirmer:mes_consultations")).content.decode()
    assert dossier.titre in contenu
    page = client.get(reverse("confirmer:mon_offre", args=[mienne.pk])).content.decode()
    assert "Un plan" in page
    assert "Cabinet Rival" not in page
    assert client.get(reverse("confirmer:mon_offre", args=[rivale.pk])).status_code == 404
    assert client.get(dossier.get_absolute_url()).status_code == 404
    assert client.get(reverse("confirmer:offres", args=[dossier.pk])).status_code == 404


@pytest.mark.parametrize("etat", ["preparee"])
def test_avant_l_ouverture_rien_n_existe_pour_lui(client, appel, consultant, etat) -> None:
    Consultation.objects.update(etat=etat)
    client.force_login(consultant)
    assert (
        client.get(reverse("confirmer:mon_offre", args=[Offre.objects.get().pk])).status_code == 404
    )
    assert (
        "Aucune consultation" in client.get(reverse("confirmer:mes_consultations")).content.decode()
    )


def test_deposer_reprendre_puis_la_limite(client, agente, dossier, appel, consultant) -> None:
    offre = Offre.objects.get()
    adresse = reverse("confirmer:mon_offre", args=[offre.pk])
    client.force_login(consultant)
    depot = {"montant": "9 500", "jours": "5", "proposition": "Cinq jours <b>alternés</b>"}
    assert client.post(adresse, depot | {"version": 1, "montant": "cher"}).status_code == 422
    assert client.post(adresse, depot).status_code == 422
    assert client.post(adresse, depot | {"version": 1}).status_code == 302
    assert client.post(adresse, depot | {"version": 1}).status_code == 422
    assert client.post(adresse, depot | {"version": 2, "montant": "9 000"}).status_code == 302
    offre.refresh_from_db()
    assert (offre.montant.valeur, offre.deposee_par) == (9000, consultant)
    dite = Notification.objects.get(destinataire=agente)
    assert "Cabinet Alto a déposé une offre" in dite.phrase
    assert "9" not in dite.phrase
    Consultation.objects.update(limite_le=timezone.now())
    assert client.post(adresse, depot | {"version": 3}).status_code == 403
    lue = client.get(adresse).content.decode()
    assert "&lt;b&gt;alternés&lt;/b&gt;" in lue


def test_le_depot_ne_se_lit_dans_aucun_journal_avant_la_cloture(
    client, dossier, appel, consultant
) -> None:
    client.force_login(consultant)
    adresse = reverse("confirmer:mon_offre", args=[Offre.objects.get().pk])
    client.post(adresse, {"montant": "9500", "proposition": "Cinq jours", "version": 1})
    acte = Acte.objects.sur(dossier).get(phrase__contains="a déposé")
    assert (acte.interne, acte.contexte) == (True, None)


def test_decliner_puis_changer_d_avis(client, appel, consultant) -> None:
    offre = Offre.objects.get()
    client.force_login(consultant)
    client.post(reverse("confirmer:decliner", args=[offre.pk]))
    offre.refresh_from_db()
    assert offre.decline
    depot = {"montant": "9000", "proposition": "Finalement oui", "version": offre.version}
    client.post(reverse("confirmer:mon_offre", args=[offre.pk]), depot)
    offre.refresh_from_db()
    assert not offre.decline
    assert client.post(reverse("confirmer:decliner", args=[offre.pk])).status_code == 403


# Ouvrir les offres, noter, décider


def test_les_offres_restent_fermees_tant_que_l_appel_est_ouvert(
    page, dossier, appel, consultant
) -> None:
    Offre.objects.update(
        deposee_le=timezone.now(),
        deposee_par=consultant,
        montant_valeur=9500,
        montant_precision="exact",
        proposition="Secret",
    )
    offre = Offre.objects.get()
    assert page.get(reverse("confirmer:offres", args=[dossier.pk])).status_code == 403
    saisie = reverse("confirmer:offre_modifier", args=[dossier.pk, offre.pk])
    assert "Secret" not in page.get(saisie).content.decode()
    demarche = reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.regler"])
    vue = page.get(demarche).content.decode()
    assert "offre reçue" in vue
    assert "Secret" not in vue
    retirer = reverse("confirmer:offre_retirer", args=[dossier.pk, offre.pk])
    assert page.post(retirer).status_code == 403
    geste(page, dossier, "consultation", "clore")
    assert "Secret" in page.get(reverse("confirmer:offres", args=[dossier.pk])).content.decode()


def test_un_conflit_ne_dit_rien_d_une_offre_scellee(
    page, client, dossier, appel, consultant
) -> None:
    """Une version périmée, ou forgée, n'ouvre pas ce que le prestataire vient de déposer."""
    offre = Offre.objects.get()
    client.force_login(consultant)
    depot = {"montant": "4 321", "proposition": "Secret", "version": 1}
    client.post(reverse("confirmer:mon_offre", args=[offre.pk]), depot)
    saisie = reverse("confirmer:offre_modifier", args=[dossier.pk, offre.pk])
    reponse = page.post(saisie, {"consulte_le": "2026-01-01", "version": 1})
    assert reponse.status_code == 422
    assert "Quelqu’un d’autre" in reponse.content.decode()
    assert "Secret" not in reponse.content.decode()
    assert "321" not in str(reponse.context["formulaire"].non_field_errors())


def test_une_consultation_ouverte_ne_s_efface_pas(page, dossier, appel) -> None:
    """L'effacer lirait les offres sans clore l'appel."""
    retirer = reverse("confirmer:consultation_retirer", args=[dossier.pk, appel.pk])
    assert page.post(retirer).status_code == 403
    Consultation.objects.update(etat="preparee")
    assert page.post(retirer).status_code == 302
    assert not Consultation.objects.exists()


@pytest.mark.parametrize("limite", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_une_limite_d_un_autre_age_est_refusee(page, dossier, appel, limite) -> None:
    """L'an 1 s'écrivait en base et ne s'y relisait plus : le dossier entier tombait."""
    adresse = reverse("confirmer:consultation_modifier", args=[dossier.pk, appel.pk])
    reponse = page.post(adresse, {"limite_le": limite, "version": 1})
    assert "Vérifiez l’année" in reponse.content.decode()
    demarche = reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.regler"])
    assert page.get(demarche).status_code == 200


@pytest.fixture
def close(page, dossier, appel) -> Offre:
    offre = Offre.objects.get()
    adresse = reverse("confirmer:offre_modifier", args=[dossier.pk, offre.pk])
    page.post(adresse, {"montant": "environ 9 000", "proposition": "Reçue", "version": 1})
    geste(page, dossier, "consultation", "clore")
    return Offre.objects.get()


def test_une_offre_saisie_sans_date_est_recue_maintenant(close) -> None:
    assert close.deposee_le is not None
    assert close.deposee_par is None


def test_noter_a_plusieurs_montre_l_ecart_sans_moyenne(page, client, dossier, close) -> None:
    adresse = reverse("confirmer:noter", args=[dossier.pk, close.pk])
    page.post(adresse, {"contenus": "5", "contenus_remarque": "Solide"})
    assert page.post(adresse, {"contenus": "6"}).status_code == 422
    client.force_login(agent(dossier.operateur))
    client.post(adresse, {"contenus": "2"})
    contenu = page.get(reverse("confirmer:offres", args=[dossier.pk])).content.decode()
    assert "de 2 à 5" in contenu
    assert "3,5" not in contenu
    page.post(adresse, {"contenus": "4"})
    assert close.notes.count() == 2


def test_decider_demande_un_motif_puis_informe(
    page, dossier, close, consultant, prestataire
) -> None:
    adresse = reverse("confirmer:offres", args=[dossier.pk])
    assert page.post(adresse, {"retenues": [close.pk], "version": 2}).status_code == 422
    decision = {"retenues": [close.pk], "motif": "La méthode"}
    assert page.post(adresse, decision | {"version": ""}).status_code == 422
    assert page.post(adresse, decision | {"version": "1"}).status_code == 422
    assert page.post(adresse, decision | {"version": "2"}).status_code == 302
    close.refresh_from_db()
    assert close.decision == "retenue"
    vide = reverse("confirmer:informer", args=[dossier.pk])
    page.post(vide, {"offres": [close.pk], "le": "hier"})
    assert not Notification.objects.filter(phrase__contains="est retenue").exists()
    page.post(vide, {"offres": [close.pk], "le": timezone.localdate()})
    assert Notification.objects.get(destinataire=consultant, phrase__contains="est retenue")
    contenu = geste(page, dossier, "consultation", "revenir", 3).content.decode()
    assert "connaissent déjà la décision" in contenu


def test_sans_suite_se_decide_aussi_et_se_reprend(page, dossier, close) -> None:
    adresse = reverse("confirmer:offres", args=[dossier.pk])
    page.post(adresse, {"motif": "Aucune ne convient", "version": "2"})
    close.refresh_from_db()
    assert close.decision == "non_retenue"
    geste(page, dossier, "consultation", "revenir", 3)
    close.refresh_from_db()
    assert (close.decision, Consultation.objects.get().etat) == ("", "close")


def test_decider_ne_passe_pas_par_un_simple_geste(page, dossier, close) -> None:
    adresse = reverse("confirmer:consultation_etat", args=[dossier.pk, "decider"])
    assert page.post(adresse, {"version": 2}).status_code == 404


def test_l_offre_d_une_autre_mission_ne_se_retient_pas(page, dossier, close, prestataire) -> None:
    autre = mission(dossier.operateur)
    intruse = Offre.objects.create(
        ingenierie=autre, prestataire=prestataire, deposee_le=timezone.now()
    )
    adresse = reverse("confirmer:offres", args=[dossier.pk])
    decision = {"retenues": [intruse.pk], "motif": "Erreur", "version": "2"}
    assert page.post(adresse, decision).status_code == 422


def test_un_lecteur_ne_voit_pas_les_offres(client, dossier, close) -> None:
    regional = organisation(
        Nature.DLA_REGIONAL, territoires=list(dossier.operateur.territoires.all())
    )
    client.force_login(agent(regional, Role.DLA_REGIONAL))
    assert client.get(reverse("confirmer:offres", args=[dossier.pk])).status_code == 403
    demarche = reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.regler"])
    assert "Cabinet Alto" not in client.get(demarche).content.decode()
