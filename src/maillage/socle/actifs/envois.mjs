/* Un formulaire ne part qu'une fois : le second clic attend la réponse du premier. */
document.addEventListener("submit", (evenement) => {
  const formulaire = evenement.target;
  if (evenement.defaultPrevented || formulaire.method !== "post") return;
  if (formulaire.ariaBusy === "true") {
    evenement.preventDefault();
    return;
  }
  formulaire.ariaBusy = "true";
});

/* Retour en arrière : la page sort du cache, le formulaire redevient disponible. */
window.addEventListener("pageshow", () => {
  for (const formulaire of document.querySelectorAll('form[aria-busy="true"]')) {
    formulaire.ariaBusy = null;
  }
});

document.addEventListener("htmx:afterRequest", (evenement) => {
  const formulaire = evenement.target.closest?.("form");
  if (formulaire) formulaire.ariaBusy = null;
});
