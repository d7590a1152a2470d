"""Poser, voir, garder, rejouer, verser : par les adresses, avec leurs refus."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from maillage.annuaire.models import AssociationRNA, Organisation
from maillage.confirmer.models import Participation
from maillage.identifier.ciblage import operations
from maillage.identifier.models import RechercheDeCiblage, ResultatDeCiblage
from maillage.ingenieries.models import Ingenierie
from maillage.socle.models import Acte
from tests.comptes import connecte
from tests.fabriques import agent, departement, mission, operateur
from tests.identifier.ciblage.monde import critere, entree, recherche, structure
from tests.identifier.monde import problematique

CULTURE = {"secteur": critere(["culture"])}


@pytest.fixture
def client(agente) -> Client:
    return connecte(agente)


@pytest.fixture
def dossier(dla) -> Ingenierie:
    return mission(dla)


def _page(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def _gardee(client: Client, posee: RechercheDeCiblage) -> ResultatDeCiblage:
    reponse = client.post(reverse("identifier:ciblage_garder", args=[posee.pk]))
    assert reponse.status_code == 302
    return posee.resultats.first()


def test_poser_un_ciblage_par_le_formulaire(client, dla, dossier) -> None:
    besoin = problematique(dla)
    adresse = f"{reverse('identifier:ciblage_nouveau')}?ingenierie={dossier.pk}"
    page = _page(client, adresse)
    assert f'value="{dossier.pk}" selected' in page
    saisie = {
        "nom": "Culture du Doubs",
        "territoires": "Doubs",
        "fiches": "on",
        "problematique": besoin.pk,
        "ingenierie": dossier.pk,
        "secteur": ["culture", "sport"],
        "secteur_inconnues": "on",
        "budget_de": "10000",
        "objet": "théâtre ; cirque",
        "objet_inconnues": "on",
        "mots_poids.partenariats": "Peu de partenaires privés.",
    }
    reponse = client.post(reverse("identifier:ciblage_nouveau"), saisie)
    posee = RechercheDeCiblage.objects.get()
    assert reponse["Location"] == posee.get_absolute_url()
    assert posee.criteres == {
        "secteur": critere(["culture", "sport"]),
        "objet": critere(["théâtre", "cirque"]),
        "budget": critere({"de": 10000, "a": None}, inconnues=False),
    }
    assert posee.mots == {"poids.partenariats": "Peu de partenaires privés."}
    assert (posee.operateur, posee.ingenierie, posee.problematique) == (dla, dossier, besoin)
    assert [t.code for t in posee.territoires.all()] == ["25"]
    page = _page(client, posee.get_absolute_url())
    assert "Peu de partenaires privés." in page
    assert "a posé ce ciblage" in Acte.objects.sur(posee).get().phrase


def test_les_criteres_se_relisent_tels_que_saisis(client, dla, besancon) -> None:
    centre = [besancon.pk, besancon.nom_complet, besancon.longitude, besancon.latitude]
    posee = recherche(
        dla,
        criteres={
            "lieux": critere([[besancon.pk, besancon.nom_complet]]),
            "autour": critere({"centre": centre, "km": 30}, inconnues=False),
            "creation": critere({"de": 1990, "a": None}),
        },
    )
    adresse = reverse("identifier:ciblage_modifier", args=[posee.pk])
    formulaire = client.get(adresse).context["formulaire"]
    saisie = {champ.html_name: champ.value() for champ in formulaire if champ.value()}
    saisie["territoires"] = formulaire["territoires"].field.prepare_value(saisie["territoires"])
    assert client.post(adresse, saisie).status_code == 302
    avant, posee = posee.criteres, RechercheDeCiblage.objects.get()
    assert posee.criteres == avant


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ({"budget_de": "9", "budget_a": "2"}, "échangez-les"),
        ({"autour_km": "30"}, "Dites la commune et la distance"),
        ({"autour_centre": "25056", "autour_km": "30"}, "On ne sait pas où est"),
        ({"creation_de": "12"}, "supérieure ou égale à 1800"),
        ({"lieux": "Nulle-Part"}, "n’est pas un lieu connu"),
        ({"fiches": ""}, "Cherchez au moins"),
    ],
)
def test_une_mauvaise_saisie_garde_tout_et_dit_comment_reparer(
    client, dla, besancon, saisie: dict[str, str], dit: str
) -> None:
    besancon.longitude = besancon.latitude = None
    besancon.save()
    donnees = {"nom": "Mon ciblage", "territoires": "Doubs", "fiches": "on", **saisie}
    reponse = client.post(reverse("identifier:ciblage_nouveau"), donnees)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert dit in page
    assert "Mon ciblage" in page
    assert not RechercheDeCiblage.objects.exists()


def test_la_page_dit_ce_que_fait_chaque_critere(client, dla, besancon) -> None:
    structure(dla, "Oui", secteur="culture", commune=besancon)
    structure(dla, "Non", secteur="sport", commune=besancon)
    structure(dla, "Tue", commune=besancon)
    posee = recherche(dla, criteres={"secteur": critere(["culture"], inconnues=False)})
    reponse = client.get(posee.get_absolute_url())
    (etape,) = [e for _, e in reponse.context["etapes"]]
    assert (etape.entrees, etape.repondent, etape.ecartees, etape.perdues) == (3, 1, 1, 1)
    page = reponse.content.decode()
    assert "1 perdue" in page
    assert "Oui" in page
    assert "<svg" in page
    assert "Secteurs : Culture" in page.replace("\u00a0", " ")


def test_garder_fige_et_rejouer_dit_ce_qui_a_bouge(client, dla, agente) -> None:
    restee = structure(dla, "Restée", secteur="culture")
    sortie = structure(dla, "Sortie", secteur="culture")
    entrante = structure(dla, "Entrante", secteur="sport")
    posee = recherche(dla, criteres=CULTURE)
    premier = _gardee(client, posee)
    assert premier.par == agente
    assert premier.ecartees == {str(entrante.pk): "n"}

    Organisation.objects.filter(pk=sortie.pk).update(secteur="sport")
    Organisation.objects.filter(pk=entrante.pk).update(secteur="culture")
    structure(dla, "Nouvelle", secteur="culture")
    second = _gardee(client, posee)
    assert [s.nom for s in premier.structures.all()] == ["Restée", "Sortie"]
    page = _page(client, second.get_absolute_url())
    assert "2 entrées, 1 sortie, 1 restée" in " ".join(page.split())
    assert "elle était écartée : secteurs" in page.replace("\u00a0", " ")
    assert "elle n’était pas parmi les structures regardées" in page
    assert "désormais écartée" in page
    assert restee.nom in page


def test_un_critere_retouche_se_dit(client, dla) -> None:
    structure(dla, "Une", secteur="culture")
    posee = recherche(dla, criteres=CULTURE)
    _gardee(client, posee)
    posee.criteres = {"creation": critere({"de": 2000, "a": None})}
    posee.save()
    page = _page(client, _gardee(client, posee).get_absolute_url())
    assert "« Secteurs » est retiré" in page.replace("\u00a0", " ")
    assert "« Créée » est ajouté" in page.replace("\u00a0", " ")


def test_rien_a_garder_se_dit(client, dla) -> None:
    posee = recherche(dla, criteres=CULTURE)
    page = _page(client, posee.get_absolute_url())
    assert "Aucune structure n’est retenue" in page
    assert "Garder le résultat" not in page
    client.post(reverse("identifier:ciblage_garder", args=[posee.pk]))
    assert not posee.resultats.exists()


def test_reperer_verse_dans_la_mission(client, dla, dossier, besancon) -> None:
    fiche = structure(dla, "Une fiche", secteur="culture")
    entree("W251000001", "Une du registre", besancon, secteur="culture")
    AssociationRNA.objects.create(numero="W251000001", nom="Une du registre", commune=besancon)
    resultat = _gardee(client, recherche(dla, criteres=CULTURE, registre=True, ingenierie=dossier))
    adresse = reverse("identifier:ciblage_reperer", args=[resultat.pk])
    assert "Cochez d’abord" in client.post(adresse, follow=True).content.decode()
    cles = [ligne.pk for ligne in resultat.structures.all()]
    page = client.post(adresse, {"structures": cles}, follow=True).content.decode()
    assert "2\u00a0structures repérées dans la mission" in page
    assert "1\u00a0fiche créée d’après le registre" in page
    versees = Participation.objects.filter(ingenierie=dossier)
    assert {p.structure.nom for p in versees} == {"Une fiche", "Une du registre"}
    assert set(versees.values_list("palier", flat=True)) == {"reperee"}
    page = client.post(adresse, {"toutes": "oui"}, follow=True).content.decode()
    assert "2\u00a0y étaient déjà" in page
    assert fiche.participations.count() == 1


def test_les_fiches_versees_se_creent_dans_l_ordre_de_tous(
    client, agente, dla, dossier, besancon
) -> None:
    """Le même ordre que celui d'un collectif, quel que soit celui des lignes choisies."""
    numeros = {"W251000003": "Atelier", "W251000001": "Bobine", "W251000002": "Cirque"}
    for numero, nom in numeros.items():
        entree(numero, nom, besancon, secteur="culture")
    resultat = _gardee(client, recherche(dla, criteres=CULTURE, registre=True, ingenierie=dossier))
    versees = operations.reperer(resultat, resultat.structures.order_by("nom"), par=agente)
    assert versees.reprises == 3
    creees = Organisation.objects.filter(rna__in=numeros).order_by("cree_le")
    assert list(creees.values_list("rna", flat=True)) == sorted(numeros)


