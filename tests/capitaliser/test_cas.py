"""Les cas publiés : chargés une fois, vérifiés, et refusés avec la ligne quand ils sont fautifs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from django.urls import reverse
from jsonschema import Draft202012Validator

from maillage.capitaliser import cas
from maillage.capitaliser.cas.chargement import SYSTEME
from maillage.capitaliser.cas.commandes import groupe
from maillage.capitaliser.cas.schema_json import schema_json
from maillage.capitaliser.models import Publication
from maillage.confirmer.editions import EFFECTIF
from maillage.confirmer.models import Groupe, Participation
from maillage.engager.models import AttentesDePartenaire
from maillage.ingenieries.models import Avancement, EtatIngenierie, Ingenierie, Note
from maillage.socle.models import Acte, Utilisateur
from tests.capitaliser.conftest import DOUBS
from tests.comptes import connecte
from tests.fabriques import organisation

pytestmark = pytest.mark.usefixtures("carte")


CODES = [chemin.stem for chemin in cas.fichiers()]
ATTENDUS = cas.lire_attendus(cas.dossier_des_cas())


@pytest.fixture
def tous(carte: None) -> list[cas.Charge]:
    """Les cas livrés, tous importés."""
    return cas.importer_exemples()


def test_chaque_cas_livre_donne_les_chiffres_de_sa_source(tous: list[cas.Charge]) -> None:
    assert all(charge.nouveau for charge in tous)
    vu = cas.verifier(ATTENDUS)
    assert [str(ecart) for ecart in vu.ecarts] == []
    assert vu.compares == len(ATTENDUS) >= 200
    assert {a.cas for a in ATTENDUS} == set(CODES)


def test_exporter_rend_le_fichier_importe(tous: list[cas.Charge]) -> None:
    for chemin in cas.fichiers():
        assert cas.exporter(chemin.stem) == chemin.read_text(encoding="utf-8"), chemin.stem


def test_chaque_cas_a_sa_fiche_publiee_et_suit_le_schema(tous: list[cas.Charge]) -> None:
    juge = Draft202012Validator(schema_json())
    for charge, chemin in zip(tous, cas.fichiers(), strict=True):
        lu = yaml.safe_load(chemin.read_text(encoding="utf-8"))
        assert list(juge.iter_errors(json.loads(json.dumps(lu, default=str)))) == []
        publiees = Publication.objects.en_rayon().filter(fiche__ingenierie__in=charge.missions)
        assert publiees.count() == len(charge.missions), chemin.stem


def test_le_dossier_du_doubs_est_complet(doubs: Ingenierie) -> None:
    """Chaque démarche est faite, ou sans objet avec sa raison ; la mission est close."""
    avancements = Avancement.objects.filter(ingenierie=doubs)
    assert avancements.count() == 12
    assert all(a.etat == "fait" or a.motif for a in avancements)
    assert doubs.etat == EtatIngenierie.CLOSE


def test_recharger_ne_change_rien(doubs: Ingenierie) -> None:
    actes, modifiee = Acte.objects.count(), doubs.modifie_le
    charge = cas.importer(DOUBS)
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
        (
            "organisation: Medef du Doubs",
            "organisation: Inconnue",
            "partenaires[0].organisation",
            "nulle part",
        ),
        ("code: competences", "code: inconnu", "objectifs[0].code", "inconnu"),
        ("annee: 2010", "annee: 1910", "", "depuis 2002"),
        ("effectifs:", "effectif:", "effectif", "n’existe pas"),
        ("engager.lancer: fait", "engager.lance: fait", "avancement.engager.lance", "ni un point"),
        ("engager.lancer: fait", "engager.lancer: oui", "avancement.engager.lancer", "« fait »"),
        ("etat: close", "etat: finie", "etat", "close ou abandonnee ou"),
        ("etat: close", "etat: abandonnee", "etat", "pourquoi"),
        (
            "territoires: ['departement:25']\n    annee",
            "territoires: ['departement:99']\n    annee",
            "",
            "territoire",
        ),
        ("    annee: 2010", "    annee: 2010\n    annee: 2011", "YAML", "deux fois"),
        ("source: >-", "source: ''\nsrc: >-", "src", "n’existe pas"),
        (
            "      jours: 5\n      rythme",
            "      jours: [5]\n      rythme",
            "projet.jours",
            "compris",
        ),
    ],
)
def test_un_cas_fautif_est_refuse_avec_sa_ligne(
    tmp_path: Path, avant: str, apres: str, champ: str, raison: str
) -> None:
    chemin = ecrire(tmp_path, avant, apres)
    lignes = chemin.read_text(encoding="utf-8").splitlines()
    with pytest.raises(cas.CasRefuse, match=raison) as refus:
        cas.importer(chemin)
    assert refus.value.champ.removeprefix("missions[0]").lstrip(".").startswith(champ)
    if champ:
        cle = apres.splitlines()[0 if "rythme" in apres else -1].split(":")[0].strip(" -")
        assert cle in lignes[refus.value.ligne - 1]
    assert not Ingenierie.objects.exists()


@pytest.mark.parametrize("contenu", ["- une\n- liste\n", "", "cas: [", "\t\n", "problematique: 3"])
def test_un_fichier_qui_n_est_pas_un_cas_est_refuse(tmp_path: Path, contenu: str) -> None:
    chemin = tmp_path / "essai.yaml"
    chemin.write_text(contenu, encoding="utf-8")
    with pytest.raises(cas.CasRefuse):
        cas.importer(chemin)


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        ("annee: 2010", "annee: &a 2010\n    annee_dite: *a", "sans renvoi"),
        ("annee: 2010", "annee: 2010\n    demarree_le: 2010-02-31", "2010-02-31 » ne se lit pas"),
        ("annee: 2010", "annee: 2010\n    demarree_le: 12", "« 12 » ne se lit pas"),
        ("annee: 2010", "annee: .inf", "inf » ne se lit pas"),
        ("annee: 2010", f"annee: {'9' * 5000}", "ne se lit pas"),
        ("annee: 2010", f"annee: {'[' * 3000}{']' * 3000}", "emboîtements"),
        ("annee: 2010", 'annee: "a\\0b"', "ne s’écrit pas"),
        ("annee: 2010", "annee: {a: b}", "une valeur simple"),
        ("etat: close", "etat: [close]", "close ou abandonnee ou"),
        ("natures: [operateur]", "natures: operateur", "une liste"),
        (f"cas: {DOUBS.stem}", "cas: ../ailleurs", "nomme un fichier"),
        (f"cas: {DOUBS.stem}", f"cas: {DOUBS.stem}\n# {'x' * 1_100_000}", "mégaoctet"),
    ],
)
def test_un_fichier_malveillant_est_refuse_sans_rien_ecrire(
    tmp_path: Path, avant: str, apres: str, raison: str
) -> None:
    with pytest.raises(cas.CasRefuse, match=raison):
        cas.importer(ecrire(tmp_path, avant, apres))
    assert not Ingenierie.objects.exists()


def test_un_cas_deja_la_se_reconnait_quel_que_soit_le_nom_du_fichier(tmp_path: Path) -> None:
    copie = tmp_path / "copie.yaml"
    copie.write_bytes(DOUBS.read_bytes())
    for dit in ("importé", "rien n’a changé"):
        fait = CliRunner().invoke(groupe, ["importer", str(copie)])
        assert (fait.exit_code, dit in fait.output) == (0, True), fait.output


@pytest.mark.parametrize(
    "ligne",
    [b"c,1,cout,2/0,,,S3,1,x", b"c,0,cout,2,,,S3,1,x", b"c,1,cout,\xe9,,,S3,1,x", b"c,1"],
)
def test_des_attendus_abimes_se_disent(tmp_path: Path, ligne: bytes) -> None:
    entete = b"cas,mission,chiffre,valeur,unite,precision,source,ligne,quoi\n"
    (tmp_path / "attendus.csv").write_bytes(entete + ligne)
    with pytest.raises(cas.AttendusIllisibles):
        cas.lire_attendus(tmp_path)


@pytest.mark.parametrize("cle", ["objectifs", "projet", "avancement", "groupes"])
@pytest.mark.parametrize("valeur", [3, "un texte", ["un"]])
def test_une_rubrique_de_travers_est_refusee_proprement(tmp_path, cle: str, valeur) -> None:
    contenu = yaml.safe_load(DOUBS.read_text(encoding="utf-8"))
    contenu["missions"][0][cle] = valeur
    assert _refus(tmp_path, contenu).champ.startswith(f"missions[0].{cle}")


@pytest.mark.parametrize("cle", ["problematique", "missions", "organisations"])
@pytest.mark.parametrize("valeur", [3, "un texte", ["un"]])
def test_une_cle_du_fichier_de_travers_est_refusee(tmp_path, cle: str, valeur) -> None:
    contenu = yaml.safe_load(DOUBS.read_text(encoding="utf-8")) | {cle: valeur}
    assert _refus(tmp_path, contenu).champ.startswith(cle)


def _refus(dossier: Path, contenu: dict) -> cas.CasRefuse:
    chemin = dossier / "essai.yaml"
    chemin.write_text(yaml.safe_dump(contenu, allow_unicode=True), encoding="utf-8")
    with pytest.raises(cas.CasRefuse) as refus:
        cas.importer(chemin)
    assert not Ingenierie.objects.exists()
    return refus.value


def test_un_chiffre_corrige_a_l_ecran_parait_dans_l_export(
    doubs: Ingenierie, charge: Utilisateur
) -> None:
    """Par les pages : on reprend la mission close, puis on corrige l'effectif."""
    client = connecte(charge)
    reprendre = reverse("ingenieries:etat", args=[doubs.pk, "reprendre"])
    assert client.post(reprendre, {"version": doubs.version}).status_code == 302
    effectif = doubs.effectifs_declares.get(palier="retenue")
    saisie = {"palier": "retenue", "nombre": "environ 11", "version": effectif.version}
    adresse = EFFECTIF.url("modifier", doubs.pk, effectif.pk)
    assert client.post(adresse, saisie).status_code == 302
    [mission] = yaml.safe_load(cas.exporter(DOUBS.stem))["missions"]
    assert mission["etat"] == "en_cours"
    assert [e["nombre"] for e in mission["effectifs"] if e["palier"] == "retenue"] == ["environ 11"]


