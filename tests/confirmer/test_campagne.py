"""La campagne : inviter des contacts une seule fois, leur écrire, les relancer à temps."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Personne, Rattachement, Role
from maillage.confirmer import taches as sujet
from maillage.confirmer.mobilisation import envois
from maillage.confirmer.models import Creneau, Invitation, Mobilisation, Participation
from maillage.portail.models import PagePersonnelle
from maillage.socle.models import Acte, Travail
from maillage.socle.mots import citer
from tests.taches import lire_les_taches

taches = lire_les_taches(sujet)
pytestmark = pytest.mark.django_db


def contact(participation: Participation, rang: int = 0, **champs: Any) -> Personne:
    """Un contact de cette structure, joignable par courriel."""
    identite = {"nom": f"Diallo {participation.structure.nom}", "prenom": "Ada"}
    adresse = {"courriel": f"ada{rang}.{participation.pk.hex[:8]}@exemple.fr"}
    personne = Personne.objects.create(**{**identite, **adresse, **champs})
    Rattachement.objects.create(
        personne=personne, organisation=participation.structure, role=Role.STRUCTURE
    )
    return personne


@pytest.fixture
def campagne(dossier) -> Mobilisation:
    return Mobilisation.objects.create(
        ingenierie=dossier,
        voie="entonnoir",
        objet="En serez-vous ?",
        message="Nous préparons un accompagnement.",
        limite_le=timezone.localdate() + timedelta(days=30),
    )


@pytest.fixture
def adresse(dossier) -> str:
    return reverse("confirmer:inviter_contacts", args=[dossier.pk])


def cle(participation: Participation, personne: Personne) -> str:
    return f"{participation.pk}:{personne.pk}"


def vieillir(jours: int) -> None:
    """Les courriels sont partis il y a tant de jours."""
    alors = timezone.now() - timedelta(days=jours)
    Invitation.objects.update(envoyee_le=alors, dernier_courriel_le=alors)


def test_les_structures_sans_contact_menent_a_leur_fiche(page, adresse, mobilisees) -> None:
    muette, tenue = mobilisees(2)
    contact(tenue)
    corps = page.get(adresse).content.decode()
    assert "1 structure sans contact nommé" in corps
    assert f'href="{muette.structure.get_absolute_url()}"' in corps
    assert f'href="{tenue.structure.get_absolute_url()}"' not in corps


def test_le_modele_propose_se_relit_avant_d_inviter(page, dossier, adresse, mobilisees) -> None:
    (une,) = mobilisees(1)
    ada = contact(une)
    assert "Écrire le message" in page.get(adresse).content.decode()
    refus = page.post(adresse, {"contacts": cle(une, ada)})
    assert refus.status_code == 422
    assert "Écrivez d’abord le message" in refus.content.decode()
    message = reverse("confirmer:message_ajouter", args=[dossier.pk])
    propose = page.get(message).content.decode()
    assert f"{citer('Associations et entreprises')} : en serez-vous ?" in propose
    page.post(message, {"objet": "Venez", "message": "Avec nous.", "espacement": "7"})
    apercu = page.get(adresse).content.decode()
    assert "Venez" in apercu
    assert "Bonjour Ada Diallo" in apercu
    assert not Invitation.objects.exists()
    assert not mail.outbox


def test_inviter_ecrit_une_fois_et_la_structure_est_contactee(
    page, adresse, campagne, mobilisees
) -> None:
    (une,) = mobilisees(1)
    ada = contact(une)
    for _ in range(2):
        page.post(adresse, {"contacts": cle(une, ada)})
    (courriel,) = mail.outbox
    assert courriel.subject == "En serez-vous ?"
    assert "Nous préparons un accompagnement." in courriel.body
    assert "/lien/" in courriel.body
    assert courriel.to == [ada.courriel]
    une.refresh_from_db()
    assert une.palier == "contactee"
    assert une.passages.get().palier == "contactee"
    assert Invitation.objects.get().etat == "envoyee"
    assert "a invité 1 contact de 1 structure" in Acte.objects.get(interne=True).phrase


def test_un_travail_repris_n_ecrit_pas_deux_fois(
    page, adresse, campagne, mobilisees, agente
) -> None:
    choisis = [cle(p, contact(p)) for p in mobilisees(6)]
    reponse = page.post(adresse, {"contacts": choisis})
    travail = Travail.objects.get()
    assert reponse.url == travail.get_absolute_url()
    assert not mail.outbox

    class Muette:
        def avancer(self, *_: Any) -> None: ...

    for attendu in ("6 courriels partis sur 6.", "0 courriel parti sur 6."):
        phrase = envois.ecrire_aux_contacts(Muette(), **travail.parametres)  # type: ignore[arg-type]
        assert phrase == attendu
    assert len(mail.outbox) == 6


def test_sans_adresse_le_lien_se_remet_en_main(
    page, dossier, adresse, campagne, mobilisees
) -> None:
    (une,) = mobilisees(1)
    une.structure.operateur = dossier.operateur
    une.structure.save()
    page.post(adresse, {"contacts": cle(une, contact(une, courriel=""))})
    assert not mail.outbox
    invitation = Invitation.objects.get()
    assert invitation.etat == "a_remettre"
    envoi = reverse("confirmer:remettre_en_main", args=[dossier.pk, invitation.pk])
    sans_preuve = page.post(envoi, follow=True).content.decode()
    assert "Dites comment vous le lui remettez" in sans_preuve
    assert not PagePersonnelle.objects.exists()
    remis = page.post(envoi, {"preuve": "en main propre"})
    assert "/lien/" in remis.content.decode()
    assert "no-store" in remis["Cache-Control"]
    invitation.refresh_from_db()
    assert invitation.etat == "remise"
    assert Participation.objects.get().palier == "contactee"


def test_un_lien_en_main_ne_se_cree_que_par_le_dla_qui_accompagne(
    page, dossier, campagne, mobilisees
) -> None:
    (une,) = mobilisees(1)
    invitation = Invitation.objects.create(
        participation=une, personne=contact(une, courriel=""), etat="a_remettre"
    )
    reponse = page.post(
        reverse("confirmer:remettre_en_main", args=[dossier.pk, invitation.pk]),
        {"preuve": "en main propre"},
        follow=True,
    )
    assert "par le DLA qui accompagne la structure" in reponse.content.decode()
    assert not PagePersonnelle.objects.exists()


def test_ce_que_le_serveur_refuse_se_reessaie(
    page, dossier, adresse, campagne, mobilisees, settings
) -> None:
    (une,) = mobilisees(1)
    ada = contact(une)
    normal = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "maillage.inexistant"
    page.post(adresse, {"contacts": cle(une, ada)})
    assert Invitation.objects.get().etat == "pas_partie"
    une.refresh_from_db()
    assert une.palier == "reperee"
    settings.EMAIL_BACKEND = normal
    suivi = page.get(reverse("confirmer:suivi", args=[dossier.pk])).content.decode()
    assert "refusé par le serveur" in suivi
    page.post(reverse("confirmer:reessayer", args=[dossier.pk]))
    assert Invitation.objects.get().etat == "envoyee"
    assert len(mail.outbox) == 1


def test_relancer_attend_l_espacement_et_oublie_qui_a_repondu(
    page, dossier, adresse, campagne, mobilisees
) -> None:
    muette, bavarde = mobilisees(2)
    page.post(adresse, {"contacts": [cle(p, contact(p)) for p in (muette, bavarde)]})
    bavarde.refresh_from_db()
    bavarde.repondu_le = timezone.now()
    bavarde.save()
    relancer = reverse("confirmer:relancer", args=[dossier.pk])
    trop_tot = page.post(relancer, follow=True).content.decode()
    assert "Personne à relancer aujourd’hui" in trop_tot
    assert "Prochaine relance possible" in trop_tot
    vieillir(5)
    assert (
        "Relancer 1 contact"
        in page.get(reverse("confirmer:suivi", args=[dossier.pk])).content.decode()
    )
    for _ in range(2):
        page.post(relancer)
    (rappel,) = mail.outbox[2:]
    assert rappel.subject == "Rappel : En serez-vous ?"
    assert Invitation.objects.get(participation=muette).relances == 1


def test_apres_la_date_limite_ni_invitation_ni_relance(
    page, dossier, adresse, campagne, mobilisees
) -> None:
    (une,) = mobilisees(1, "contactee")
    ada = contact(une)
    Invitation.objects.create(participation=une, personne=ada, etat="envoyee")
    vieillir(20)
    campagne.limite_le = timezone.localdate() - timedelta(days=1)
    campagne.save()
    page.post(reverse("confirmer:relancer", args=[dossier.pk]))
    autre = contact(une, 2, nom="Zola")
    assert page.post(adresse, {"contacts": cle(une, autre)}).status_code == 422
    assert not mail.outbox


def test_on_n_invite_que_les_contacts_que_l_on_lit(
    page, dossier, adresse, campagne, structures
) -> None:
    """Une structure d'ailleurs, mobilisée par un DLA associé : ses contacts restent chez lui."""
    (loin,) = structures(1)
    loin.commune = None
    loin.save()
    une = Participation.objects.create(ingenierie=dossier, structure=loin)
    ada = contact(une)
    assert "Ada Diallo" not in page.get(adresse).content.decode()
    assert page.post(adresse, {"contacts": cle(une, ada)}).status_code == 422
    assert not Invitation.objects.exists()