def test_une_entree_qui_ressemble_a_une_fiche_est_laissee(client, dla, dossier, besancon) -> None:
    structure(dla, "Théâtre du Pont Neuf", commune=besancon)
    entree("W251000001", "THEATRE DU PONT NEUF", besancon, secteur="culture")
    resultat = _gardee(client, recherche(dla, registre=True, ingenierie=dossier, criteres={}))
    ligne = resultat.structures.get(du_registre=True)
    adresse = reverse("identifier:ciblage_reperer", args=[resultat.pk])
    page = client.post(adresse, {"structures": [ligne.pk]}, follow=True).content.decode()
    assert "Laissées de côté" in page
    assert "elle ressemble à" in page
    assert not Participation.objects.exists()


def test_sans_mission_on_dit_pourquoi_on_ne_verse_pas(client, dla) -> None:
    structure(dla, "Une", secteur="culture")
    resultat = _gardee(client, recherche(dla, criteres=CULTURE))
    assert "n’est rattaché à aucune mission" in _page(client, resultat.get_absolute_url())
    adresse = reverse("identifier:ciblage_reperer", args=[resultat.pk])
    assert client.post(adresse, {"toutes": "oui"}).status_code == 403


def test_une_fiche_sortie_de_mon_perimetre_ne_se_nomme_plus(client, dla, besancon) -> None:
    une = structure(dla, "Partie ailleurs", secteur="culture", commune=besancon)
    structure(dla, "Restée", secteur="culture", commune=besancon)
    posee = recherche(dla, criteres=CULTURE)
    premier = _gardee(client, posee)
    ailleurs = departement("33", "Gironde")
    autre = operateur("DLA de la Gironde", ailleurs)
    Organisation.objects.filter(pk=une.pk).update(operateur=autre, commune=ailleurs)
    page = _page(client, premier.get_absolute_url())
    assert "Partie ailleurs" not in page
    assert "1 ne se montre plus" in page
    page = _page(client, _gardee(client, posee).get_absolute_url())
    assert "Partie ailleurs" not in page
    assert "Une structure hors de votre périmètre" in page


