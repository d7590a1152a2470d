"""Les personnes d'une organisation : inviter, retirer un rôle, corriger."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.annuaire.models import Organisation, Personne, Rattachement, Role
from maillage.socle.models import Acte, Utilisateur
from tests.annuaire.conftest import lu, relu
from tests.comptes import connecte
from tests.fabriques import agent

pytestmark = pytest.mark.django_db


def inviter(client: Client, objet: Organisation, **champs: Any) -> Any:
    adresse = reverse("annuaire:personnes", args=[objet.pk])
    invite = {"nom": "Morel", "prenom": "Léa", "courriel": "lea@exemple.fr", **champs}
    return client.post(adresse, invite)


def test_une_responsable_invite_une_collegue(responsable: Utilisateur, doubs: Organisation) -> None:
    reponse = inviter(connecte(responsable), doubs, role="charge_accompagnement")

    assert reponse.status_code == 302
    compte = Utilisateur.objects.get(courriel="lea@exemple.fr")
    assert Organisation.objects.visibles_par(compte).filter(pk=doubs.pk).exists()
    (courriel,) = mail.outbox
    assert courriel.to == ["lea@exemple.fr"]
    assert courriel.subject == "[Maillage] Choisir votre mot de passe"
    assert courriel.body.startswith("Bonjour,\n\nSuivez ce lien pour choisir votre mot de passe")
    assert "/compte/password/reset/key/" in courriel.body


def test_qui_a_deja_un_mot_de_passe_ne_recoit_pas_de_courriel(
    responsable: Utilisateur, doubs: Organisation
) -> None:
    Utilisateur.objects.create_user("lea@exemple.fr", "le-sien-est-long")

    inviter(connecte(responsable), doubs, role="charge_accompagnement")

    assert mail.outbox == []
    assert Rattachement.objects.filter(personne__courriel="lea@exemple.fr").exists()


def test_une_personne_sans_adresse_est_seulement_connue(
    client_du_dla: Client, theatre: Organisation
) -> None:
    inviter(client_du_dla, theatre, courriel="", role="structure")

    assert Personne.objects.get(nom="Morel").compte is None
    assert "Léa Morel" in lu(client_du_dla.get(theatre.get_absolute_url()))


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"role": "administrateur"}, "n’en fait pas partie"),
        ({"role": "charge_accompagnement", "territoires": "Jura"}, "hors du territoire"),
        ({"role": "charge_accompagnement", "territoires": "Zzz"}, "pas un lieu connu"),
        ({"role": "charge_accompagnement", "jusqua": "2001-01-01"}, "précède son début"),
        ({"role": "charge_accompagnement", "courriel": "non"}, "adresse"),
        ({"role": ""}, "obligatoire"),
    ],
)
def test_une_invitation_mal_remplie_n_ouvre_rien(
    responsable: Utilisateur, doubs: Organisation, champs: dict[str, str], dit: str
) -> None:
    reponse = inviter(connecte(responsable), doubs, **champs)

    assert reponse.status_code == 422
    assert dit in lu(reponse)
    assert "Morel" in lu(reponse)
    assert not Personne.objects.filter(nom="Morel").exists()
    assert mail.outbox == []


def test_un_role_deja_tenu_le_dit(responsable: Utilisateur, doubs: Organisation) -> None:
    client = connecte(responsable)
    inviter(client, doubs, role="charge_accompagnement")

    assert "tient déjà ce rôle" in lu(inviter(client, doubs, role="charge_accompagnement"))


def test_une_chargee_ne_gere_pas_les_personnes_de_son_dla(
    client_du_dla: Client, doubs: Organisation
) -> None:
    reponse = client_du_dla.get(reverse("annuaire:personnes", args=[doubs.pk]))

    assert reponse.status_code == 403
    assert "son ou sa responsable" in lu(reponse)


def retirer(client: Client, rattachement: Rattachement, version: object = 1) -> Any:
    adresse = reverse("annuaire:revoquer", args=[rattachement.organisation_id, rattachement.pk])
    return client.post(adresse, {"version": version}, follow=True)


def test_retirer_un_role_vaut_aussitot(responsable: Utilisateur, doubs: Organisation) -> None:
    collegue = agent(doubs)
    page = retirer(connecte(responsable), collegue.personne.rattachements.get())

    assert "n’a plus le rôle" in lu(page)
    assert "Rôles passés" in lu(page)
    assert connecte(relu(collegue)).get(doubs.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("version", [7, "", "x"])
def test_retirer_un_role_change_entre_temps_demande_de_relire(
    responsable: Utilisateur, doubs: Organisation, version: object
) -> None:
    rattachement = agent(doubs).personne.rattachements.get()

    assert "Rien n’a changé" in lu(retirer(connecte(responsable), rattachement, version))
    assert Rattachement.objects.get(pk=rattachement.pk).revoque_le is None


def test_on_ne_retire_pas_le_role_d_une_autre_organisation(
    responsable: Utilisateur, doubs: Organisation, charge_ailleurs: Utilisateur
) -> None:
    ailleurs = charge_ailleurs.personne.rattachements.get()
    adresse = reverse("annuaire:revoquer", args=[doubs.pk, ailleurs.pk])

    assert connecte(responsable).post(adresse).status_code == 404


def test_on_ne_retire_pas_son_propre_role(responsable: Utilisateur) -> None:
    le_mien = responsable.personne.rattachements.get()

    reponse = retirer(connecte(responsable), le_mien)

    assert reponse.status_code == 403
    assert "votre propre rôle" in lu(reponse)


def test_une_personne_se_corrige(client_du_dla: Client, theatre: Organisation) -> None:
    inviter(client_du_dla, theatre, nom="Fournié", courriel="", role="structure")
    connue = Personne.objects.get(nom="Fournié")
    adresse = reverse("annuaire:personne", args=[theatre.pk, connue.pk])
    assert adresse in lu(client_du_dla.get(reverse("annuaire:personnes", args=[theatre.pk])))
    saisie = {"prenom": "Léa", "nom": "Fournier", "fonction": "trésorière"}
    saisie["courriel"] = "nadia@exemple.fr"
    assert client_du_dla.post(adresse, saisie).status_code == 422  # sans la version lue
    reponse = client_du_dla.post(adresse, saisie | {"version": connue.version})
    assert reponse.status_code == 302
    connue.refresh_from_db()
    assert (connue.nom, connue.fonction) == ("Fournier", "trésorière")
    assert (connue.courriel, connue.recherche) == ("nadia@exemple.fr", "lea fournier")
    assert "Fournier" in Acte.objects.latest("quand").phrase


def test_l_adresse_d_un_compte_ne_se_change_pas_a_sa_place(
    client_du_dla: Client, theatre: Organisation
) -> None:
    """Les rôles que l'on donne à une adresse iraient à un autre compte."""
    inviter(client_du_dla, theatre, role="structure")
    connue = Personne.objects.get(courriel="lea@exemple.fr")
    adresse = reverse("annuaire:personne", args=[theatre.pk, connue.pk])
    saisie = {"nom": "Morel", "courriel": "autre@exemple.fr", "version": connue.version}
    assert client_du_dla.post(adresse, saisie).status_code == 302
    connue.refresh_from_db()
    assert connue.courriel == "lea@exemple.fr"