def test_ce_qui_est_interne_ne_s_exporte_pas(doubs: Ingenierie) -> None:
    structure = organisation(nom="Théâtre du Pont Neuf")
    ingenierie = {"ingenierie": doubs}
    Note.objects.create(texte="note secrète", **ingenierie)
    Groupe.objects.create(nom="Groupe 1", profil="profil secret", **ingenierie)
    Participation.objects.create(structure=structure, remarques="mot secret", **ingenierie)
    partenariat = doubs.partenariats.first()
    AttentesDePartenaire.objects.update_or_create(
        partenariat=partenariat, defaults={"mots": "attente secrète", **ingenierie}
    )
    exporte = cas.exporter(DOUBS.stem)
    assert "Théâtre du Pont Neuf" in exporte
    assert "secr" not in exporte


def test_la_fiche_dit_comment_la_mission_a_fini(tous: list[cas.Charge]) -> None:
    finies = {
        charge.mission.pk: Publication.objects.en_rayon().get(fiche__ingenierie=charge.mission)
        for charge in tous
    }
    dits = {str(p.contenu["identite"]["etat"]).partition(" : ")[0] for p in finies.values()}
    assert dits == {"Mission close", "Mission abandonnée"}


def test_un_cas_rouvert_et_une_organisation_renommee_se_reimportent(
    tmp_path: Path, doubs: Ingenierie
) -> None:
    doubs.etat = EtatIngenierie.EN_COURS
    doubs.save()
    doubs.operateur.nom = "DLA du Doubs et du Jura"
    doubs.operateur.save()
    exporte = cas.exporter(DOUBS.stem)
    assert "etat: en_cours" in exporte
    neuf = exporte.replace(f"cas: {DOUBS.stem}", "cas: doubs-bis").replace(
        "DLA du Doubs et du Jura", "DLA du Doubs"
    )
    (tmp_path / "doubs-bis.yaml").write_text(neuf, encoding="utf-8")
    bis = cas.importer(tmp_path / "doubs-bis.yaml").mission
    assert (bis.etat, bis.operateur_id) == (EtatIngenierie.EN_COURS, doubs.operateur_id)


