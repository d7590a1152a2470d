"""Le cahier des charges comme un document : un seul contexte, figé quand on l'émet."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from docx import Document

from maillage.confirmer.cahier.contexte import contexte_du_cahier
from maillage.confirmer.cahier.documents import CAHIER
from maillage.confirmer.cahier.grille import RUBRIQUES, ContexteDuCahier, changements
from maillage.confirmer.models import (
    CahierDesCharges,
    Consultation,
    Offre,
    Participation,
    ProjetDIntervention,
)
from maillage.confirmer.operations import changer_cahier, consulter
from maillage.engager.models import Objectif
from maillage.identifier.models import Problematique
from maillage.ingenieries.models import Ingenierie
from maillage.socle.documents.grilles import champs_de, exemple
from maillage.socle.documents.rendu_word import GabaritRefuse
from maillage.socle.envois.models import Notification
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db

DU_DOSSIER = ("cahier", "cahier_word", "cahier_pdf", "cahier_emis", "cahier_emis_word")
DU_PRESTATAIRE = ("mon_offre", "mon_cahier_word", "mon_cahier_pdf")


@pytest.fixture
def rempli(dossier: Ingenierie) -> Ingenierie:
    """Une mission qui dit presque tout, et dont le cahier n'ajoute que deux mots."""
    besoin = Problematique.objects.create(
        operateur=dossier.operateur, titre="Des liens rares", enjeux="Aller jusqu’au jury."
    )
    besoin.ingenieries.add(dossier)
    Objectif.objects.create(ingenierie=dossier, niveau="operationnel", code="partenariats")
    ProjetDIntervention.objects.create(
        ingenierie=dossier,
        type_ingenierie="solution_avec",
        resultats_qualitatifs="Un contact durable",
        resultats_quantitatifs="Six projets",
        jours_valeur=5,
        jours_precision="exact",
        rythme="Un mardi sur deux",
    )
    CahierDesCharges.objects.create(
        ingenierie=dossier,
        conditions="Un jury final",
        plafond_valeur=9500,
        plafond_precision="environ",
    )
    return dossier


@pytest.fixture
def lu(rempli, prestataire, agente) -> Offre:
    """Le cahier émis, l'appel ouvert : le prestataire le lit."""
    emettre(rempli)
    consulter(rempli, [prestataire], par=agente)
    Consultation.objects.create(ingenierie=rempli, etat="ouverte", consigne="Soyez brefs")
    return Offre.objects.get()


def emettre(mission: Ingenierie, verbe: str = "emettre") -> CahierDesCharges:
    cahier = CahierDesCharges.objects.get(ingenierie=mission)
    return changer_cahier(cahier, verbe, version=cahier.version, par=None)


def plat(texte: str) -> str:
    return " ".join(texte.replace("\u202f", " ").replace("\u00a0", " ").split())


def texte_de_word(contenu: bytes) -> str:
    document = Document(BytesIO(contenu))
    cellules = [c.text for t in document.tables for ligne in t.rows for c in ligne.cells]
    return plat(" ".join([*(p.text for p in document.paragraphs), *cellules]))


def texte_du_pdf(contenu: bytes) -> str:
    with pypdfium2.PdfDocument(contenu) as document:
        return plat(" ".join(page.get_textpage().get_text_range() for page in document))


# Le contexte


def test_ce_que_l_on_n_ecrit_pas_se_lit_dans_le_dossier(rempli) -> None:
    cahier = contexte_du_cahier(rempli)
    assert cahier.demarche.problematique == "Des liens rares"
    assert [ligne.libelle for ligne in cahier.objectifs.operationnels]
    assert (cahier.attendus.qualitatifs, cahier.attendus.quantitatifs) == (
        "Un contact durable",
        "Six projets",
    )
    assert [plat(c.valeur) for c in cahier.en_bref] == [
        "inconnu",
        "5 jours",
        "inconnu",
        "environ 9 500 €",
    ]
    assert len(cahier.criteres) == 4
    assert cahier.manques == (RUBRIQUES["public"], RUBRIQUES["evaluation"])


def test_ce_que_l_on_ecrit_l_emporte(rempli) -> None:
    CahierDesCharges.objects.update(objectifs="Nos mots", resultats="Un plan")
    cahier = contexte_du_cahier(rempli)
    assert cahier.objectifs.texte == "Nos mots"
    assert not cahier.objectifs.operationnels
    assert (cahier.attendus.texte, cahier.attendus.qualitatifs) == ("Un plan", "")


def test_une_structure_qui_n_est_pas_retenue_n_est_que_comptee(dossier, mobilisees) -> None:
    mobilisees(3, "interessee")
    Participation.objects.create(
        ingenierie=dossier,
        structure=organisation(nom="La Retenue"),
        palier="retenue",
        atteint="retenue",
    )
    public = contexte_du_cahier(dossier).public
    assert public.structures == ("La Retenue",)
    assert "Association" not in str(public)
    assert [(p.nombre, p.libelle) for p in public.entonnoir][-2:] == [
        (4, "intéressées"),
        (1, "retenues"),
    ]