def test_une_personne_a_deux_roles_se_corrige_aussi(
    responsable: Utilisateur, doubs: Organisation
) -> None:
    for role in ("charge_accompagnement", "animateur"):
        inviter(connecte(responsable), doubs, role=role)
    connue = Personne.objects.get(courriel="lea@exemple.fr")
    adresse = reverse("annuaire:personne", args=[doubs.pk, connue.pk])
    assert connecte(responsable).get(adresse).status_code == 200


def test_rattacher_quelqu_un_ne_donne_pas_la_main_sur_lui(
    client_du_dla: Client, theatre: Organisation, gironde: Organisation
) -> None:
    """Son téléphone est aussi celui que lisent les prestataires de l'autre DLA."""
    collegue = Personne.objects.create(nom="Loin", courriel="loin@exemple.fr", telephone="05")
    Rattachement.objects.create(
        personne=collegue, organisation=gironde, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    assert (
        inviter(client_du_dla, theatre, courriel="loin@exemple.fr", role="structure").status_code
        == 302
    )
    adresse = reverse("annuaire:personne", args=[theatre.pk, collegue.pk])
    saisie = {"nom": "Autre", "telephone": "06", "version": collegue.version}
    assert client_du_dla.get(adresse).status_code == 403
    assert client_du_dla.post(adresse, saisie).status_code == 403
    collegue.refresh_from_db()
    assert (collegue.nom, collegue.telephone) == ("Loin", "05")
    Rattachement.objects.filter(organisation=gironde).update(revoque_le=timezone.now())
    assert client_du_dla.get(adresse).status_code == 200


def test_une_personne_d_ailleurs_ne_se_corrige_pas_d_ici(
    client_du_dla: Client, theatre: Organisation, gironde: Organisation
) -> None:
    ailleurs = Personne.objects.create(nom="Loin")
    Rattachement.objects.create(
        personne=ailleurs, organisation=gironde, role=Role.CHARGE_ACCOMPAGNEMENT
    )
    adresse = reverse("annuaire:personne", args=[theatre.pk, ailleurs.pk])
    assert client_du_dla.get(adresse).status_code == 404
