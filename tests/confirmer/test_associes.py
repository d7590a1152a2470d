"""Une mission de plusieurs DLA : chacun invite ses structures, nul ne lit les contacts d'un autre.

Le suivi dit si le lien a été ouvert, sans rien noter de plus que la première ouverture.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Nature, Organisation, Personne, Rattachement, Role
from maillage.confirmer import taches as sujet
from maillage.confirmer.models import (
    EtatInvitation,
    Invitation,
    Mobilisation,
    Palier,
    Participation,
)
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.portail.models import PagePersonnelle
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, operateur, organisation
from tests.taches import lire_les_taches

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db


@pytest.fixture
def campagne(dossier: Ingenierie) -> Mobilisation:
    return Mobilisation.objects.create(
        ingenierie=dossier, voie="entonnoir", objet="En serez-vous ?", message="Avec nous."
    )


@pytest.fixture
def jura(dossier: Ingenierie) -> Organisation:
    """Un DLA associé à la mission."""
    associe = operateur("DLA du Jura", departement("39", "Jura"))
    dossier.operateurs_associes.add(associe)
    return associe


def mobiliser(dossier: Ingenierie, nom: str, dla: Organisation) -> Participation:
    """Une structure que suit ce DLA, et son contact « Ada … », dans la mobilisation."""
    lieu = dla.territoires.get()
    ville = commune(f"{lieu.code}001", f"Ville {lieu.code}", dans=lieu)
    structure = organisation(Nature.STRUCTURE, nom=nom, operateur=dla, commune=ville)
    personne = Personne.objects.create(
        prenom="Ada", nom=f"De {nom}", courriel=f"ada.{nom.lower()}@exemple.fr"
    )
    Rattachement.objects.create(personne=personne, organisation=structure, role=Role.STRUCTURE)
    return Participation.objects.create(ingenierie=dossier, structure=structure)


def adresse(dossier: Ingenierie, nom: str = "inviter_contacts") -> str:
    return reverse(f"confirmer:{nom}", args=[dossier.pk])


def cle(participation: Participation) -> str:
    contact = participation.structure.rattachements.get(role=Role.STRUCTURE)
    return f"{participation.pk}:{contact.personne_id}"


def inviter(participation: Participation) -> Invitation:
    """Son contact est invité, le courriel pas encore parti."""
    contact = participation.structure.rattachements.get(role=Role.STRUCTURE)
    return Invitation.objects.create(participation=participation, personne=contact.personne)


def etats(*invitations: Invitation) -> list[str]:
    for invitation in invitations:
        invitation.refresh_from_db()
    return [invitation.etat for invitation in invitations]


def lire(client: Client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def test_l_associe_invite_ses_structures_et_elles_seules(
    dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    la_leur = mobiliser(dossier, "Dole", jura)
    autre = mobiliser(dossier, "Besac", dossier.operateur)
    client = connecte(agent(jura))
    page = lire(client, adresse(dossier))
    assert "Ada De Dole" in page
    assert "Ada De Besac" not in page
    assert "DLA du Doubs, 1 structure :</strong> ce DLA est de la mission, et les invite" in page
    assert "Changer le message" not in page
    client.post(adresse(dossier), {"contacts": [cle(la_leur), cle(autre)]})
    assert [i.participation for i in Invitation.objects.all()] == [la_leur]
    assert [m.to for m in mail.outbox] == [["ada.dole@exemple.fr"]]


def test_le_pilote_lit_pourquoi_il_n_invite_pas_les_contacts_d_un_autre(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    mobiliser(dossier, "Dole", jura)
    mobiliser(dossier, "Bordeaux", operateur("DLA de la Gironde", departement("33", "Gironde")))
    lue = lire(page, adresse(dossier))
    assert "Ada De" not in lue
    assert "ne se lisent que dans le DLA qui l’accompagne" in lue
    assert "DLA du Jura, 1 structure :</strong> ce DLA est de la mission" in lue
    assert "DLA de la Gironde, 1 structure :</strong> associez ce DLA à la mission" in lue


def test_le_suivi_ne_nomme_pas_au_pilote_le_contact_d_un_autre_dla(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    la_leur = mobiliser(dossier, "Dole", jura)
    client = connecte(agent(jura))
    client.post(adresse(dossier), {"contacts": [cle(la_leur)]})
    suivi = lire(page, adresse(dossier, "suivi"))
    assert "Ada De Dole" not in suivi
    assert "connu de son DLA (DLA du Jura)" in suivi
    assert "Ada De Dole" in lire(client, adresse(dossier, "suivi"))


def test_le_tri_du_suivi_ne_laisse_pas_deviner_un_contact_que_l_on_ne_lit_pas(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    for nom, contact in (("Arbois", "Zola"), ("Dole", "Meyer"), ("Poligny", "Adam")):
        structure = organisation(nom=nom, operateur=jura)
        leur = Participation.objects.create(ingenierie=dossier, structure=structure)
        personne = Personne.objects.create(prenom="Ada", nom=contact)
        Invitation.objects.create(participation=leur, personne=personne)
    suivi = adresse(dossier, "suivi")

    def structures(client: Client, tri: str) -> list[str]:
        lues = client.get(suivi, {"tri": tri}).context["lignes"]
        return [i.participation.structure.nom for i, _ in lues]

    assert structures(page, "contact") == ["Arbois", "Dole", "Poligny"]
    assert structures(connecte(agent(jura)), "contact") == ["Poligny", "Dole", "Arbois"]


def test_le_pilote_ne_fait_pas_echouer_ce_qu_un_associe_envoie(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    """Un travail de l'associé attend : réessayer ou relancer, pour le pilote, ne le touche pas."""
    leur = mobiliser(dossier, "Dole", jura)
    invitation = inviter(leur)
    page.post(adresse(dossier, "reessayer"))
    invitation.refresh_from_db()
    assert invitation.etat == EtatInvitation.A_ENVOYER
    il_y_a_un_mois = timezone.now() - timedelta(days=30)
    Invitation.objects.update(
        etat=EtatInvitation.ENVOYEE, envoyee_le=il_y_a_un_mois, dernier_courriel_le=il_y_a_un_mois
    )
    suivi = lire(page, adresse(dossier, "suivi"))
    assert "1 structure sans réponse est suivie par un autre DLA" in suivi
    assert "Relancer 1 contact" not in suivi
    dit = page.post(adresse(dossier, "relancer"), follow=True).content.decode()
    assert "se relancent dans le DLA qui suit" in dit