def test_ce_que_la_source_tait_est_dit_d_elle(dossier) -> None:
    assert contexte_du_cahier(dossier).muet == "non précisé"
    dossier.source = "Une note de 2012"
    assert contexte_du_cahier(dossier).muet == "non dit par la source"


def test_une_requete_quel_que_soit_le_nombre(rempli, mobilisees) -> None:
    mission = Ingenierie.objects.select_related("operateur", "charge").get(pk=rempli.pk)
    for nombre in (10, 1000):
        Participation.objects.all().delete()
        mobilisees(nombre, "retenue")
        with CaptureQueriesContext(connection) as requetes:
            assert len(contexte_du_cahier(mission).public.structures) == nombre
        assert len(requetes) == 1


def test_le_contenu_fige_se_relit_tel_quel(rempli) -> None:
    cahier = contexte_du_cahier(rempli)
    assert ContexteDuCahier.depuis_json(cahier.en_json()) == cahier
    assert changements(cahier, replace(cahier, conditions="Autres")) == (
        "Les conditions à respecter",
    )


# Les pages


def test_le_document_se_lit_depuis_le_panneau(page, rempli) -> None:
    demarche = reverse("ingenieries:demarche", args=[rempli.pk, "confirmer.regler"])
    adresse = reverse("confirmer:cahier", args=[rempli.pk])
    assert adresse in page.get(demarche).content.decode()
    with CaptureQueriesContext(connection) as requetes:
        contenu = page.get(adresse).content.decode()
    assert len(requetes) <= 12
    for attendu in ("Un contact durable", "Un jury final", "Un mardi sur deux", "Non précisé."):
        assert attendu in contenu
    assert "Émettre le cahier des charges" in contenu


@pytest.mark.parametrize("nombre", [10, 1000])
def test_chaque_page_tient_son_budget(
    client, page, rempli, lu, consultant, mobilisees, nombre
) -> None:
    mobilisees(nombre, "retenue")
    emettre(rempli, "reemettre")
    client.force_login(consultant)
    dossier = [reverse(f"confirmer:{n}", args=[rempli.pk]) for n in DU_DOSSIER]
    sien = [reverse(f"confirmer:{n}", args=[lu.pk]) for n in DU_PRESTATAIRE]
    for qui, adresse in [*((page, a) for a in dossier), *((client, a) for a in sien)]:
        with CaptureQueriesContext(connection) as requetes:
            assert qui.get(adresse).status_code == 200
        assert len(requetes) <= 12, adresse


def test_un_lecteur_lit_sans_pouvoir_ecrire(client, rempli) -> None:
    from maillage.annuaire.models import Nature, Role
    from tests.fabriques import agent

    lieux = list(rempli.operateur.territoires.all())
    client.force_login(
        agent(organisation(Nature.DLA_REGIONAL, territoires=lieux), Role.DLA_REGIONAL)
    )
    contenu = client.get(reverse("confirmer:cahier", args=[rempli.pk])).content.decode()
    assert "Un jury final" in contenu
    assert "Modifier le cahier" not in contenu
    assert "Émettre" not in contenu


def test_un_brouillon_n_a_pas_d_edition_emise(page, rempli) -> None:
    for nom in ("cahier_emis", "cahier_emis_word", "cahier_emis_pdf"):
        assert page.get(reverse(f"confirmer:{nom}", args=[rempli.pk])).status_code == 404


# L'émission


def test_emis_le_cahier_ne_suit_plus_le_dossier(client, page, rempli, lu, consultant) -> None:
    ProjetDIntervention.objects.update(resultats_qualitatifs="Autre chose", rythme="Le jeudi")
    CahierDesCharges.objects.update(conditions="Brouillon en cours")
    client.force_login(consultant)
    mienne = client.get(reverse("confirmer:mon_offre", args=[lu.pk])).content.decode()
    word = client.get(reverse("confirmer:mon_cahier_word", args=[lu.pk])).content
    pdf = client.get(reverse("confirmer:mon_cahier_pdf", args=[lu.pk])).content
    emis = page.get(reverse("confirmer:cahier_emis", args=[rempli.pk])).content.decode()
    for texte in (mienne, texte_de_word(word), texte_du_pdf(pdf), emis):
        assert "Un contact durable" in texte
        assert "Un jury final" in texte
        assert "Soyez brefs" in texte
        assert "Autre chose" not in texte
        assert "Brouillon en cours" not in texte


def test_le_dossier_a_change_on_le_dit_et_l_on_reemet(page, rempli, lu, consultant) -> None:
    adresse = reverse("confirmer:cahier", args=[rempli.pk])
    assert "Réémettre" not in page.get(adresse).content.decode()
    ProjetDIntervention.objects.update(rythme="Le jeudi")
    contenu = page.get(adresse).content.decode()
    assert "a changé depuis l’émission (le déroulé)" in contenu
    assert "Réémettre le cahier des charges" in contenu
    verbe = reverse("confirmer:cahier_etat", args=[rempli.pk, "reemettre"])
    page.post(verbe, {"version": CahierDesCharges.objects.get().version})
    cahier = CahierDesCharges.objects.get()
    assert (cahier.edition, cahier.contenu["deroule"]["rythme"]) == (2, "Le jeudi")
    dite = Notification.objects.get(destinataire=consultant, phrase__contains="a changé")
    assert "(le déroulé)" in dite.phrase
    assert "édition 2" in page.get(adresse).content.decode()


