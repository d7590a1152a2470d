"""Verrou optimiste, formulaire suivi et différences : personne ne perd un mot."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.simultane import ensemble

from maillage.socle.differences import Changement, Difference, decrire
from maillage.socle.formulaires import FormulaireSuivi
from maillage.socle.models import Document, Notification, Travail, Utilisateur
from maillage.socle.verrou import ConflitDeVersion, enregistrer


class FormulaireDeDocument(FormulaireSuivi):
    class Meta:
        model = Document
        fields = ["titre", "interne"]


def nouveau(titre: str = "Avant", **champs: object) -> Document:
    return Document.objects.create(
        titre=titre, fichier="a.pdf", taille=1, sujet_id="0" * 32, **champs
    )


def relire(document: Document) -> Document:
    return Document.objects.get(pk=document.pk)


@pytest.mark.django_db
def test_enregistrer_avance_la_version() -> None:
    document = nouveau()
    document.titre = "Après"
    enregistrer(document, version=1)
    relu = relire(document)
    assert (relu.titre, relu.version) == ("Après", 2)


def test_le_second_apprend_ce_que_le_premier_a_change(
    compte: Callable[..., Utilisateur],
) -> None:
    nadia, luc = compte("Nadia"), compte("Luc")
    premier = nouveau(depose_par=nadia)
    second = relire(premier)
    premier.titre, premier.interne, premier.depose_par = "Bilan", True, luc
    enregistrer(premier, version=1)
    second.titre = "Rapport"
    with pytest.raises(ConflitDeVersion) as conflit:
        enregistrer(second, version=1)
    assert conflit.value.differences == [
        Difference("titre", "Avant", "Bilan"),
        Difference("interne au DLA", "non", "oui"),
        Difference("déposé par", "Nadia", "Luc"),
    ]
    assert relire(premier).titre == "Bilan"


def test_un_conflit_nomme_ce_qui_n_existe_plus(compte: Callable[..., Utilisateur]) -> None:
    nadia = compte("Nadia")
    premier = nouveau(depose_par=nadia)
    second = relire(premier)
    premier.depose_par = None
    enregistrer(premier, version=1)
    nadia.delete()
    with pytest.raises(ConflitDeVersion) as conflit:
        enregistrer(second, version=1)
    assert conflit.value.differences == [Difference("déposé par", "supprimé depuis", "vide")]


@pytest.mark.django_db(transaction=True)
def test_de_deux_enregistrements_simultanes_un_seul_passe() -> None:
    document = nouveau()
    resultats: list[str] = []

    def ecriture(titre: str) -> Callable[[], None]:
        copie = relire(document)
        copie.titre = titre

        def ecrire() -> None:
            try:
                enregistrer(copie, version=1)
                resultats.append(titre)
            except ConflitDeVersion:
                resultats.append("conflit")

        return ecrire

    ensemble(ecriture("un"), ecriture("deux"))
    assert sorted(resultats)[0] == "conflit"
    relu = relire(document)
    assert relu.titre in resultats
    assert relu.version == 2


def formulaire(document: Document, **donnees: str) -> FormulaireDeDocument:
    return FormulaireDeDocument({"titre": "Saisi", **donnees}, instance=document)


@pytest.mark.django_db
def test_le_formulaire_porte_la_version_lue() -> None:
    document = nouveau()
    assert 'name="version" value="1"' in str(FormulaireDeDocument(instance=document)["version"])
    lie = formulaire(document, version="1")
    assert lie.is_valid()
    assert lie.version_lue == 1


@pytest.mark.django_db
@pytest.mark.parametrize("donnees", [{}, {"version": ""}, {"version": "abc"}, {"version": "0"}])
def test_sans_version_un_objet_existant_n_est_pas_enregistre(donnees: dict[str, str]) -> None:
    lie = formulaire(nouveau(), **donnees)
    assert not lie.is_valid()
    assert "rouvrez-la" in str(lie.non_field_errors())


def test_un_nouvel_objet_n_a_pas_besoin_de_version() -> None:
    assert formulaire(Document()).is_valid()


@pytest.mark.django_db
def test_un_conflit_garde_la_saisie_et_permet_de_la_retenir() -> None:
    document = nouveau()
    lie = formulaire(relire(document), version="1")
    assert lie.is_valid()
    document.titre = "<i>Bilan</i>"
    enregistrer(document, version=1)
    with pytest.raises(ConflitDeVersion) as conflit:
        enregistrer(lie.save(commit=False), version=lie.version_lue)
    lie.signaler_conflit(conflit.value)
    rendu = lie.as_p()
    assert "titre : « Avant » est devenu « &lt;i&gt;Bilan&lt;/i&gt; »" in rendu
    assert 'value="Saisi"' in rendu
    assert 'name="version" value="2"' in rendu


def test_les_valeurs_se_disent_en_francais() -> None:
    travail, notification = Travail._meta.get_field, Notification._meta.get_field
    changements = [
        Changement(travail("etat"), "en_cours", "fini"),
        Changement(travail("fait"), 0, 12000),
        Changement(notification("lue_le"), None, datetime(2026, 3, 1, 23, 30, tzinfo=UTC)),
        Changement(notification("phrase"), date(2010, 1, 2), Decimal("2.5")),
        Changement(travail("libelle"), ["a", "b"], ""),
        Changement(travail("libelle"), "pareil", "pareil"),
    ]
    assert [(d.avant, d.apres) for d in decrire(changements)] == [
        ("en cours", "fini"),
        ("0", "12\u202f000"),
        ("vide", "2 mars 2026 à 00:30"),
        ("2 janvier 2010", "2,5"),
        ("a, b", "vide"),
    ]