def test_l_associe_relance_et_reessaie_ses_contacts_et_eux_seuls(
    dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    la_leur = inviter(mobiliser(dossier, "Dole", jura))
    autre = inviter(mobiliser(dossier, "Besac", dossier.operateur))
    client = connecte(agent(jura))
    Invitation.objects.update(etat=EtatInvitation.PAS_PARTIE)
    assert "1 courriel refusé par le serveur" in lire(client, adresse(dossier, "suivi"))
    client.post(adresse(dossier, "reessayer"))
    assert etats(la_leur, autre) == [EtatInvitation.ENVOYEE, EtatInvitation.PAS_PARTIE]
    il_y_a_un_mois = timezone.now() - timedelta(days=30)
    Invitation.objects.update(
        etat=EtatInvitation.ENVOYEE, envoyee_le=il_y_a_un_mois, dernier_courriel_le=il_y_a_un_mois
    )
    assert "Relancer 1 contact sans réponse" in lire(client, adresse(dossier, "suivi"))
    client.post(adresse(dossier, "relancer"))
    assert [m.to for m in mail.outbox] == [["ada.dole@exemple.fr"]] * 2


def test_aujourd_hui_dit_a_chacun_les_courriels_qu_il_peut_refaire_partir(
    dossier: Ingenierie, campagne: Mobilisation, jura: Organisation, agente: Any
) -> None:
    inviter(mobiliser(dossier, "Dole", jura))
    Invitation.objects.update(etat=EtatInvitation.PAS_PARTIE)

    def gestes(qui: Any) -> list[tuple[str, str]]:
        return [(t.geste, t.contexte) for t in taches(qui, timezone.localdate())]

    assert gestes(agente) == []
    assert gestes(agent(jura)) == [("Réessayer", dossier.titre)]
    dossier.etat = EtatIngenierie.CLOSE
    dossier.save()
    assert gestes(agent(jura)) == []


def test_aujourd_hui_ne_dit_de_relancer_qu_a_qui_le_peut(
    dossier: Ingenierie, campagne: Mobilisation, jura: Organisation, agente: Any
) -> None:
    aujourdhui = timezone.localdate()
    inviter(mobiliser(dossier, "Dole", jura))
    siennes = mobiliser(dossier, "Besac", dossier.operateur)
    il_y_a_un_mois = aujourdhui - timedelta(days=30)
    muettes = {"palier": "contactee", "atteint": "contactee", "contactee_le": il_y_a_un_mois}
    Participation.objects.exclude(pk=siennes.pk).update(**muettes)
    associee = agent(jura)

    def dites(qui: Any) -> list[tuple[str, str]]:
        return [(t.titre.split()[0], t.geste) for t in taches(qui, aujourdhui)]

    assert dites(agente) == [("1", "Voir")]
    assert dites(associee) == [("1", "Relancer")]
    Participation.objects.update(**muettes)
    assert dites(agente) == [("2", "Relancer")]
    assert dites(associee) == [("1", "Relancer")]


def test_une_mission_close_dit_pourquoi_l_associe_ne_relance_plus(
    dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    inviter(mobiliser(dossier, "Dole", jura))
    il_y_a_un_mois = timezone.now() - timedelta(days=30)
    Invitation.objects.update(etat=EtatInvitation.ENVOYEE, dernier_courriel_le=il_y_a_un_mois)
    dossier.etat = EtatIngenierie.CLOSE
    dossier.save()
    client = connecte(agent(jura))
    suivi = lire(client, adresse(dossier, "suivi"))
    assert "La mission est close : on n’y écrit plus à personne." in suivi
    assert "Relancer 1 contact" not in suivi
    refus = client.post(adresse(dossier, "relancer"))
    assert refus.status_code == 403
    assert "on n’y écrit plus à personne" in refus.content.decode()


def test_l_associe_ne_change_ni_le_message_ni_les_paliers_ni_une_mission_close(
    dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    client = connecte(agent(jura))
    assert client.get(reverse("confirmer:message_ajouter", args=[dossier.pk])).status_code == 403
    assert client.post(adresse(dossier, "palier")).status_code == 403
    dossier.etat = EtatIngenierie.CLOSE
    dossier.save()
    assert client.get(adresse(dossier)).status_code == 403


def test_le_suivi_dit_la_premiere_ouverture_du_lien(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, agente: Any
) -> None:
    une = mobiliser(dossier, "Besac", dossier.operateur)
    page.post(adresse(dossier), {"contacts": [cle(une)]})
    assert "lien pas encore ouvert" in lire(page, adresse(dossier, "suivi"))
    lien = next(mot for mot in mail.outbox[0].body.split() if "/lien/" in mot)
    visiteuse = Client()
    chemin = lien[lien.index("/lien/") :]
    visiteuse.get(chemin)
    assert "lien pas encore ouvert" in lire(page, adresse(dossier, "suivi"))
    visiteuse.post(chemin)
    assert "lien ouvert le" in lire(page, adresse(dossier, "suivi"))
    remis = PagePersonnelle.objects.get().lien
    alors = timezone.now() - timedelta(days=2)
    type(remis).objects.update(ouvert_le=alors)
    visiteuse.post(chemin)
    remis.refresh_from_db()
    assert remis.ouvert_le == alors


def test_un_lien_remis_avant_l_invitation_ne_compte_pas(
    page: Client, dossier: Ingenierie, campagne: Mobilisation
) -> None:
    une = mobiliser(dossier, "Besac", dossier.operateur)
    page.post(adresse(dossier), {"contacts": [cle(une)]})
    PagePersonnelle.objects.update(cree_le=timezone.now() - timedelta(days=1))
    PagePersonnelle.objects.get().lien.__class__.objects.update(ouvert_le=timezone.now())
    assert "lien pas encore ouvert" in lire(page, adresse(dossier, "suivi"))


@pytest.mark.parametrize("palier", [Palier.DESISTEE, Palier.NON_RETENUE])
def test_on_ne_reessaie_pas_d_inviter_qui_est_sorti_de_la_mobilisation(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, palier: str
) -> None:
    sortie = mobiliser(dossier, "Besac", dossier.operateur)
    invitation = inviter(sortie)
    Invitation.objects.update(etat=EtatInvitation.PAS_PARTIE)
    Participation.objects.update(palier=palier, atteint=Palier.CONTACTEE)
    page.post(adresse(dossier, "reessayer"))
    assert not mail.outbox
    assert etats(invitation) == [EtatInvitation.PAS_PARTIE]
    assert "courriel refusé par le serveur" not in lire(page, adresse(dossier, "suivi"))


def test_on_ne_reessaie_pas_une_fois_la_date_limite_passee(
    page: Client, dossier: Ingenierie, campagne: Mobilisation
) -> None:
    invitation = inviter(mobiliser(dossier, "Besac", dossier.operateur))
    Invitation.objects.update(etat=EtatInvitation.PAS_PARTIE)
    Mobilisation.objects.update(limite_le=timezone.localdate() - timedelta(days=1))
    dit = page.post(adresse(dossier, "reessayer"), follow=True).content.decode()
    assert not mail.outbox
    assert etats(invitation) == [EtatInvitation.PAS_PARTIE]
    assert "La date limite est passée" in dit


def test_un_refus_ne_nomme_pas_le_contact_que_suit_un_autre_dla(
    page: Client, dossier: Ingenierie, campagne: Mobilisation, jura: Organisation
) -> None:
    """Son rattachement est révoqué : le pilote, qui ne le lit pas, n'a pas à l'apprendre."""
    leur = inviter(mobiliser(dossier, "Dole", jura))
    Rattachement.objects.filter(personne=leur.personne).update(revoque_le=timezone.now())
    remise = reverse("confirmer:remettre_en_main", args=[dossier.pk, leur.pk])
    dit = page.post(remise, {"preuve": "en réunion"}, follow=True).content.decode()
    assert "se remettent par le DLA qui accompagne" in dit
    assert "Ada De Dole" not in dit