def test_un_autre_dla_ne_voit_ni_le_ciblage_ni_ses_resultats(client, dla) -> None:
    structure(dla, "Une", secteur="culture")
    posee = recherche(dla, criteres=CULTURE)
    resultat = _gardee(client, posee)
    etranger = connecte(agent(operateur("DLA de la Gironde", departement("33", "Gironde"))))
    for objet in (posee, resultat):
        assert etranger.get(objet.get_absolute_url()).status_code == 404
    assert posee.nom not in _page(etranger, reverse("identifier:ciblages"))


def test_la_liste_et_le_retrait(client, dla) -> None:
    structure(dla, "Une", secteur="culture")
    posee = recherche(dla, criteres=CULTURE)
    _gardee(client, posee)
    page = _page(client, reverse("identifier:ciblages"))
    assert posee.nom in page
    assert 'class="nombre">1<' in page
    client.post(reverse("identifier:ciblage_retirer", args=[posee.pk]))
    assert not ResultatDeCiblage.objects.exists()


def _requetes(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as requetes:
        assert client.get(adresse).status_code == 200
    return len(requetes)


def test_douze_requetes_que_le_nombre_ne_change_pas(client, dla, dossier, besancon) -> None:
    criteres = CULTURE | {"budget": critere({"de": 1, "a": None})}
    posee = recherche(dla, criteres=criteres, registre=True, ingenierie=dossier)

    def peupler(rangs: range) -> None:
        for rang in rangs:
            structure(dla, f"Structure {rang}", secteur="culture", commune=besancon)
            entree(f"W25{rang:07d}", f"Entrée {rang}", besancon, secteur="culture")

    peupler(range(5))
    _gardee(client, posee)
    peupler(range(5, 8))
    adresses = [
        reverse("identifier:ciblages"),
        posee.get_absolute_url(),
        reverse("identifier:ciblage_modifier", args=[posee.pk]),
        _gardee(client, posee).get_absolute_url(),
    ]
    peu = [_requetes(client, adresse) for adresse in adresses]
    peupler(range(8, 60))
    adresses[-1] = _gardee(client, posee).get_absolute_url()
    assert [_requetes(client, adresse) for adresse in adresses] == peu
    assert max(peu) <= 12
