"""Les pages de la fiche et de la bibliothèque : qui les ouvre, leur coût, ce qu’on y rate."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from maillage.annuaire.models import Nature, Organisation, Role
from maillage.capitaliser.documents import FICHE
from maillage.capitaliser.models import EtatFiche, Fiche, GabaritWord, Publication
from maillage.confirmer.cahier.documents import CAHIER
from maillage.ingenieries.cycle import regles
from maillage.ingenieries.droits import regard
from maillage.ingenieries.models import EtatIngenierie, Ingenierie
from maillage.ingenieries.panneaux import NON_DIT, panneaux_de
from maillage.socle.models import Acte, Utilisateur
from tests.capitaliser.fabriques import fiche_publiee, remplir
from tests.capitaliser.test_documents import modifier, texte_de_word
from tests.comptes import connecte
from tests.fabriques import agent, departement, mission, operateur, organisation

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def champs_de_fiche(**champs: Any) -> dict[str, Any]:
    return {"titre": "Une fiche", "version": 1} | champs


def document(contenu: bytes, nom: str = "le-notre.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(nom, contenu, content_type=WORD)


# La fiche d'aujourd'hui


def test_la_fiche_a_l_ecran_porte_chaque_chiffre(doubs: Ingenierie, charge: Utilisateur) -> None:
    page = connecte(charge).get(reverse("capitaliser:fiche", args=[doubs.pk]))
    texte = page.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    for chiffre in ("27", "10", "5 jours", "inconnu", "30 000 €", "20 000 €", "4 structures"):
        assert chiffre in texte
    assert "Votre DLA pilote cette mission." in texte


@pytest.mark.parametrize("nom", ["fiche", "word", "pdf"])
def test_la_fiche_d_une_mission_suit_les_droits_de_la_mission(nom: str) -> None:
    m = mission()
    adresse = reverse(f"capitaliser:{nom}", args=[m.pk])
    ailleurs = agent(operateur("DLA de la Gironde", departement("33", "Gironde")))
    assert connecte(agent(m.operateur)).get(adresse).status_code == 200
    assert connecte(ailleurs).get(adresse).status_code == 404


@pytest.mark.parametrize("nombre", [10, 200])
def test_la_page_de_la_fiche_tient_dans_son_budget(nombre: int) -> None:
    m = mission()
    remplir(m, nombre)
    client = connecte(agent(m.operateur))
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(reverse("capitaliser:fiche", args=[m.pk])).status_code == 200
    assert len(requetes) <= 7


@pytest.mark.parametrize("demarche", ["finaliser.capitaliser", "finaliser.evaluer"])
def test_la_page_du_dossier_tient_dans_son_budget(doubs, charge, demarche: str) -> None:
    adresse = reverse("ingenieries:demarche", args=[doubs.pk, demarche])
    client = connecte(charge)
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(adresse).status_code == 200
    assert len(requetes) <= 12


# Écrire et publier


def test_ecrire_puis_publier_une_fiche_par_les_pages() -> None:
    m = mission()
    client = connecte(agent(m.operateur))
    ajouter = reverse("capitaliser:capitalisation_ajouter", args=[m.pk])
    assert m.titre in client.get(ajouter).content.decode()
    ecrite = champs_de_fiche(
        natures=["methode"], a_retenir="À refaire.", themes=["economie.mecenat"], version=""
    )
    assert client.post(ajouter, ecrite).status_code == 302
    fiche = Fiche.objects.get()
    publier = reverse("capitaliser:etat", args=[m.pk, "publier"])
    client.post(publier, {"version": fiche.version})
    publication = Publication.objects.en_rayon().get()
    assert (publication.titre, publication.themes) == ("Une fiche", ["economie.mecenat"])
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "À refaire." in page
    assert "Ouvrir la mission" in page


def test_une_mission_close_se_capitalise_et_se_publie_encore() -> None:
    m = mission(etat=EtatIngenierie.CLOSE)
    client = connecte(agent(m.operateur))
    ajouter = reverse("capitaliser:capitalisation_ajouter", args=[m.pk])
    assert client.post(ajouter, champs_de_fiche(version="")).status_code == 302
    page = client.get(reverse("ingenieries:demarche", args=[m.pk, "finaliser.capitaliser"]))
    assert "Publier la fiche" in page.content.decode()


def test_une_fiche_sans_titre_dit_pourquoi_elle_ne_se_publie_pas() -> None:
    m = mission()
    fiche = Fiche.objects.create(ingenierie=m)
    client = connecte(agent(m.operateur))
    adresse = reverse("capitaliser:etat", args=[m.pk, "publier"])
    page = client.post(adresse, {"version": 1}, follow=True).content.decode()
    assert "Rien n’a changé. Donnez un titre à la fiche" in page
    fiche.refresh_from_db()
    assert fiche.etat == EtatFiche.BROUILLON


@pytest.mark.parametrize(
    ("verbe", "version"),
    [("publier", "douze"), ("publier", "99"), ("manger", "1"), ("retirer", "1"), ("publier", "")],
)
def test_un_geste_de_travers_ne_change_rien_et_le_dit(verbe: str, version: str) -> None:
    m = mission()
    Fiche.objects.create(ingenierie=m, titre="Une")
    client = connecte(agent(m.operateur))
    adresse = reverse("capitaliser:etat", args=[m.pk, verbe])
    page = client.post(adresse, {"version": version}, follow=True)
    assert page.status_code == 200
    assert "Rien n’a changé" in page.content.decode()
    assert not Publication.objects.exists()


def test_publier_une_mission_sans_fiche_n_existe_pas() -> None:
    m = mission()
    client = connecte(agent(m.operateur))
    assert client.post(reverse("capitaliser:etat", args=[m.pk, "publier"])).status_code == 404


def test_qui_lit_la_mission_sans_la_piloter_ne_publie_pas() -> None:
    m = mission()
    associe = operateur("DLA du Jura", departement("39", "Jura"))
    m.operateurs_associes.add(associe)
    Fiche.objects.create(ingenierie=m, titre="Une")
    client = connecte(agent(associe))
    reponse = client.post(reverse("capitaliser:etat", args=[m.pk, "publier"]), {"version": 1})
    assert reponse.status_code == 403
    assert "DLA qui pilote" in reponse.content.decode()


@pytest.mark.parametrize(
    ("champs", "reste"),
    [
        ({"titre": "x" * 201, "resume": "gardé tel quel"}, "gardé tel quel"),
        ({"natures": ["inconnue"], "resume": "gardé tel quel"}, "gardé tel quel"),
        ({"ton": "furieux", "a_retenir": "<script>alert(1)</script>"}, "&lt;script&gt;"),
        ({"themes": ["economie"], "transferable": "gardé tel quel"}, "gardé tel quel"),
    ],
)
def test_une_saisie_fautive_se_reaffiche_avec_ce_qui_a_ete_tape(champs, reste: str) -> None:
    m = mission()
    client = connecte(agent(m.operateur))
    adresse = reverse("capitaliser:capitalisation_ajouter", args=[m.pk])
    reponse = client.post(adresse, champs_de_fiche(version="", **champs))
    assert reponse.status_code == 422
    assert reste in reponse.content.decode()
    assert not Fiche.objects.exists()


def test_une_fiche_parue_ne_se_retire_pas_du_dossier() -> None:
    fiche = fiche_publiee().fiche
    client = connecte(agent(fiche.ingenierie.operateur))
    cles = [fiche.ingenierie_id, fiche.pk]
    reponse = client.post(reverse("capitaliser:capitalisation_retirer", args=cles))
    assert reponse.status_code == 403
    assert "Retirez-la de la bibliothèque" in reponse.content.decode()


# La bibliothèque


@pytest.mark.parametrize(
    ("nature", "role"),
    [
        (Nature.PRESTATAIRE, Role.PRESTATAIRE),
        (Nature.STRUCTURE, Role.STRUCTURE),
        (Nature.NATIONAL, Role.NATIONAL),
    ],
)
def test_toute_personne_connectee_lit_une_fiche_publiee(nature, role) -> None:
    publication = fiche_publiee(mission(titre="Mécénat"))
    client = connecte(agent(organisation(nature), role))
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "Cette fiche est publiée" in page
    assert "Ouvrir la mission" not in page
    for nom in ("publiee_word", "publiee_pdf"):
        reponse = client.get(reverse(f"capitaliser:{nom}", args=[publication.fiche_id]))
        assert reponse.status_code == 200
        assert "fiche-mecenat" in reponse["Content-Disposition"]


def test_une_fiche_en_brouillon_ou_retiree_n_est_pas_en_bibliotheque() -> None:
    brouillon = Fiche.objects.create(ingenierie=mission(), titre="Brouillon")
    client = connecte(agent(operateur("DLA de la Gironde", departement("33", "Gironde"))))
    assert client.get(reverse("capitaliser:publiee", args=[brouillon.pk])).status_code == 404
    assert "Brouillon" not in client.get("/bibliotheque/").content.decode()


def test_sans_connexion_la_bibliotheque_demande_de_se_connecter(client) -> None:
    publication = fiche_publiee()
    for adresse in ("/bibliotheque/", publication.get_absolute_url()):
        assert client.get(adresse)["Location"].startswith("/compte/login/")


@pytest.mark.parametrize(
    ("filtre", "trouvees"),
    [
        ("", {"Sport", "Culture"}),
        ("secteur=sport", {"Sport"}),
        ("annee=2010", {"Culture"}),
        ("theme=economie.mecenat", {"Culture"}),
        ("q=cultures", {"Culture"}),
        ("q=cultures&secteur=sport", set()),
        ("q=!!!", {"Sport", "Culture"}),
        ("annee=mille&secteur=sport", {"Sport"}),
        ("secteur=inconnu", {"Sport", "Culture"}),
        ("tri=justesse", {"Sport", "Culture"}),
        ("page=9999", {"Sport", "Culture"}),
        ("q=%00%F0%9F%98%80", {"Sport", "Culture"}),
    ],
)
def test_les_filtres_de_la_bibliotheque(filtre: str, trouvees: set[str]) -> None:
    fiche_publiee(mission(titre="Sport", secteur="sport"))
    fiche_publiee(mission(titre="Culture", annee=2010), themes=["economie.mecenat"])
    reponse = connecte(agent(operateur("DLA X"))).get(f"/bibliotheque/?{filtre}")
    assert reponse.status_code == 200
    assert {p.titre for p in reponse.context["liste"].page} == trouvees


def test_une_fiche_se_retrouve_par_son_departement() -> None:
    doubs, gironde = departement("25", "Doubs"), departement("33", "Gironde")
    fiche_publiee(mission(operateur("DLA 25", doubs), titre="Ici"))
    fiche_publiee(mission(operateur("DLA 33", gironde), titre="Ailleurs"))
    lecteur = connecte(agent(operateur("DLA X")))
    reponse = lecteur.get("/bibliotheque/", {"territoire": doubs.nom_complet})
    assert {p.titre for p in reponse.context["liste"].page} == {"Ici"}


def test_la_bibliotheque_coute_autant_a_dix_fiches_qu_a_mille() -> None:
    modele = fiche_publiee()
    client = connecte(agent(operateur("DLA X")))

    def requetes() -> int:
        with CaptureQueriesContext(connection) as faites:
            assert client.get("/bibliotheque/?q=mission").status_code == 200
        return len(faites)

    avec_une = requetes()
    dla = modele.fiche.ingenierie.operateur
    dossiers = [Ingenierie(titre="x", operateur=dla, annee=2026) for _ in range(300)]
    fiches = [Fiche(ingenierie=dossier) for dossier in dossiers]
    Ingenierie.objects.bulk_create(dossiers)
    Fiche.objects.bulk_create(fiches)
    Publication.objects.bulk_create(
        Publication(
            fiche=fiche,
            edition=1,
            contenu=modele.contenu,
            titre="Mission",
            annee=2026,
            titre_normalise="mission",
        )
        for fiche in fiches
    )
    assert requetes() == avec_une
    assert avec_une <= 7


# Le gabarit Word


def test_un_dla_adopte_son_gabarit_et_ses_fiches_en_sortent() -> None:
    m = mission(titre="Mécénat")
    client = connecte(agent(m.operateur))
    gabarit = modifier(lambda d: d.add_paragraph("Édité chez nous : {{ titre }}"))
    adresse = reverse("capitaliser:gabarit", args=[m.operateur_id, "fiche"])
    assert client.get(reverse("capitaliser:gabarits"))["Location"] == adresse
    page = client.post(adresse, {"fichier": document(gabarit)}, follow=True).content.decode()
    assert "sert maintenant" in page
    fiche = client.get(reverse("capitaliser:word", args=[m.pk]))
    assert "Édité chez nous : Mécénat" in texte_de_word(fiche.content)
    modele = client.get(reverse("capitaliser:gabarit_modele", args=[m.operateur_id, "fiche"]))
    assert modele.content == gabarit
    client.post(reverse("capitaliser:gabarit_reprendre", args=[m.operateur_id, "fiche"]))
    assert not GabaritWord.objects.exists()
    modele = client.get(reverse("capitaliser:gabarit_modele", args=[m.operateur_id, "fiche"]))
    assert modele.content == FICHE.gabarit_word.read_bytes()
    assert [a.phrase for a in Acte.objects.sur(m.operateur)] == [
        "a repris le gabarit Word de Maillage pour la fiche de présentation",
        "a adopté le gabarit Word « le-notre.docx » pour la fiche de présentation",
    ]


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "vide"),
        (b"pas un document", "docx|Word|document"),
        (modifier(lambda d: d.add_paragraph("{{ posture }}")), "posture"),
    ],
)
def test_un_gabarit_refuse_dit_pourquoi_et_laisse_l_ancien(contenu: bytes, raison: str) -> None:
    dla = operateur()
    client = connecte(agent(dla))
    adresse = reverse("capitaliser:gabarit", args=[dla.pk, "fiche"])
    reponse = client.post(adresse, {"fichier": document(contenu)})
    assert reponse.status_code == 422
    assert any(mot in str(reponse.context["formulaire"].errors) for mot in raison.split("|"))
    assert not GabaritWord.objects.exists()


def test_un_gabarit_adopte_devenu_illisible_ne_prive_pas_de_fiche() -> None:
    m = mission(titre="Mécénat")
    GabaritWord.objects.create(operateur=m.operateur, nom="vieux.docx", contenu=b"abime")
    client = connecte(agent(m.operateur))
    reponse = client.get(reverse("capitaliser:word", args=[m.pk]))
    assert "Mécénat" in texte_de_word(reponse.content)
    page = client.get("/bibliotheque/").content.decode()
    assert "vieux.docx" in page


def test_le_gabarit_d_un_dla_est_a_lui() -> None:
    dla = operateur()
    autre = agent(operateur("DLA de la Gironde", departement("33", "Gironde")))
    sans = agent(organisation(Nature.PRESTATAIRE), Role.PRESTATAIRE)
    adresse = reverse("capitaliser:gabarit", args=[dla.pk, "fiche"])
    assert connecte(autre).get(adresse).status_code == 404
    assert connecte(sans).get(adresse).status_code == 403
    assert connecte(sans).get(reverse("capitaliser:gabarits")).status_code == 403
    assert Organisation.objects.filter(pk=dla.pk).exists()


def test_une_mission_reprise_d_une_source_n_a_plus_rien_a_faire(
    doubs: Ingenierie, charge: Utilisateur
) -> None:
    """Ce qui n'y est pas n'est « pas encore » rien : la source n'en dit rien."""
    assert doubs.tenue_d_une_source
    vue = regard(charge, doubs)
    demarches = [code for code in regles() if code.count(".") == 1]
    panneaux = [p for code in demarches for p in panneaux_de(code, doubs, vue)]
    assert not [p.manques for p in panneaux if p.manques]
    assert {p.titre for p in panneaux if p.phrase == NON_DIT} >= {"Les structures visées"}
    assert not [p.phrase for p in panneaux if "encore" in p.phrase or "à faire" in p.phrase]


def test_le_cahier_des_charges_a_son_propre_gabarit() -> None:
    m = mission(titre="Mécénat")
    client = connecte(agent(m.operateur))
    adresse = reverse("capitaliser:gabarit", args=[m.operateur_id, "cahier"])
    fautif = modifier(lambda d: d.add_paragraph("{{ fiche_secrete }}"))
    refus = client.post(adresse, {"fichier": document(fautif)})
    assert "n’existe pas" in str(refus.context["formulaire"].errors)
    le_notre = Document(str(CAHIER.gabarit_word))
    le_notre.add_paragraph("Consulté par {{ identite.dla }}")
    sortie = BytesIO()
    le_notre.save(sortie)
    client.post(adresse, {"fichier": document(sortie.getvalue())})
    cahier = client.get(reverse("confirmer:cahier_word", args=[m.pk]))
    assert f"Consulté par {m.operateur.nom}" in texte_de_word(cahier.content)
    fiche = client.get(reverse("capitaliser:word", args=[m.pk]))
    assert "Consulté par" not in texte_de_word(fiche.content)
    inconnu = reverse("capitaliser:gabarit", args=[m.operateur_id, "facture"])
    assert client.get(inconnu).status_code == 404
