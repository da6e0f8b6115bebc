// Fetches or gives back the session's cookie, keeps the language, or clears the screen once the session has ended.
// What to do stands in the element beside this script: its text must always be the same, because the page runs no script
// but those whose fingerprint the server has sent.
(() => {
  const door = document.currentScript.parentNode.querySelector(".asn-door");
  const { act, path, ticket, cookie, failed, seconds, farewell } = door.dataset;
  const tell = () => { door.textContent = failed; };
  // A page that is just signing out goes away by itself, with its farewell.
  const clear = () => setTimeout(() => { if (door.isConnected) location.reload(); }, 3000);
  const look = () => {
    if (!door.isConnected) return clearInterval(watch);
    fetch(path).then((a) => { if (a.status === 205) clear(); }).catch(() => {});
  };
  let watch = null;
  if (act === "enter") {
    fetch(path, { method: "POST", body: ticket }).then((a) => (a.ok ? location.reload() : tell())).catch(tell);
  } else if (act === "leave") {
    const away = () => location.replace(`${location.pathname}?${farewell}`);
    fetch(path, { method: "POST" }).then(away).catch(() => {});
  } else if (act === "watch") {
    watch = setInterval(look, seconds * 1000);
  } else if (act === "language") {
    document.cookie = cookie + (location.protocol === "https:" ? "; Secure" : "");
  }
})();
