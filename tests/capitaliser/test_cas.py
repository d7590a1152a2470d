"""Les cas publiés : chargés une fois, vérifiés, et refusés avec la ligne quand ils sont fautifs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from maillage.capitaliser import cas
from maillage.capitaliser.cas.chargement import SYSTEME
from maillage.capitaliser.cas.commandes import groupe
from maillage.capitaliser.models import Publication
from maillage.ingenieries.models import Avancement, EtatIngenierie, Ingenierie
from maillage.socle.models import Acte, Utilisateur
from maillage.territoires.models import Territoire
from tests.capitaliser.conftest import DOUBS
from tests.fabriques import departement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _carte(region: Territoire) -> None:
    departement("25", "Doubs")


@pytest.mark.parametrize("chemin", cas.fichiers(), ids=lambda c: c.stem)
def test_chaque_cas_livre_donne_ses_chiffres_et_une_fiche(chemin: Path) -> None:
    mission = cas.charger(chemin).mission
    verification = cas.verifier(chemin)
    assert verification.compares >= 4
    assert verification.ecarts == ()
    assert Publication.objects.en_rayon().get().fiche.ingenierie_id == mission.pk


def test_le_dossier_du_doubs_est_complet(doubs: Ingenierie) -> None:
    """Chaque démarche est faite, ou sans objet avec sa raison ; la mission est close."""
    avancements = Avancement.objects.filter(ingenierie=doubs)
    assert avancements.count() == 12
    assert all(a.etat == "fait" or a.motif for a in avancements)
    assert doubs.etat == EtatIngenierie.CLOSE


def test_recharger_ne_change_rien(doubs: Ingenierie) -> None:
    actes, modifiee = Acte.objects.count(), doubs.modifie_le
    charge = cas.charger(DOUBS)
    doubs.refresh_from_db()
    assert not charge.nouveau
    assert (Acte.objects.count(), doubs.modifie_le) == (actes, modifiee)


def test_le_journal_dit_que_cela_vient_d_une_source(doubs: Ingenierie) -> None:
    auteur = Utilisateur.objects.get(courriel=SYSTEME)
    assert not auteur.is_active
    assert not auteur.has_usable_password()
    assert {a.qui for a in Acte.objects.sur(doubs)} == {auteur}


def ecrire(dossier: Path, avant: str, apres: str) -> Path:
    """Le cas du Doubs, où une chose a été récrite."""
    texte = DOUBS.read_text(encoding="utf-8")
    assert avant in texte
    chemin = dossier / "essai.yaml"
    chemin.write_text(texte.replace(avant, apres, 1), encoding="utf-8")
    return chemin


@pytest.mark.parametrize(
    ("avant", "apres", "champ", "raison"),
    [
        ("montant: 30000", "montant: 30 k€", "resultats[2].montant", "pas compris"),
        ("montant: 30000", "montnat: 30000", "resultats[2].montnat", "n’existe pas"),
        ("organisation: medef", "organisation: cgt", "partenaires[0].organisation", "nulle part"),
        ("code: competences", "code: inconnu", "objectifs[0].code", "inconnu"),
        ("annee: 2010", "annee: 1910", "mission", "depuis 2002"),
        ("effectifs:", "effectif:", "effectif", "n’existe pas"),
        ("engager.lancer: fait", "engager.lance: fait", "avancement.engager.lance", "ni un point"),
        ("engager.lancer: fait", "engager.lancer: oui", "avancement.engager.lancer", "« fait »"),
        ("etat: close", "etat: finie", "mission.etat", "close ou abandonnee"),
        ('["departement:25"]\n  annee', '["departement:99"]\n  annee', "mission", "territoire"),
        ("  annee: 2010", "  annee: 2010\n  annee: 2011", "YAML", "deux fois"),
        ("source: >-", "source: ''\nsrc: >-", "src", "n’existe pas"),
        ("  jours: 5\n", "  jours: [5]\n", "projet.jours", "pas compris"),
    ],
)
def test_un_cas_fautif_est_refuse_avec_sa_ligne(
    tmp_path: Path, avant: str, apres: str, champ: str, raison: str
) -> None:
    chemin = ecrire(tmp_path, avant, apres)
    lignes = chemin.read_text(encoding="utf-8").splitlines()
    with pytest.raises(cas.CasRefuse, match=raison) as refus:
        cas.charger(chemin)
    assert refus.value.champ.startswith(champ)
    if champ != "mission":
        cle = apres.splitlines()[-1].split(":")[0].strip()
        assert cle in lignes[refus.value.ligne - 1]
    assert not Ingenierie.objects.exists()


@pytest.mark.parametrize("contenu", ["- une\n- liste\n", "", "cas: [", "\t\n", "problematique: 3"])
def test_un_fichier_qui_n_est_pas_un_cas_est_refuse(tmp_path: Path, contenu: str) -> None:
    chemin = tmp_path / "essai.yaml"
    chemin.write_text(contenu, encoding="utf-8")
    with pytest.raises(cas.CasRefuse):
        cas.charger(chemin)


@pytest.mark.parametrize("cle", ["problematique", "objectifs", "projet", "avancement", "mission"])
@pytest.mark.parametrize("valeur", [3, "un texte", ["un"]])
def test_une_rubrique_de_travers_est_refusee_proprement(tmp_path, cle: str, valeur) -> None:
    contenu = yaml.safe_load(DOUBS.read_text(encoding="utf-8")) | {cle: valeur}
    chemin = tmp_path / "essai.yaml"
    chemin.write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")
    with pytest.raises(cas.CasRefuse) as refus:
        cas.charger(chemin)
    assert refus.value.champ.startswith(cle)
    assert not Ingenierie.objects.exists()


def test_la_commande_charge_puis_verifie_et_dit_les_ecarts(tmp_path: Path) -> None:
    commande = CliRunner()
    assert "chargé" in commande.invoke(groupe, ["charger", str(DOUBS)]).output
    assert "rien n’a changé" in commande.invoke(groupe, ["charger", str(DOUBS)]).output
    rendu = commande.invoke(groupe, ["verifier", "--json", str(DOUBS)])
    assert (rendu.exit_code, json.loads(rendu.output)["ecarts"]) == (0, [])
    faux = ecrire(tmp_path, "structures.contactee: 27", "structures.contactee: 28")
    rendu = commande.invoke(groupe, ["verifier", str(faux)])
    assert rendu.exit_code == 1
    assert "structures.contactee : attendu 28, calculé 27" in rendu.output


def test_verifier_un_cas_absent_dit_de_le_charger() -> None:
    rendu = CliRunner().invoke(groupe, ["verifier", str(DOUBS)])
    assert rendu.exit_code == 1
    assert "maillage cas charger" in rendu.output


def test_un_attendu_illisible_ou_inconnu_est_un_ecart(tmp_path: Path) -> None:
    chemin = ecrire(tmp_path, "  cout: inconnu", "  cout: cher\n  gens: 3")
    cas.charger(chemin)
    assert {e.chiffre for e in cas.verifier(chemin).ecarts} == {"cout", "gens"}


def test_les_exemples_se_chargent_avec_leur_progression() -> None:
    vus: list[str] = []
    charges = cas.charger_exemples(lambda _fait, _total, quoi: vus.append(quoi))
    assert len(charges) == len(vus) == len(cas.fichiers())
    assert all(c.nouveau for c in charges)
