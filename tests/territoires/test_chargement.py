"""Charger le découpage : les contenants, la répétition, un millésime nouveau, les refus."""

from __future__ import annotations

from pathlib import Path

import pytest

from maillage.territoires.chargement import Bilan, charger
from maillage.territoires.decoupage import DOSSIER, DecoupageIllisible, lire
from maillage.territoires.models import AncienCode, Niveau, Territoire
from maillage.territoires.perimetres import couvre
from tests.territoires.extrait import decoupage, ecrire


def codes(territoire: Territoire) -> set[str]:
    """Les codes de tout le chemin, lui-même compris."""
    return set(Territoire.objects.filter(pk__in=territoire.chemin).values_list("code", flat=True))


@pytest.mark.usefixtures("pays")
def test_une_commune_connait_tous_ses_contenants() -> None:
    besancon = Territoire.objects.de(Niveau.COMMUNE, "25056")

    assert codes(besancon) == {"25056", "242500361", "25", "27", "FR"}
    assert (besancon.departement.nom, besancon.region.nom) == ("Doubs", "Bourgogne-Franche-Comté")
    assert besancon.epci.nom == "Grand Besançon"
    assert besancon.population == 120_057
    assert (round(besancon.longitude), round(besancon.latitude)) == (6, 47)


@pytest.mark.usefixtures("pays")
def test_un_epci_a_cheval_a_tous_ses_departements_et_regions() -> None:
    epci = Territoire.objects.de(Niveau.EPCI, "200000001")

    assert codes(epci) == {"200000001", "39", "88", "27", "44", "FR"}
    assert epci.departement is None
    assert epci.region is None


@pytest.mark.usefixtures("pays")
def test_une_commune_d_un_epci_a_cheval_reste_dans_son_seul_departement() -> None:
    assert codes(Territoire.objects.de(Niveau.COMMUNE, "39480")) == {
        "39480",
        "200000001",
        "39",
        "27",
        "FR",
    }


@pytest.mark.usefixtures("pays")
def test_ce_que_l_on_ne_sait_pas_reste_inconnu() -> None:
    saint_julien = Territoire.objects.de(Niveau.COMMUNE, "88449")
    pontarlier = Territoire.objects.de(Niveau.COMMUNE, "25462")

    assert saint_julien.population is None
    assert pontarlier.epci is None


@pytest.mark.usefixtures("pays")
@pytest.mark.parametrize(
    ("code", "nom", "commune"),
    [
        ("01015", "Arbignieu", "01015"),
        ("01340", "", "01015"),
        ("75101", "Paris 1er", "75056"),
    ],
)
def test_les_anciens_codes_menent_a_la_commune_actuelle(code: str, nom: str, commune: str) -> None:
    ancien = AncienCode.objects.get(code=code)

    assert (ancien.nom, ancien.territoire.code) == (nom, commune)


def test_le_bilan_compte_ce_qui_est_charge(pays: Bilan) -> None:
    assert pays == Bilan(territoires=24, anciens=3, crees=24, changes=0, disparus=0)


def test_la_progression_va_jusqu_au_bout(db: None, dossier: Path) -> None:
    etapes: list[tuple[int, int, str]] = []

    charger(lambda fait, total, quoi: etapes.append((fait, total, quoi)), dossier=dossier)

    assert [fait for fait, _, _ in etapes] == [0, 1, 2, 3]
    assert etapes[-1][:2] == (3, 3)


@pytest.mark.usefixtures("pays")
def test_recharger_ne_change_rien(dossier: Path) -> None:
    avant = list(Territoire.objects.order_by("pk").values())

    bilan = charger(dossier=dossier)

    assert (bilan.crees, bilan.changes, bilan.disparus) == (0, 0, 0)
    assert list(Territoire.objects.order_by("pk").values()) == avant


@pytest.mark.usefixtures("pays")
def test_un_nouveau_millesime_garde_les_identifiants(dossier: Path) -> None:
    ornans = Territoire.objects.de(Niveau.COMMUNE, "25434")
    nouveau = decoupage()
    nouveau["communes"][3]["nom"] = "Ornans-sur-Loue"

    bilan = charger(dossier=ecrire(dossier, nouveau))

    assert (bilan.crees, bilan.changes) == (0, 1)
    assert Territoire.objects.get(pk=ornans.pk).nom == "Ornans-sur-Loue"


@pytest.mark.usefixtures("pays")
def test_une_commune_absorbee_reste_et_suit_celle_qui_l_absorbe(dossier: Path) -> None:
    """Pontarlier absorbe Doubs : ce qui était rattaché à Doubs reste couvert."""
    doubs = Territoire.objects.de(Niveau.COMMUNE, "25204")
    pontarlier = Territoire.objects.de(Niveau.COMMUNE, "25462")
    nouveau = decoupage()
    nouveau["communes"] = [c for c in nouveau["communes"] if c["code"] != "25204"]
    next(c for c in nouveau["communes"] if c["code"] == "25462")["anciensCodes"] = ["25204"]

    bilan = charger(dossier=ecrire(dossier, nouveau))

    doubs.refresh_from_db()
    assert bilan.disparus == 1
    assert not doubs.actuel
    assert couvre({pontarlier.pk}, doubs)
    assert "25204" not in Territoire.objects.communes().values_list("code", flat=True)
    assert Territoire.objects.cherche("25204").get() == pontarlier


@pytest.mark.usefixtures("pays")
def test_un_ancien_code_qui_n_est_plus_dit_disparait(dossier: Path) -> None:
    nouveau = decoupage()
    nouveau["communes"] = [c for c in nouveau["communes"] if c["nom"] != "Paris 1er"]

    charger(dossier=ecrire(dossier, nouveau))

    assert not AncienCode.objects.filter(code="75101").exists()


@pytest.mark.usefixtures("pays")
def test_un_decoupage_qui_se_contredit_est_refuse_et_ne_change_rien(dossier: Path) -> None:
    fautif = decoupage()
    fautif["departements"] = [d for d in fautif["departements"] if d["code"] != "01"]
    fautif["communes"][1]["nom"] = "Autre nom"

    with pytest.raises(DecoupageIllisible, match=r"01015.*departement 01"):
        charger(dossier=ecrire(dossier, fautif))

    assert Territoire.objects.de(Niveau.COMMUNE, "25056").nom == "Besançon"


def test_un_membre_d_epci_inconnu_est_refuse(dossier: Path) -> None:
    fautif = decoupage()
    fautif["epci"][0]["membres"] = [{"code": "99999"}]

    with pytest.raises(DecoupageIllisible, match="99999"):
        lire(ecrire(dossier, fautif))


def test_un_fichier_manquant_dit_comment_reparer(dossier: Path) -> None:
    (dossier / "epci.json.gz").unlink()

    with pytest.raises(DecoupageIllisible, match="make setup"):
        lire(dossier)


def test_un_fichier_abime_est_refuse(dossier: Path) -> None:
    (dossier / "regions.json.gz").write_bytes(b"rien de compresse")

    with pytest.raises(DecoupageIllisible, match=r"regions\.json\.gz"):
        lire(dossier)


@pytest.mark.django_db
@pytest.mark.skipif(
    not DOSSIER.exists(), reason="Le découpage officiel n'est pas là : « make setup » le copie."
)
def test_le_decoupage_officiel_se_charge_et_se_controle() -> None:
    from maillage.territoires.controle import controler

    charger()

    trouve = controler()
    assert trouve.anomalies == []
    assert trouve.comptes["communes"] == 34_969
    assert trouve.comptes["communes_avec_centre"] == 34_868
