/* Une touche va au champ ou joue le bouton qui la porte (data-raccourci) : « / » cherche, « n » note.
   Chacun peut les couper (WCAG 2.1.4). */
const CLE = "maillage:raccourcis";
const activer = (cible) =>
  cible.matches("input, select, textarea") ? cible.focus() : cible.click();

const actifs = () => localStorage.getItem(CLE) !== "non";
const enSaisie = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

document.addEventListener("keydown", (evenement) => {
  if (evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  if (!actifs() || enSaisie(evenement.target)) return;
  const cible = document.querySelector(`[data-raccourci="${CSS.escape(evenement.key)}"]`);
  if (!cible) return;
  evenement.preventDefault();
  activer(cible);
});

/* Un menu ouvert se referme par Échap ou d'un clic ailleurs. */
function refermer(sauf) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== sauf) menu.open = false;
  }
}

document.addEventListener("click", (evenement) => refermer(evenement.target.closest("details.menu")));
document.addEventListener("keydown", (evenement) => {
  if (evenement.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  refermer(null);
  menu?.querySelector("summary").focus();
});

const reglage = document.querySelector("[data-reglage-raccourcis]");
if (reglage) {
  const caseACocher = reglage.querySelector("input");
  reglage.hidden = false;
  caseACocher.checked = actifs();
  caseACocher.addEventListener("change", () =>
    localStorage.setItem(CLE, caseACocher.checked ? "oui" : "non"),
  );
}
