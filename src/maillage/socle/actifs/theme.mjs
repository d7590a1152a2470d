/* Clair, sombre ou selon l'appareil : chargé avant le premier rendu, pour ne pas clignoter. */
const CLE = "maillage:theme";
const racine = document.documentElement;

function appliquer(choix) {
  if (choix === "light" || choix === "dark") {
    racine.dataset.bsTheme = choix;
  } else {
    delete racine.dataset.bsTheme;
  }
}

function marquer(groupe, choix) {
  for (const bouton of groupe.querySelectorAll("[data-theme-choix]")) {
    bouton.setAttribute("aria-pressed", String(bouton.dataset.themeChoix === choix));
  }
}

appliquer(localStorage.getItem(CLE));

function installer() {
  const groupe = document.querySelector("[data-bascule-theme]");
  if (!groupe) return;
  groupe.hidden = false;
  marquer(groupe, localStorage.getItem(CLE) ?? "auto");
  groupe.addEventListener("click", (evenement) => {
    const choix = evenement.target.closest("[data-theme-choix]")?.dataset.themeChoix;
    if (!choix) return;
    localStorage.setItem(CLE, choix);
    appliquer(choix);
    marquer(groupe, choix);
  });
}

/* Selon le réseau, le module arrive avant ou après la fin de la page. */
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", installer);
else installer();