def test_les_commandes_importent_exportent_et_disent_ce_qui_a_change(
    tmp_path: Path, doubs: Ingenierie
) -> None:
    commande = CliRunner()
    assert "rien n’a changé" in commande.invoke(groupe, ["importer", str(DOUBS)]).output
    rendu = commande.invoke(groupe, ["exporter", "--vers", str(tmp_path)])
    assert rendu.exit_code == 0, rendu.output
    assert (tmp_path / DOUBS.name).read_bytes() == DOUBS.read_bytes()
    assert commande.invoke(groupe, ["exporter", DOUBS.stem]).output == DOUBS.read_text("utf-8")
    doubs.accroche = "Récrite à l’écran"
    doubs.save()
    assert "a changé depuis" in commande.invoke(groupe, ["importer", str(DOUBS)]).output
    assert commande.invoke(groupe, ["exporter", "nulle-part"]).exit_code == 1
    assert json.loads(commande.invoke(groupe, ["schema"]).output)["title"] == "Un cas de Maillage"


def test_verifier_sort_a_zero_et_compte_ce_qu_il_compare(doubs: Ingenierie) -> None:
    rendu = CliRunner().invoke(groupe, ["verifier", "--json", DOUBS.stem])
    vu = json.loads(rendu.output)
    assert (rendu.exit_code, vu["cas"], vu["missions"], vu["ecarts"]) == (0, 1, 1, [])
    assert vu["compares"] == sum(a.cas == DOUBS.stem for a in ATTENDUS)


