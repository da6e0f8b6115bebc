// Fetches or gives back the session's cookie, or keeps the language. What to do stands in the element beside this script:
// its text must always be the same, because the page runs no script but those whose fingerprint the server has sent.
(() => {
  const door = document.currentScript.parentNode.querySelector(".asn-door");
  const { act, path, ticket, cookie, failed } = door.dataset;
  const tell = () => { door.textContent = failed; };
  if (act === "enter") {
    fetch(path, { method: "POST", body: ticket }).then((a) => (a.ok ? location.reload() : tell())).catch(tell);
  } else if (act === "leave") {
    fetch(path, { method: "POST" }).catch(() => {});
  } else {
    document.cookie = cookie + (location.protocol === "https:" ? "; Secure" : "");
  }
})();
