"""La commande « maillage » : aide partout, en français, et des codes de sortie fiables."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from maillage.config import cli, demonstration, exploitation, francais
from maillage.config.embarque import ErreurEmbarque, Serveur
from tests.config.processus import environnement_nu, port_libre


def lancer(*arguments: str) -> Result:
    francais.parler_francais()
    return CliRunner().invoke(cli.racine, arguments, prog_name="maillage")


def chemins(commande: click.Command, chemin: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield chemin
    if isinstance(commande, click.Group):
        contexte = click.Context(commande)
        for nom in commande.list_commands(contexte):
            sous_commande = commande.get_command(contexte, nom)
            assert sous_commande is not None
            yield from chemins(sous_commande, (*chemin, nom))


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serveur]:
    """Un dossier de données à part, pour les commandes qui conduisent la base."""
    dossier = Path(f"/tmp/maillage-cli-{os.getpid()}")
    monkeypatch.setenv("MAILLAGE_DONNEES", str(dossier))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    serveur = Serveur(dossier, {"fsync": "off"})
    yield serveur
    serveur.arreter()
    subprocess.run(["rm", "-rf", dossier], check=True)


def test_chaque_commande_a_son_aide() -> None:
    for chemin in chemins(cli.racine):
        if chemin == ("gerer",):  # son aide est celle de Django
            continue
        resultat = lancer(*chemin, "--help")
        assert resultat.exit_code == 0, chemin
        assert "Emploi :" in resultat.output
        corps = resultat.output.split("\n\n", 1)[1].strip()
        assert corps, f"{chemin} n'explique pas ce qu'elle fait"
        assert not corps.startswith("Options"), f"{chemin} n'explique pas ce qu'elle fait"


def test_chaque_option_dit_ce_qu_elle_regle() -> None:
    muettes = [
        f"{' '.join(chemin)} {parametre.opts[0]}"
        for chemin in chemins(cli.racine)
        for parametre in commande_a(chemin).params
        if isinstance(parametre, click.Option) and not parametre.help
    ]
    assert muettes == []


def commande_a(chemin: tuple[str, ...]) -> click.Command:
    commande: click.Command = cli.racine
    for nom in chemin:
        assert isinstance(commande, click.Group)
        trouvee = commande.get_command(click.Context(commande), nom)
        assert trouvee is not None
        commande = trouvee
    return commande


def test_aucune_aide_ne_parle_anglais() -> None:
    assert "[obligatoire]" in lancer("annuaire", "premier-compte", "--help").output
    assert "De trop : ceci" in lancer("migrer", "ceci").output
    refus = lancer("fabriquer", "rna", "--lignes", "1", "--forme", "x").output
    assert "« x » n'est aucun de" in refus


def test_l_aide_generale_nomme_les_pieces_sans_les_importer() -> None:
    sortie = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "maillage.config", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env=environnement_nu(),
    )
    assert "maillage.socle" not in sortie.stderr
    for piece in cli.pieces_avec_commandes():
        assert piece in sortie.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "phrase"),
    [
        (("inconnue",), 2, "Commande inconnue : « inconnue »."),
        (("servir", "--port", "abc"), 2, "Valeur refusée"),
        (("restaurer", "/nulle/part"), 2, "« /nulle/part » n'existe pas."),
        (("--version",), 0, "Maillage"),
    ],
)
def test_codes_de_sortie(arguments: tuple[str, ...], code: int, phrase: str) -> None:
    resultat = lancer(*arguments)
    assert resultat.exit_code == code
    assert phrase in resultat.output


def test_click_dit_encore_ce_que_nous_traduisons() -> None:
    sources = "".join(Path(module.__file__).read_text() for module in francais.MODULES)
    for message in francais.MESSAGES:
        assert f'"{message}"' in sources, f"click ne dit plus {message!r}"


def test_conduire_la_base(instance: Serveur) -> None:
    assert lancer("base", "etat").exit_code == 1
    assert "créée" in lancer("base", "creer").output
    assert "existait" in lancer("base", "creer").output
    assert "démarrée" in lancer("base", "demarrer").output
    assert "tournait déjà" in lancer("base", "demarrer").output
    assert lancer("base", "etat").exit_code == 0
    assert lancer("base", "url").output.strip() == instance.url()
    assert "arrêtée" in lancer("base", "arreter").output
    assert "ne tournait pas" in lancer("base", "arreter").output


def test_la_base_d_autrui_ne_se_conduit_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ailleurs/base")
    resultat = lancer("base", "demarrer")
    assert resultat.exit_code == 1
    assert "DATABASE_URL" in resultat.output


def test_une_erreur_de_la_base_tient_en_une_phrase(monkeypatch: pytest.MonkeyPatch) -> None:
    def echouer() -> bool:
        raise ErreurEmbarque("Le dossier est fermé.")

    monkeypatch.setattr(exploitation, "demarrer_base", echouer)
    resultat = lancer("migrer")
    assert resultat.exit_code == 1
    assert resultat.output == "Erreur : Le dossier est fermé.\n"


def test_servir_refuse_une_base_en_retard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exploitation, "demarrer_base", lambda: False)
    monkeypatch.setattr(exploitation, "migrations_manquantes", lambda: {("socle", "0009")})
    resultat = lancer("servir")
    assert resultat.exit_code == 1
    assert "maillage migrer" in resultat.output


def test_gerer_passe_la_commande_a_django() -> None:
    assert "check" in lancer("gerer", "help").output


def test_la_demonstration_ne_touche_pas_une_vraie_instance(
    instance: Serveur, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance.creer()
    resultat = lancer("demo", f"--port={port_libre()}", "--donnees", str(instance.racine))
    assert resultat.exit_code == 1
    assert "n'est pas une démonstration" in resultat.output


def test_un_port_pris_est_dit() -> None:
    import socket

    with socket.socket() as pris:
        pris.bind(("127.0.0.1", 0))
        pris.listen()
        port = pris.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"Le port {port} est déjà pris"):
            demonstration._verifier_port(port)
