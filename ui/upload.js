// Sends one file straight to the server's route and tells how far it is; the page hears of it only when it has arrived.
(() => {
  const all = document.querySelectorAll(".asn-upload");
  const root = all[all.length - 1];
  const data = JSON.parse(root.dataset.words);
  const find = (name) => root.querySelector(name);
  const box = find(".box"), input = find("input"), state = find(".state"), told = find(".told"), done = find(".done");
  find(".prompt").textContent = data.prompt;
  find(".hint").textContent = data.hint;
  let running = null;

  const tell = (text, share, failed) => {
    state.hidden = false;
    told.textContent = text;
    told.className = failed ? "told failed" : "told";
    done.style.width = `${Math.round(share * 100)}%`;
  };

  const send = (file) => {
    if (running || !file) return;
    running = new XMLHttpRequest();
    box.setAttribute("aria-disabled", "true");
    running.upload.onprogress = (event) => {
      const share = event.lengthComputable ? event.loaded / event.total : 0;
      tell(data.sending.replace("%s", file.name).replace("%p", Math.floor(share * 100)), share, false);
    };
    const ended = (text, failed) => {
      running = null;
      box.removeAttribute("aria-disabled");
      tell(text, failed ? 0 : 1, failed);
    };
    running.onload = () => {
      let answer = {};
      try { answer = JSON.parse(running.responseText); } catch (_error) { answer = { error: data.failed }; }
      if (!answer.folder) return ended(answer.error || data.failed, true);
      ended(data.done.replace("%s", answer.name), false);
      document.querySelector(".st-key-asn_upload_arrived button").click();
    };
    running.onerror = () => ended(data.failed, true);
    running.open("POST", data.address);
    running.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    running.send(file);
  };

  input.onchange = () => { send(input.files[0]); input.value = ""; };
  box.ondragover = (event) => { event.preventDefault(); box.classList.add("over"); };
  box.ondragleave = () => box.classList.remove("over");
  box.ondrop = (event) => { event.preventDefault(); box.classList.remove("over"); send(event.dataTransfer.files[0]); };
})();
