"""Mobiliser : inviter, changer de palier, prévenir ; et les mauvaises saisies."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from maillage.annuaire.models import Nature, Role
from maillage.confirmer.models import Palier, Participation
from maillage.confirmer.operations import changer_palier, inviter, prevenir, reperer
from maillage.confirmer.transitions import PALIERS
from maillage.identifier.models import Problematique
from maillage.socle.envois.models import Notification
from maillage.socle.journal.models import Acte
from maillage.socle.transitions import TransitionRefusee
from tests.fabriques import agent, departement, organisation

pytestmark = pytest.mark.django_db


def test_inviter_deux_fois_n_ajoute_qu_une_fois(dossier, agente, structures) -> None:
    trois = structures(3)
    assert len(inviter(dossier, trois, par=agente)) == 3
    assert inviter(dossier, trois, palier="retenue", par=agente) == []
    assert set(dossier.participations.values_list("palier", flat=True)) == {"reperee"}


def test_reperer_verse_un_ciblage_sans_toucher_aux_structures_deja_la(
    dossier, agente, mobilisees, structures
) -> None:
    (retenue,) = mobilisees(1, "retenue")
    versees = reperer(
        dossier, [retenue.structure, *structures(2)], ciblage="Culture du Doubs", par=agente
    )
    assert [p.palier for p in versees] == [Palier.REPEREE] * 2
    retenue.refresh_from_db()
    assert retenue.palier == Palier.RETENUE
    acte = Acte.objects.sur(dossier).first()
    assert "d’après le ciblage « Culture du Doubs »" in acte.phrase.replace("\u00a0", " ")
    assert acte.interne
    assert reperer(dossier, [retenue.structure], ciblage="Culture du Doubs", par=agente) == []
    assert Acte.objects.sur(dossier).count() == 1


def test_un_desistement_reste_compte_parmi_les_retenues(dossier, agente, mobilisees) -> None:
    (une,) = mobilisees(1, "retenue")
    changer_palier(dossier, [une.pk], "desister", motif="Plus personne", par=agente)
    une.refresh_from_db()
    assert (une.palier, une.atteint, une.motif) == ("desistee", "retenue", "Plus personne")


def test_revenir_efface_la_reponse_negative(dossier, agente, mobilisees) -> None:
    (une,) = mobilisees(1, "interessee")
    changer_palier(dossier, [une.pk], "ecarter", par=agente)
    prevenir(dossier, [une.pk], le=date(2026, 1, 5), par=agente)
    changer_palier(dossier, [une.pk], "retenir", par=agente)
    une.refresh_from_db()
    assert (une.palier, une.informee_le) == ("retenue", None)


def test_contacter_date_le_premier_contact(dossier, agente, mobilisees) -> None:
    (une,) = mobilisees(1)
    changer_palier(dossier, [une.pk], "contacter", par=agente)
    une.refresh_from_db()
    assert une.contactee_le is not None


def test_un_verbe_impossible_dit_pourquoi_et_laisse_les_autres_passer(
    dossier, agente, mobilisees
) -> None:
    une, deux = mobilisees(2)
    une.palier = une.atteint = "retenue"
    une.save()
    resultat = changer_palier(dossier, [une.pk, deux.pk], "retenir", par=agente)
    assert [p.pk for p in resultat.faites] == [deux.pk]
    assert "n’est plus possible" in resultat.refus[0]
    with pytest.raises(TransitionRefusee):
        PALIERS.appliquer("inventer", une)


def test_la_base_refuse_un_palier_qui_contredit_l_entonnoir(mobilisees) -> None:
    (une,) = mobilisees(1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=une.pk).update(palier="retenue")


def test_prevenir_avertit_les_comptes_et_ne_previent_qu_une_fois(
    dossier, agente, mobilisees
) -> None:
    (une,) = mobilisees(1, "non_retenue")
    contact = agent(une.structure, Role.STRUCTURE)
    assert prevenir(dossier, [une.pk], le=date(2026, 1, 5), par=agente)
    assert not prevenir(dossier, [une.pk], le=date(2026, 1, 6), par=agente)
    (notification,) = Notification.objects.filter(destinataire=contact)
    assert "n’est pas retenue" in notification.phrase


def test_une_reperee_jamais_contactee_n_attend_pas_de_reponse(mobilisees, dossier) -> None:
    (une,) = mobilisees(1)
    PALIERS.appliquer("ecarter", une)
    une.save()
    assert not dossier.participations.a_prevenir().exists()


def test_le_journal_des_structures_reste_interne(dossier, agente, mobilisees) -> None:
    (une,) = mobilisees(1, "interessee")
    changer_palier(dossier, [une.pk], "ecarter", motif="Trop petite", par=agente)
    assert not Acte.objects.sur(dossier).partageables().filter(phrase__contains="petite").exists()
    assert Acte.objects.sur(dossier).filter(phrase__contains="Trop petite").exists()


# Les pages


def test_ajouter_plusieurs_structures_depuis_le_registre(page, dossier, structures) -> None:
    trois = structures(3)
    adresse = reverse("confirmer:inviter", args=[dossier.pk])
    contenu = page.get(adresse, {"q": "association 001"}).content.decode()
    assert "Association 001" in contenu
    assert "Association 002" not in contenu
    envoi = {"organisations": [s.pk for s in trois], "palier": "contactee"}
    assert page.post(adresse, envoi).status_code == 302
    assert dossier.participations.filter(palier="contactee", contactee_le=date.today()).count() == 3


def test_celles_de_la_problematique_se_proposent_d_abord(page, dossier, structures) -> None:
    """Elles ouvrent la première page, une fois, et la recherche vaut pour elles aussi."""
    toutes = structures(30)
    ailleurs = organisation(territoires=[departement("33", "Gironde")], nom="Bordelaise")
    besoin = Problematique.objects.create(operateur=dossier.operateur, titre="Le mécénat")
    besoin.structures.set([toutes[7], toutes[29], ailleurs])
    besoin.ingenieries.add(dossier)
    autre = Problematique.objects.create(operateur=dossier.operateur, titre="L’emploi")
    autre.structures.set([toutes[3]])
    adresse = reverse("confirmer:inviter", args=[dossier.pk])
    lue = page.get(adresse)
    assert lue.context["premieres"] == [toutes[7], toutes[29]]
    assert toutes[7] not in lue.context["autres"]
    assert lue.content.decode().count("Association 007") == 1
    assert "Celles de la problématique" in lue.content.decode()
    assert page.get(adresse, {"q": "association 029"}).context["premieres"] == [toutes[29]]
    assert page.get(adresse, {"page": 2}).context["premieres"] == []
    page.post(adresse, {"organisations": [toutes[7].pk], "palier": "reperee"})
    assert page.get(adresse).context["premieres"] == [toutes[29]]


def test_une_structure_d_un_autre_departement_n_entre_pas(page, dossier, structures) -> None:
    (ici,) = structures(1)
    ailleurs = organisation(territoires=[departement("33", "Gironde")], nom="Bordelaise")
    adresse = reverse("confirmer:inviter", args=[dossier.pk])
    for intrus in (ailleurs.pk, uuid4(), "n'importe quoi"):
        reponse = page.post(adresse, {"organisations": [ici.pk, intrus], "palier": "reperee"})
        assert reponse.status_code == 422
    assert not dossier.participations.exists()
    assert page.post(adresse, {"palier": "reperee"}).status_code == 422
    assert page.post(adresse, {"organisations": [ici.pk], "palier": "pdg"}).status_code == 422


def test_une_organisation_sans_commune_se_choisit_et_se_suit(page, dossier, agente) -> None:
    prestataire = organisation(Nature.PRESTATAIRE, nom="Sans adresse")
    choisir = page.get(reverse("confirmer:consulter", args=[dossier.pk])).content.decode()
    assert prestataire.nom in choisir
    inviter(dossier, [organisation(nom="Itinérante")], par=agente)
    liste = page.get(reverse("confirmer:structures", args=[dossier.pk])).content.decode()
    assert "Itinérante" in liste


def test_changer_de_palier_en_un_clic_et_en_lot(page, dossier, mobilisees) -> None:
    une, deux = mobilisees(2)
    adresse = reverse("confirmer:palier", args=[dossier.pk])
    liste = reverse("confirmer:structures", args=[dossier.pk])
    reponse = page.post(adresse, {"geste": f"contacter:{une.pk}", "suite": f"{liste}?page=1"})
    assert reponse.url == f"{liste}?page=1"
    page.post(adresse, {"geste": "retenir", "structures": [une.pk, deux.pk]})
    assert dossier.participations.retenues().count() == 2
    ailleurs = page.post(adresse, {"geste": "retenir", "suite": "https://ailleurs.test/"})
    assert ailleurs.url == liste
    sans_barre = page.post(adresse, {"geste": "retenir", "suite": "n'importe quoi"})
    assert sans_barre.status_code == 302
    page.post(adresse, {"geste": f"ecarter:{une.pk}", "motif": "Trop\x00 tôt"})
    assert dossier.participations.get(pk=une.pk).motif == "Trop tôt"
    assert page.get(adresse).status_code == 405


@pytest.mark.parametrize("geste", ["", "inventer", "retenir:", "retenir:pas-une-cle", "::"])
def test_un_geste_illisible_ne_change_rien(page, dossier, mobilisees, geste) -> None:
    (une,) = mobilisees(1)
    adresse = reverse("confirmer:palier", args=[dossier.pk])
    assert page.post(adresse, {"geste": geste, "structures": ["x"]}).status_code == 302
    une.refresh_from_db()
    assert une.palier == Palier.REPEREE


def test_la_participation_d_une_autre_mission_n_est_pas_touchee(page, dossier, mobilisees) -> None:
    from tests.fabriques import mission

    (une,) = mobilisees(1)
    autre = mission(dossier.operateur)
    page.post(reverse("confirmer:palier", args=[autre.pk]), {"geste": f"retenir:{une.pk}"})
    une.refresh_from_db()
    assert une.palier == Palier.REPEREE
    etrangere = reverse("confirmer:participation_modifier", args=[autre.pk, une.pk])
    assert page.get(etrangere).status_code == 404


def test_deux_agents_sur_la_meme_structure_ne_perdent_rien(page, dossier, mobilisees) -> None:
    (une,) = mobilisees(1)
    adresse = reverse("confirmer:participation_modifier", args=[dossier.pk, une.pk])
    base = {"attentes": "Un contact", "question_besoins": "oui", "benevoles": "environ 2"}
    assert page.post(adresse, base | {"version": 1}).status_code == 302
    conflit = page.post(adresse, {"attentes": "Un mécène", "version": 1})
    assert conflit.status_code == 422
    assert "Un mécène" in conflit.content.decode()
    une.refresh_from_db()
    assert (une.attentes, une.reponses, str(une.benevoles)) == (
        "Un contact",
        {"besoins": "oui"},
        "environ 2",
    )


@pytest.mark.parametrize(
    "faute",
    [
        {"benevoles": "beaucoup"},
        {"salaries": "-3"},
        {"salaries": "9" * 40},
        {"contactee_le": "32/13/2026"},
        {"niveau": "expert"},
        {"question_besoins": "peut-être"},
        {"motif": "x" * 2001},
    ],
)
def test_une_saisie_fausse_se_reaffiche_avec_ce_qui_a_ete_tape(
    page, dossier, mobilisees, faute
) -> None:
    (une,) = mobilisees(1)
    adresse = reverse("confirmer:participation_modifier", args=[dossier.pk, une.pk])
    reponse = page.post(adresse, {"attentes": "<script>alert(1)</script>", "version": 1} | faute)
    contenu = reponse.content.decode()
    assert reponse.status_code == 422
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in contenu
    assert "<script>alert" not in contenu


def test_prevenir_par_la_page(page, dossier, mobilisees) -> None:
    une, deux = mobilisees(2, "non_retenue")
    adresse = reverse("confirmer:prevenir", args=[dossier.pk])
    assert "Association 001" in page.get(adresse).content.decode()
    demain = date.today() + timedelta(days=2)
    assert page.post(adresse, {"structures": [une.pk], "le": demain}).status_code == 422
    assert page.post(adresse, {"structures": [une.pk, "x"], "le": date.today()}).status_code == 302
    assert list(dossier.participations.a_prevenir()) == [deux]


def test_la_liste_filtre_par_palier_present_et_atteint(page, dossier, mobilisees) -> None:
    une, *_ = mobilisees(3, "interessee")
    PALIERS.appliquer("ecarter", une)
    une.save()
    adresse = reverse("confirmer:structures", args=[dossier.pk])

    def trouvees(**filtres: str) -> int:
        return page.get(adresse, filtres).context["liste"].total

    assert trouvees(atteint="contactee") == 3
    assert trouvees(palier="interessee") == 2
    assert trouvees(palier="a_prevenir") == 1
    assert trouvees(q="association 002") == 1
    assert trouvees(palier="inconnu") == 3


def test_les_autres_ne_lisent_pas_la_mobilisation(dossier, client, mobilisees) -> None:
    une, deux = mobilisees(2, "retenue")
    PALIERS.appliquer("ecarter", deux)
    deux.motif = "Rivale de la première"
    deux.save()
    client.force_login(agent(une.structure, Role.STRUCTURE))
    assert client.get(reverse("confirmer:structures", args=[dossier.pk])).status_code == 403
    contenu = client.get(
        reverse("ingenieries:demarche", args=[dossier.pk, "confirmer.mobiliser"])
    ).content.decode()
    assert une.structure.nom in contenu
    assert deux.structure.nom not in contenu
    assert "Rivale" not in contenu
    client.force_login(agent(deux.structure, Role.STRUCTURE))
    assert client.get(dossier.get_absolute_url()).status_code == 404
    client.force_login(agent(organisation(Nature.PRESTATAIRE), Role.PRESTATAIRE))
    assert client.get(dossier.get_absolute_url()).status_code == 404