def test_un_chiffre_qui_differe_est_un_ecart_situe(doubs: Ingenierie) -> None:
    doubs.effectifs_declares.filter(palier="contactee").update(nombre_valeur=28)
    rendu = CliRunner().invoke(groupe, ["verifier", DOUBS.stem])
    assert rendu.exit_code == 1
    assert "structures.contactee (S1, l. 332) : attendu 27" in rendu.output


def test_verifier_un_cas_absent_le_dit(db: None) -> None:
    assert "n’est pas en base" in CliRunner().invoke(groupe, ["verifier", DOUBS.stem]).output
    assert CliRunner().invoke(groupe, ["verifier", "nulle-part"]).exit_code == 1


@pytest.mark.parametrize(
    "ligne",
    [
        "doubs,1,jours,beaucoup,jour,exact,S1,324,des jours",
        "doubs,un,jours,5,jour,exact,S1,324,des jours",
        "doubs,1,jours,5,jour,à peu près,S1,324,des jours",
        "doubs,1,jours,2/0,jour,exact,S1,324,des jours",
        "doubs,1",
    ],
)
def test_un_attendu_illisible_dit_sa_ligne(tmp_path: Path, ligne: str) -> None:
    (tmp_path / "attendus.csv").write_text(
        f"cas,mission,chiffre,valeur,unite,precision,source,ligne,quoi\n{ligne}\n", "utf-8"
    )
    with pytest.raises(cas.AttendusIllisibles, match="ligne 2"):
        cas.lire_attendus(tmp_path)


def test_sans_attendus_la_verification_le_dit(tmp_path: Path) -> None:
    with pytest.raises(cas.AttendusIllisibles, match="ne s’ouvre pas"):
        cas.lire_attendus(tmp_path)


def test_une_proportion_se_lit_en_centiemes() -> None:
    dont = next(a for a in ATTENDUS if a.valeur == "2/3")
    assert str(dont.quantite.valeur) == "66.67"


def test_les_exemples_s_importent_avec_leur_progression() -> None:
    vus: list[str] = []
    charges = cas.importer_exemples(lambda _fait, _total, quoi: vus.append(quoi))
    assert len(charges) == len(vus) == len(cas.fichiers())