def test_reemettre_sans_rien_de_neuf_ne_previent_personne(page, rempli, lu, consultant) -> None:
    verbe = reverse("confirmer:cahier_etat", args=[rempli.pk, "reemettre"])
    reponse = page.post(verbe, {"version": CahierDesCharges.objects.get().version}, follow=True)
    assert "Rien n’a changé depuis l’émission" in reponse.content.decode()
    assert CahierDesCharges.objects.get().edition == 1
    assert not Notification.objects.filter(destinataire=consultant).exists()


def test_close_la_consultation_fige_le_cahier(page, rempli, lu) -> None:
    cahier = CahierDesCharges.objects.get()
    modifier = reverse("confirmer:cahier_modifier", args=[rempli.pk, cahier.pk])
    assert page.get(modifier).status_code == 200
    Consultation.objects.update(etat="close")
    assert page.get(modifier).status_code == 403
    ProjetDIntervention.objects.update(rythme="Le jeudi")
    verbe = reverse("confirmer:cahier_etat", args=[rempli.pk, "reemettre"])
    reponse = page.post(verbe, {"version": cahier.version}, follow=True)
    assert "répondent au cahier déjà émis" in reponse.content.decode()


def test_un_report_de_la_limite_se_lit_sans_reemettre(client, rempli, lu, consultant) -> None:
    limite = timezone.now().replace(year=2031, month=5, day=4)
    Consultation.objects.update(limite_le=limite)
    client.force_login(consultant)
    page = client.get(reverse("confirmer:mon_offre", args=[lu.pk])).content.decode()
    assert page.count("4 mai 2031") == 2


def test_la_base_refuse_un_cahier_emis_sans_contenu(rempli) -> None:
    with pytest.raises(IntegrityError):
        CahierDesCharges.objects.update(etat="emis")


# Word et PDF


def test_word_a_les_rubriques_de_la_methode(rempli) -> None:
    contenu = CAHIER.en_word(contexte_du_cahier(rempli))
    document = Document(BytesIO(contenu))
    titres = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert titres == [
        "La démarche et la problématique",
        "Les objectifs",
        "Le public",
        "L’objet et les résultats attendus",
        "Le déroulé",
        "Les conditions à respecter",
        "La part du prestataire dans l’évaluation",
        "Le délai et le budget plafond",
        "Sur quoi les offres seront comparées",
        "Répondre",
    ]
    texte = texte_de_word(contenu)
    for attendu in ("Un contact durable", "5 jours", "environ 9 500 €", "Non précisé."):
        assert attendu in texte
    assert "{" not in texte


def test_pdf_est_balise_et_dit_la_meme_chose(rempli) -> None:
    contenu = CAHIER.en_pdf(contexte_du_cahier(rempli))
    texte = texte_du_pdf(contenu)
    for attendu in ("Un contact durable", "5 jours", "environ 9 500 €", "Non précisé."):
        assert attendu in texte
    with pikepdf.open(BytesIO(contenu)) as pdf, pdf.open_metadata() as metadonnees:
        assert metadonnees["pdfuaid:part"] == "1"
        assert pdf.Root.Lang == "fr"


@pytest.mark.parametrize("rendre", [CAHIER.en_word, CAHIER.en_pdf])
def test_un_cahier_vide_se_rend_aussi(rendre: Any, dossier) -> None:
    assert rendre(contexte_du_cahier(dossier))


def test_chaque_champ_offert_aux_gabarits_est_rempli_dans_l_exemple() -> None:
    rempli: Any = exemple(ContexteDuCahier).en_json()

    def valeur(chemin: str) -> Any:
        lue = rempli
        for nom in chemin.split("."):
            lue = lue[0] if isinstance(lue, tuple) else lue
            lue = lue[nom]
        return lue

    assert all(valeur(champ) not in (None, "", ()) for champ in champs_de(ContexteDuCahier))


def test_un_champ_inconnu_est_nomme() -> None:
    document = Document(str(CAHIER.gabarit_word))
    document.add_paragraph("{{ deroule.posture }}")
    sortie = BytesIO()
    document.save(sortie)
    with pytest.raises(GabaritRefuse, match="posture"):
        CAHIER.verifier(sortie.getvalue())


def test_le_gabarit_commis_est_celui_que_le_script_fabrique(tmp_path, monkeypatch) -> None:
    from maillage.confirmer.cahier.gabarits import fabriquer

    monkeypatch.setattr(fabriquer, "ICI", tmp_path)
    fabrique = fabriquer.fabriquer().read_bytes()
    assert texte_de_word(fabrique) == texte_de_word(CAHIER.gabarit_word.read_bytes())
