"""Entrer d'un coup un collectif : chaque ligne reconnue ou dite, tout entre ou rien."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import EntreeDuRegistre, Organisation
from maillage.confirmer.mobilisation.collectif.forms import AU_PLUS
from maillage.confirmer.mobilisation.collectif.lignes import lire
from maillage.confirmer.mobilisation.collectif.operations import entrer_le_collectif
from maillage.confirmer.mobilisation.collectif.reconnaissance import fiches_de_ces_noms
from maillage.confirmer.models import Mobilisation, Palier, Participation
from maillage.ingenieries.models import Ingenierie
from tests.comptes import connecte
from tests.fabriques import agent, commune, departement, mission, operateur, organisation

RNA = "W251000123"
SIRET = "35600000000048"
SIREN = "732829320"


@pytest.mark.parametrize(
    ("ligne", "nom", "numero", "champ"),
    [
        ("Atelier du Lac", "Atelier du Lac", "", ""),
        ("Atelier du Lac ; 732 829 320", "Atelier du Lac", SIREN, "siren"),
        ("Atelier du Lac\tBesançon\t732829320", "Atelier du Lac", SIREN, "siren"),
        ("w251000123", "", RNA, "rna"),
        (f"Atelier du Lac - {RNA}", "Atelier du Lac", RNA, "rna"),
        ("356 000 000 00048", "", SIRET, "siret"),
        ("Les 3 Moulins 2000", "Les 3 Moulins 2000", "", ""),
    ],
)
def test_une_ligne_dit_un_nom_un_numero_ou_les_deux(
    ligne: str, nom: str, numero: str, champ: str
) -> None:
    dite = lire(ligne)
    assert (dite.nom, dite.numero, dite.champ, dite.probleme) == (nom, numero, champ, "")


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        ("Atelier ; 7,32829E+13", "transformé par un tableur"),
        ("732829321", "chiffre faux"),
        ("73282932000", "SIREN"),
        ("W25100012", "n’est pas un numéro RNA"),
    ],
)
def test_un_numero_faux_dit_comment_le_reparer(ligne: str, dit: str) -> None:
    assert dit in lire(ligne).probleme


@pytest.fixture
def dla() -> Organisation:
    return operateur()


@pytest.fixture
def dossier(dla: Organisation) -> Ingenierie:
    return mission(dla)


@pytest.fixture
def client_du_dla(dla: Organisation) -> Client:
    return connecte(agent(dla))


@pytest.fixture
def lac(dla: Organisation) -> Organisation:
    ville = commune(dans=departement())
    return organisation(nom="Atelier du Lac", sigle="ADL", operateur=dla, commune=ville)


def entree(numero: str = RNA, nom: str = "La Bobine", **champs: Any) -> EntreeDuRegistre:
    return EntreeDuRegistre.objects.create(
        numero=numero, nom=nom, nom_normalise=nom.lower(), mots="", objet="", **champs
    )


def envoyer(client: Client, dossier: Ingenierie, membres: str, **dits: str) -> Any:
    return client.post(
        reverse("confirmer:collectif", args=[dossier.pk]),
        {"membres": membres, "palier": "retenue", "collectif": "Réseau des Rives", **dits},
    )


def entrer(client: Client, dossier: Ingenierie, membres: str, **dits: str) -> Any:
    """Coller, relire ce qui est reconnu, entrer."""
    relue = envoyer(client, dossier, membres, **dits)
    assert relue.status_code == 422
    assert not Participation.objects.filter(ingenierie=dossier).exists()
    formulaire = relue.context["formulaire"]
    choix = {ligne.champ: ligne.choix for ligne in formulaire.lignes}
    return envoyer(client, dossier, membres, **{**choix, **dits}, vues=formulaire.empreinte)


@pytest.mark.django_db
def test_un_collectif_entre_d_un_coup(
    client_du_dla: Client, dossier: Ingenierie, dla: Organisation, lac: Organisation
) -> None:
    numerotee = organisation(nom="Scène Libre", operateur=dla, siret=SIRET, siren=SIRET[:9])
    entree()
    membres = f"- ADL\n• Poste restante ; {SIRET}\n{RNA}\n"
    reponse = entrer(client_du_dla, dossier, membres)
    assert reponse.status_code == 302
    reprise = Organisation.objects.get(rna=RNA)
    lues = {p.structure: (p.palier, p.atteint) for p in dossier.participations.all()}
    assert lues == dict.fromkeys([lac, numerotee, reprise], (Palier.RETENUE, "retenue"))
    campagne = Mobilisation.objects.get(ingenierie=dossier)
    assert (campagne.voie, campagne.collectif) == ("collectif_constitue", "Réseau des Rives")
    assert reprise.operateur == dla


@pytest.mark.django_db
def test_les_fiches_du_registre_se_creent_dans_le_meme_ordre_pour_tous(dla: Organisation) -> None:
    """Sinon deux missions qui prennent les mêmes à l'envers s'attendraient l'une l'autre."""
    par = agent(dla)
    creees = []
    for sens in (1, -1):
        entrees = [entree(f"W25100000{rang}", f"Nom {9 - rang}") for rang in range(1, 4)]
        entrees.append(entree("W251000000", "Numérotée", siren=SIRET[:9]))
        a_l_endroit = [e.pk for e in entrees]
        membres = entrees[::sens]
        entrer_le_collectif(mission(dla), "", membres, palier=Palier.RETENUE, par=par)
        fiches = Organisation.objects.filter(rna__in=a_l_endroit)
        creees.append(list(fiches.order_by("cree_le").values_list("rna", flat=True)))
        Participation.objects.all().delete()
        fiches.delete()
        EntreeDuRegistre.objects.all().delete()
    assert creees[0] == creees[1]
    assert len(creees[0]) == 4


@pytest.mark.django_db
@pytest.mark.parametrize(("voie", "prevenue"), [("entonnoir", True), ("", False)])
def test_entrer_un_collectif_dit_qu_il_change_la_voie(
    client_du_dla: Client, dossier: Ingenierie, voie: str, prevenue: bool
) -> None:
    Mobilisation.objects.create(ingenierie=dossier, voie=voie)
    lue = client_du_dla.get(reverse("confirmer:collectif", args=[dossier.pk])).content.decode()
    assert ("la fera changer de voie" in lue) is prevenue


@pytest.mark.django_db
def test_cocher_ses_membres_les_entre_retenus_et_ramene_a_la_mobilisation(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation
) -> None:
    Mobilisation.objects.create(ingenierie=dossier, collectif="Réseau des Rives")
    entrer_ici = reverse("confirmer:collectif", args=[dossier.pk])
    adresse = reverse("confirmer:cocher_le_collectif", args=[dossier.pk])
    assert f'href="{adresse}"' in client_du_dla.get(entrer_ici).content.decode()
    lue = client_du_dla.get(adresse)
    mobilisation = reverse("confirmer:mobilisation", args=[dossier.pk])
    assert lue.context["retour"] == mobilisation
    assert "Revenir à la mobilisation" in lue.content.decode()
    assert lue.context["formulaire"]["palier"].value() == Palier.RETENUE
    assert client_du_dla.post(adresse, {"palier": "retenue"}).status_code == 422
    envoi = {"organisations": [lac.pk], "palier": "retenue"}
    assert client_du_dla.post(adresse, envoi).status_code == 302
    assert dossier.participations.get().palier == Palier.RETENUE
    campagne = Mobilisation.objects.get()
    assert (campagne.voie, campagne.collectif) == ("collectif_constitue", "Réseau des Rives")


@pytest.mark.django_db
def test_une_ligne_inconnue_arrete_tout_et_rien_ne_se_perd(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation
) -> None:
    entree()
    membres = f"Atelier du Lac\n{RNA}\nTout à fait inconnue"
    reponse = entrer(client_du_dla, dossier, membres)
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "Tout à fait inconnue" in page
    assert "1 ligne sur 3 reste à décider" in " ".join(page.split())
    assert not Participation.objects.exists()
    assert not Mobilisation.objects.exists()
    assert not Organisation.objects.filter(rna=RNA).exists()
    inconnue = reponse.context["formulaire"].indecises[0]
    fini = entrer(client_du_dla, dossier, membres, **{inconnue.champ: "laisser"})
    assert fini.status_code == 302
    assert dossier.participations.count() == 2


@pytest.mark.django_db
def test_une_liste_changee_depuis_la_relecture_se_relit(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation, dla: Organisation
) -> None:
    organisation(nom="Scène Libre", operateur=dla)
    empreinte = envoyer(client_du_dla, dossier, "Atelier du Lac").context["formulaire"].empreinte
    reponse = envoyer(client_du_dla, dossier, "Atelier du Lac\nScène Libre", vues=empreinte)
    assert reponse.status_code == 422
    assert not Participation.objects.exists()


@pytest.mark.django_db
def test_un_homonyme_se_choisit(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation, dla: Organisation
) -> None:
    autre = organisation(nom="Atelier du Lac", operateur=dla)
    ligne = envoyer(client_du_dla, dossier, "Atelier du Lac").context["formulaire"].lignes[0]
    assert not ligne.decidee
    assert {c.objet for c in ligne.candidates} == {lac, autre}
    entrer(client_du_dla, dossier, "Atelier du Lac", **{ligne.champ: f"fiche:{autre.pk}"})
    assert [p.structure for p in dossier.participations.all()] == [autre]
    precise = envoyer(client_du_dla, dossier, "Atelier du Lac (Besançon)")
    assert precise.context["formulaire"].lignes[0].choix == f"fiche:{lac.pk}"


@pytest.mark.django_db
def test_une_fiche_du_meme_nom_sans_numero_ne_devient_pas_un_double(
    client_du_dla: Client, dossier: Ingenierie, dla: Organisation
) -> None:
    bobine = organisation(nom="La Bobine", operateur=dla)
    entree()
    ligne = envoyer(client_du_dla, dossier, RNA).context["formulaire"].lignes[0]
    assert not ligne.decidee
    assert [c.cle for c in ligne.candidates] == [f"fiche:{bobine.pk}", f"registre:{RNA}"]


@pytest.mark.django_db
def test_une_structure_hors_de_vue_ne_se_nomme_pas(
    client_du_dla: Client, dossier: Ingenierie
) -> None:
    ailleurs = operateur("DLA de la Gironde", departement("33", "Gironde"))
    cachee = organisation(nom="Secrète", operateur=ailleurs, rna=RNA)
    entree()
    reponse = envoyer(client_du_dla, dossier, f"{RNA}\nSecrète")
    premiere, seconde = reponse.context["formulaire"].lignes
    assert not premiere.candidates
    assert "hors de votre périmètre" in premiere.probleme
    assert not seconde.candidates
    forcee = entrer(client_du_dla, dossier, RNA, **{premiere.champ: f"fiche:{cachee.pk}"})
    assert forcee.status_code == 422
    assert not Participation.objects.exists()


@pytest.mark.django_db
def test_deux_lignes_qui_disent_la_meme_n_en_font_qu_une(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation
) -> None:
    reponse = envoyer(client_du_dla, dossier, "ADL\nAtelier du Lac")
    assert "La même que « ADL »" in reponse.content.decode()
    assert entrer(client_du_dla, dossier, "ADL\nAtelier du Lac").status_code == 302
    assert dossier.participations.count() == 1


@pytest.mark.django_db
def test_celles_qui_y_sont_deja_gardent_leur_palier(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation
) -> None:
    Participation.objects.create(ingenierie=dossier, structure=lac)
    relue = envoyer(client_du_dla, dossier, "ADL").context["formulaire"]
    choix = {relue.lignes[0].champ: relue.lignes[0].choix}
    envoyer(client_du_dla, dossier, "ADL", **choix, vues=relue.empreinte)
    assert dossier.participations.get().palier == Palier.REPEREE


@pytest.mark.django_db
@pytest.mark.parametrize(
    "membres", ["", " \n - \n", "\n".join(f"membre {n}" for n in range(AU_PLUS + 1))]
)
def test_une_liste_vide_ou_trop_longue_se_dit(
    client_du_dla: Client, dossier: Ingenierie, membres: str
) -> None:
    reponse = envoyer(client_du_dla, dossier, membres)
    assert reponse.status_code == 422
    assert reponse.context["formulaire"].errors["membres"]


@pytest.mark.django_db
def test_reconnaitre_coute_autant_pour_deux_lignes_que_pour_soixante(
    client_du_dla: Client, dossier: Ingenierie, dla: Organisation
) -> None:
    noms = [f"Maison {chr(65 + n // 26)}{chr(65 + n % 26)}" for n in range(AU_PLUS)]
    for nom in noms:
        organisation(nom=nom, operateur=dla)
    comptes = []
    for combien in (2, AU_PLUS):
        with CaptureQueriesContext(connection) as lues:
            envoyer(client_du_dla, dossier, "\n".join(noms[:combien]))
        comptes.append(len(lues))
    assert comptes[0] == comptes[1] <= 12


@pytest.mark.django_db
def test_dire_qui_porte_chaque_numero_ne_coute_pas_par_ligne(
    client_du_dla: Client, dossier: Ingenierie
) -> None:
    ailleurs = operateur("DLA de la Gironde", departement("33", "Gironde"))
    numeros = [f"W33100{n:04}" for n in range(AU_PLUS)]
    for numero in numeros:
        organisation(nom=f"Secrète {numero}", operateur=ailleurs, rna=numero)
    comptes = []
    for combien in (2, AU_PLUS):
        with CaptureQueriesContext(connection) as lues:
            envoyer(client_du_dla, dossier, "\n".join(numeros[:combien]))
        comptes.append(len(lues))
    assert comptes[0] == comptes[1] <= 12


@pytest.mark.django_db
def test_d_un_siret_le_siren_deja_pris_dit_a_qui_demander(
    client_du_dla: Client, dossier: Ingenierie
) -> None:
    ailleurs = operateur("DLA de la Gironde", departement("33", "Gironde"))
    organisation(nom="Secrète", operateur=ailleurs, siren=SIRET[:9])
    entree(SIRET[:9], siren=SIRET[:9])
    ligne = envoyer(client_du_dla, dossier, SIRET).context["formulaire"].lignes[0]
    assert not ligne.candidates
    assert "Ce SIREN est déjà celui d’une organisation hors de votre périmètre" in ligne.probleme
    assert "Secrète" not in ligne.probleme


@pytest.mark.django_db
def test_une_structure_fermee_ne_se_choisit_pas_d_elle_meme(
    client_du_dla: Client, dossier: Ingenierie
) -> None:
    entree(active=False)
    ligne = envoyer(client_du_dla, dossier, RNA).context["formulaire"].lignes[0]
    assert not ligne.decidee
    assert "la dit fermée" in ligne.probleme
    assert "n’est plus en activité" in ligne.candidates[0].libelle
    choisie = entrer(client_du_dla, dossier, RNA, **{ligne.champ: f"registre:{RNA}"})
    assert choisie.status_code == 302


@pytest.mark.django_db
def test_deux_numeros_du_meme_nom_se_comparent_chacun_a_mes_fiches(
    client_du_dla: Client, dossier: Ingenierie, dla: Organisation
) -> None:
    organisation(nom="La Bobine", operateur=dla)
    for numero in (RNA, "W251000124"):
        entree(numero)
    lues = envoyer(client_du_dla, dossier, f"{RNA}\nW251000124").context["formulaire"].lignes
    assert [len(ligne.candidates) for ligne in lues] == [2, 2]
    assert not any(ligne.decidee for ligne in lues)


@pytest.mark.django_db
@pytest.mark.parametrize("membre", ["☃ ☃", "…", "«»"])
def test_une_ligne_sans_lettre_ni_chiffre_ne_propose_rien(
    client_du_dla: Client, dossier: Ingenierie, lac: Organisation, membre: str
) -> None:
    ligne = envoyer(client_du_dla, dossier, membre).context["formulaire"].lignes[0]
    assert not ligne.candidates
    assert not ligne.decidee


@pytest.mark.django_db
def test_un_mot_que_tous_portent_ne_lit_pas_toutes_les_fiches(
    dla: Organisation, lac: Organisation
) -> None:
    for nom in ("Atelier du Bois", "Atelier", "Mon Atelier"):
        organisation(nom=nom, operateur=dla)
    lues = fiches_de_ces_noms({"atelier", "adl"}, agent(dla))
    assert {fiche.nom for fiche in lues} == {"Atelier", "Atelier du Lac"}
