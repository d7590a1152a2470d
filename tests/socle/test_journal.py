"""Journal : qui a fait quoi, et les valeurs d'avant et d'après pour qui lit l'interne."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from maillage.socle.journal.ecriture import journaliser, operation
from maillage.socle.journal.lecture import objets_changes
from maillage.socle.listes import PAR_PAGE
from maillage.socle.models import Acte, Document, Travail, Utilisateur

Page = Callable[[Utilisateur], Client]


@operation
def renommer(dossier: Travail, document: Document, titre: str, par: Utilisateur) -> Acte:
    document.titre, document.depose_par = titre, par
    document.save()
    return journaliser(dossier, f"a renommé en « {titre} »", par=par)


@operation
def jeter(dossier: Travail, document: Document, par: Utilisateur) -> Acte:
    acte = journaliser(dossier, "a jeté", par=par)
    document.delete()
    return acte


@operation
def ajouter(dossier: Travail, par: Utilisateur | None = None) -> tuple[Acte, Document]:
    document = Document.objects.create(
        titre="Note", fichier="a.pdf", taille=1, sujet_type="socle.travail", sujet_id=dossier.pk
    )
    return journaliser(dossier, "a ajouté une note", par=par, interne=True), document


@pytest.fixture
def document(dossier: Travail) -> Document:
    return ajouter(dossier)[1]


@pytest.mark.django_db(transaction=True)
def test_une_operation_qui_echoue_ne_laisse_rien(dossier: Travail, agent: Utilisateur) -> None:
    @operation
    def echouer() -> None:
        ajouter(dossier)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        echouer()
    assert not Acte.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_un_acte_mene_aux_valeurs_d_avant_et_d_apres(dossier: Travail, agent: Utilisateur) -> None:
    cree, document = ajouter(dossier)
    modifie = renommer(dossier, document, "Bilan", agent)
    jete = jeter(dossier, document, agent)

    [ajout], _ = objets_changes(cree)
    assert ajout.titre == "Document : ajouté"
    assert ("titre", "vide", "Note") in [(d.champ, d.avant, d.apres) for d in ajout.differences]
    [change], _ = objets_changes(modifie)
    assert change.titre == "Document : modifié"
    assert [(d.champ, d.avant, d.apres) for d in change.differences] == [
        ("titre", "Note", "Bilan"),
        ("déposé par", "vide", "Agent"),
    ]
    [retrait], _ = objets_changes(jete)
    assert retrait.titre == "Document : retiré"
    assert ("titre", "Bilan", "vide") in [(d.champ, d.avant, d.apres) for d in retrait.differences]


@pytest.mark.django_db(transaction=True)
def test_deux_operations_ne_melent_pas_leurs_valeurs(dossier: Travail, agent: Utilisateur) -> None:
    _, document = ajouter(dossier)
    premier = renommer(dossier, document, "Un", agent)
    second = renommer(dossier, document, "Deux", agent)
    assert premier.contexte != second.contexte
    [change], _ = objets_changes(second)
    assert change.differences[0].avant == "Un"


@pytest.mark.django_db(transaction=True)
def test_un_acte_dit_combien_d_objets_il_ne_montre_pas(
    dossier: Travail, page: Page, agent: Utilisateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maillage.socle.journal.lecture.OBJETS_MAX", 1)

    @operation
    def trois() -> Acte:
        return [ajouter(dossier)[0] for _ in range(3)][-1]

    acte = trois()
    objets, autres = objets_changes(acte)
    assert (len(objets), autres) == (1, 2)
    dit = page(agent).get(reverse("socle:acte", args=[acte.pk])).content.decode()
    assert "Et 2&nbsp;autres objets changés" in dit


def test_hors_operation_un_acte_n_a_pas_de_valeurs(dossier: Travail, agent: Utilisateur) -> None:
    acte = journaliser(dossier, "x" * 600, par=agent)
    assert (acte.contexte, len(acte.phrase)) == (None, 500)


def adresse_de(dossier: Travail) -> str:
    return reverse("socle:journal", args=["socle.travail", dossier.pk])


def test_le_journal_se_lit_selon_les_droits(
    dossier: Travail,
    document: Document,
    page: Page,
    agent: Utilisateur,
    partenaire: Utilisateur,
    etranger: Utilisateur,
) -> None:
    acte = renommer(dossier, document, "<b>Bilan</b>", agent)
    detail = reverse("socle:acte", args=[acte.pk])

    lu = page(agent).get(adresse_de(dossier)).content.decode()
    assert "Maillage a ajouté une note" in lu
    assert "Interne au DLA" in lu
    assert "Agent a renommé" in lu
    assert detail in lu
    assert "&lt;b&gt;Bilan" in lu

    suivi = page(partenaire).get(adresse_de(dossier)).content.decode()
    assert "a renommé" in suivi
    assert "a ajouté une note" not in suivi
    assert detail not in suivi
    assert page(etranger).get(adresse_de(dossier)).status_code == 404


def test_le_detail_d_un_acte_est_reserve_a_qui_lit_l_interne(
    dossier: Travail,
    document: Document,
    page: Page,
    agent: Utilisateur,
    partenaire: Utilisateur,
    etranger: Utilisateur,
) -> None:
    partage = reverse("socle:acte", args=[renommer(dossier, document, "<b>Bilan</b>", agent).pk])
    interne = reverse("socle:acte", args=[Acte.objects.get(interne=True).pk])
    lu = page(agent).get(partage).content.decode()
    assert "&lt;b&gt;Bilan&lt;/b&gt;" in lu
    assert "<b>Bilan" not in lu
    assert page(partenaire).get(partage).status_code == 403
    assert page(partenaire).get(interne).status_code == 404
    assert page(etranger).get(partage).status_code == 404


def test_un_acte_sans_valeurs_le_dit(dossier: Travail, page: Page, agent: Utilisateur) -> None:
    acte = journaliser(dossier, "a relancé trois structures", par=agent)
    lu = page(agent).get(reverse("socle:acte", args=[acte.pk])).content.decode()
    assert "Aucune valeur n’a changé" in lu


def test_le_journal_est_pagine_a_cout_constant(
    dossier: Travail, page: Page, agent: Utilisateur, cout: Callable[[str], int]
) -> None:
    def ajouter(nombre: int) -> None:
        Acte.objects.bulk_create(
            Acte(phrase=f"acte {n}", sujet_type="socle.travail", sujet_id=dossier.pk, qui=agent)
            for n in range(nombre)
        )

    ajouter(10)
    a_dix = cout(adresse_de(dossier))
    ajouter(990)
    assert cout(adresse_de(dossier)) == a_dix
    lu = page(agent).get(f"{adresse_de(dossier)}?page=zzz").content.decode()
    assert lu.count("Agent acte ") == PAR_PAGE
