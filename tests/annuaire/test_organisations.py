"""Ce que la base elle-même refuse, et le vocabulaire des listes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from maillage.annuaire import nomenclatures
from maillage.annuaire.eligibilite import Eligibilite, eligibilite
from maillage.annuaire.identite import identite
from maillage.annuaire.models import (
    ChiffresAnnuels,
    Nature,
    Organisation,
    Personne,
    Rattachement,
    Role,
)
from maillage.socle.quantites import Precision, Quantite
from tests.annuaire.conftest import Lieux
from tests.fabriques import organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"rna": "W251000123"}, "porte déjà ce RNA"),
        ({"siren": "552100554"}, "porte déjà ce SIREN"),
        ({"siret": "55210055400013"}, "porte déjà ce SIRET"),
    ],
)
def test_un_numero_n_est_porte_que_par_une(champs: dict[str, str], message: str) -> None:
    organisation(**champs)
    seconde = Organisation(nom="Autre", natures=["structure"], **champs)

    with pytest.raises(ValidationError, match=message):
        seconde.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        seconde.save()


def test_plusieurs_peuvent_n_avoir_aucun_numero() -> None:
    organisation(nom="Une")
    organisation(nom="Autre")

    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "champs",
    [
        {"siren": "356000000", "siret": "55210055400013"},
        {"natures": []},
    ],
)
def test_la_base_refuse_ce_qui_se_contredit(champs: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(**{"nom": "X", "natures": ["structure"], **champs})


def test_on_n_est_pas_son_propre_service() -> None:
    seule = organisation()
    seule.rattachee_a = seule

    with pytest.raises(ValidationError, match="son propre service"):
        seule.full_clean()


def test_le_nom_normalise_suit_le_nom_meme_en_lot() -> None:
    une = organisation(nom="L’Œuvre", sigle="ADŒ")
    assert une.nom_normalise == "l oeuvre adoe"

    une.nom = "Été"
    une.save()
    Organisation.objects.bulk_create([Organisation(nom="Àllô", natures=["structure"])])

    assert set(Organisation.objects.values_list("nom_normalise", flat=True)) == {
        "ete adoe",
        "allo",
    }


@pytest.mark.parametrize("texte", ["théâtre pont", "PONT NEUF", "tpn", "552 100 554", "w251000123"])
def test_chercher_par_mots_sigle_ou_numero(texte: str) -> None:
    attendue = organisation(
        nom="Théâtre du Pont Neuf", sigle="TPN", siren="552100554", rna="W251000123"
    )
    organisation(nom="Pont Vieux")

    assert list(Organisation.objects.cherche(texte)) == [attendue]


def test_chercher_rien_rend_tout() -> None:
    organisation()

    assert Organisation.objects.cherche(" ! ").count() == 1


def test_dans_un_perimetre_par_la_commune_ou_a_defaut_par_l_aire(lieux: Lieux) -> None:
    ici = organisation(commune=lieux["25056"])
    par_l_aire = organisation(territoires=[lieux["d25"], lieux["25462"]])
    organisation(commune=lieux["39300"], territoires=[lieux["d25"]])
    organisation()

    dans = Organisation.objects.dans([lieux["d25"].pk])

    assert sorted(dans.values_list("pk", flat=True)) == sorted([ici.pk, par_l_aire.pk])


def test_les_listes_par_nature() -> None:
    structure, reseau = organisation(), organisation(Nature.RESEAU)
    les_deux = organisation(natures=[Nature.STRUCTURE, Nature.RESEAU])
    archivee = organisation(Nature.PRESTATAIRE, archive=True)

    assert set(Organisation.objects.structures()) == {structure, les_deux}
    assert set(Organisation.objects.partagees()) == {reseau, les_deux, archivee}
    assert archivee not in Organisation.objects.en_service()
    assert reseau.natures_lisibles == ["réseau ou fédération"]


def test_les_chiffres_gardent_ce_que_l_on_sait() -> None:
    chiffres = ChiffresAnnuels(organisation=organisation(), annee=2010)
    chiffres.budget = Quantite(43_200, Precision.ENVIRON, "€")
    chiffres.save()
    chiffres.refresh_from_db()

    assert chiffres.budget.precision == Precision.ENVIRON
    assert not chiffres.emplois.connue
    with pytest.raises(IntegrityError), transaction.atomic():
        ChiffresAnnuels.objects.filter(pk=chiffres.pk).update(budget_valeur=None)


def test_une_annee_ne_se_saisit_qu_une_fois() -> None:
    une = organisation()
    ChiffresAnnuels.objects.create(organisation=une, annee=2010)

    with pytest.raises(ValidationError, match="déjà saisis"):
        ChiffresAnnuels(organisation=une, annee=2010).full_clean()


def test_un_role_ne_se_donne_qu_une_fois_a_la_fois() -> None:
    qui, ou = Personne.objects.create(nom="Morel"), organisation()
    premier = Rattachement.objects.create(personne=qui, organisation=ou, role=Role.STRUCTURE)
    second = Rattachement(personne=qui, organisation=ou, role=Role.STRUCTURE)

    with pytest.raises(ValidationError, match="tient déjà ce rôle"):
        second.full_clean()
    premier.revoque_le = timezone.now()
    premier.save()
    second.full_clean()


def test_un_rattachement_ne_finit_pas_avant_de_commencer() -> None:
    hier = timezone.localdate() - timedelta(days=1)
    fautif = Rattachement(
        personne=Personne.objects.create(nom="Morel"),
        organisation=organisation(),
        role=Role.STRUCTURE,
        jusqua=hier,
    )

    with pytest.raises(ValidationError, match="précède"):
        fautif.full_clean()


def test_actif_dit_la_meme_chose_en_sql_et_en_python() -> None:
    ou, jour = organisation(), timezone.localdate()
    un_jour = timedelta(days=1)
    for rang, champs in enumerate(
        [
            {},
            {"jusqua": jour},
            {"depuis": jour - 2 * un_jour, "jusqua": jour - un_jour},
            {"depuis": jour + un_jour},
            {"revoque_le": timezone.now()},
        ]
    ):
        personne = Personne.objects.create(nom=f"P{rang}")
        Rattachement.objects.create(
            personne=personne, organisation=ou, role=Role.STRUCTURE, **champs
        )

    tous, actifs = Rattachement.objects.all(), set(Rattachement.objects.actifs())

    assert len(actifs) == 2
    assert actifs == {r for r in tous if r.actif}


def test_l_historique_garde_chaque_etat() -> None:
    une = organisation(nom="Avant")
    une.nom = "Après"
    une.save()

    etats = une._meta.apps.get_model("annuaire", "OrganisationEvent").objects
    assert list(etats.order_by("pgh_id").values_list("nom", flat=True)) == ["Avant", "Après"]


def test_les_nomenclatures_se_tiennent() -> None:
    assert {b.parent for b in nomenclatures.BRANCHES.values()} <= set(nomenclatures.SECTEURS)
    assert all(len(code) == 4 and code.isdigit() for code in nomenclatures.CATEGORIES_JURIDIQUES)
    assert nomenclatures.SECTEURS.libelle("culture") == "Culture"
    assert nomenclatures.SECTEURS.libelle("disparu") == "disparu"
    with pytest.raises(ValueError, match="deux fois"):
        nomenclatures.Nomenclature(iter([nomenclatures.Entree("a", "A")] * 2))


@pytest.mark.parametrize(
    ("champs", "attendue"),
    [
        ({"categorie_juridique": "9220"}, Eligibilite.PAR_STATUT),
        ({"categorie_juridique": "5499"}, Eligibilite.NON),
        ({"categorie_juridique": "5499", "agrements": ["esus"]}, Eligibilite.PAR_AGREMENT),
        ({}, Eligibilite.A_VERIFIER),
    ],
)
def test_l_eligibilite_suit_le_statut_ou_l_agrement(
    champs: dict[str, object], attendue: Eligibilite
) -> None:
    assert eligibilite(Organisation(**champs)) is attendue


def test_l_eligibilite_ne_se_dit_que_d_une_structure() -> None:
    financeur = Organisation(natures=["financeur"], categorie_juridique="9300")

    assert "Éligible au DLA" not in {ligne.libelle for ligne in identite(financeur, "")}


def test_l_identite_ne_dit_que_ce_que_l_on_sait(lieux: Lieux) -> None:
    une = organisation(
        commune=lieux["25056"], siret="55210055400013", agrements=["siae"], creee_en=1987
    )

    lignes = {ligne.libelle: ligne.valeur for ligne in identite(une, "Doubs")}

    assert lignes["Commune"] == "Besançon (25056)"
    assert lignes["Aire d’intervention"] == "Doubs"
    assert lignes["SIRET"].split("\u202f") == ["552", "100", "554", "00013"]
    assert lignes["Créée en"] == "1987"
    assert "RNA" not in lignes
