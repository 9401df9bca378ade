// “Why?” opens the page of grounds in a panel beside what is read; the link stays a link.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.why");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    const panel = document.getElementById("panel");
    if (!link || !plain || !panel || panel.contains(link)) return;
    event.preventDefault();
    const content = document.getElementById("panel-content");
    content.replaceChildren();
    const source = { target: content, select: "#grounds", swap: "innerHTML" };
    htmx.ajax("GET", link.href, source).then(() => {
      if (!content.firstElementChild) location.assign(link.href); // an error has a page of its own
      else if (!panel.open) panel.showModal();
    });
  });
  document.addEventListener("click", (event) => {
    if (event.target.id === "panel") event.target.close(); // the backdrop
  });
})();