def test_le_suivi_se_filtre_et_se_redemande_par_morceau(
    page, dossier, adresse, campagne, mobilisees
) -> None:
    participations = mobilisees(3)
    page.post(adresse, {"contacts": [cle(p, contact(p)) for p in participations]})
    suivi = reverse("confirmer:suivi", args=[dossier.pk])
    corps = page.get(suivi).content.decode()
    assert "0 réponse sur 3 structures invitées." in corps
    morceau = page.get(suivi, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in morceau
    assert "Association 001" in morceau
    Participation.objects.filter(pk=participations[0].pk).update(
        repondu_le=timezone.now(), vient=True
    )
    assert "Association 000" not in page.get(f"{suivi}?ou=sans_reponse").content.decode()
    assert "Association 001" not in page.get(f"{suivi}?ou=repondu").content.decode()
    assert "Association 001" in page.get(f"{suivi}?q=Association+001").content.decode()


@pytest.mark.parametrize("nom", ["mobilisation", "suivi", "inviter_contacts"])
@pytest.mark.parametrize("nombre", [10, 150])
def test_les_pages_de_la_campagne_tiennent_en_douze_requetes(
    page, dossier, campagne, mobilisees, django_assert_max_num_queries, nom, nombre
) -> None:
    for rang, participation in enumerate(mobilisees(nombre)):
        personne = contact(participation)
        if rang % 2:
            Invitation.objects.create(
                participation=participation,
                personne=personne,
                etat="envoyee",
                dernier_courriel_le=timezone.now() - timedelta(days=9),
            )
    Creneau.objects.create(ingenierie=dossier, jour_semaine=2)
    with django_assert_max_num_queries(12):
        assert page.get(reverse(f"confirmer:{nom}", args=[dossier.pk])).status_code == 200


def test_aujourd_hui_dit_ce_qui_attend(dossier, agente, campagne, mobilisees) -> None:
    (une,) = mobilisees(1, "contactee")
    Invitation.objects.create(participation=une, personne=contact(une), etat="pas_partie")
    dites = [t.titre for t in taches(agente, timezone.localdate())]
    assert "1 courriel d’invitation n’est pas parti" in dites
