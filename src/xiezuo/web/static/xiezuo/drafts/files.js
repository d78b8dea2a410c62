/* Files of a form are sent as soon as they are chosen; without a network they wait on this device, encrypted. */
(function () {
  "use strict";
  const { told, make, button, say } = window.draftSaying;
  const device = window.draftDevice;
  const house = window.draftHouse;

  class DraftFiles {
    constructor(drafted) {
      this.drafted = drafted;
      this.shown = [];
      this.inputs = Array.from(drafted.form.querySelectorAll("input[type=file]:not([data-sends])"));
      this.inputs.forEach((input) => {
        input.dataset.needed = input.required ? "yes" : "";
        input.addEventListener("change", () => this.chosen(input));
      });
    }

    list(input) {
      let list = input.parentElement.querySelector("ul.draft-files");
      if (!list) {
        list = make("ul", "draft-files");
        input.insertAdjacentElement("afterend", list);
      }
      return list;
    }

    show(input) {
      const rows = this.shown.filter((row) => row.field === input.name);
      input.required = Boolean(input.dataset.needed) && !rows.length;
      this.list(input).replaceChildren(...rows.map((row) => {
        const li = make("li", "", row.words ? `${row.name} · ${row.words}` : row.name);
        li.appendChild(button(told.remove, () => this.remove(row, input)));
        return li;
      }));
    }

    inputOf(field) { return this.inputs.find((input) => input.name === field); }

    set(row, words) {
      row.words = words;
      const input = this.inputOf(row.field);
      if (input) this.show(input);
    }

    async chosen(input) {
      for (const file of Array.from(input.files)) {
        const row = { id: device.newId(), field: input.name, name: file.name, type: file.type, words: told.fileComes };
        const bytes = new Uint8Array(await file.arrayBuffer());
        const held = await device.keepFile({ id: row.id, key: this.drafted.key, place: this.drafted.place, field: row.field, name: row.name, type: row.type }, bytes);
        if (!held) row.bytes = bytes;
        this.shown.push(row);
        this.show(input);
      }
      input.value = "";
      this.show(input);
      this.drafted.changed(); // a file alone is worth a draft, by which it is found again
      this.send();
    }

    /* What waits goes to the house, one after another. Gives false while the network is away. */
    async send() {
      if (this.sending) return this.sending;
      this.sending = this.sendAll();
      const all = await this.sending;
      this.sending = null;
      return all;
    }

    async sendAll() {
      for (const row of this.shown.filter((one) => !one.key)) {
        if (!(await this.drafted.save(true))) { this.set(row, told.fileWaits); return false; }
        const bytes = row.bytes || (await this.bytesOf(row));
        if (!bytes) { this.gone(row); continue; }
        const file = new File([bytes], row.name, { type: row.type });
        const answer = await house.addFile(this.drafted.key, row.field, file);
        if (answer.is === "ok") {
          row.key = answer.key;
          this.set(row, "");
          device.forgetFile(row.id);
        } else if (answer.is === "refused" && answer.words) {
          device.forgetFile(row.id);
          this.gone(row);
          say(this.drafted.line, "wait", `${row.name}: ${answer.words}`);
        } else {
          this.set(row, told.fileWaits);
          return false;
        }
      }
      return true;
    }

    async bytesOf(row) {
      const held = (await device.files()).find((one) => one.id === row.id);
      return held ? device.openFile(held) : null;
    }

    gone(row) {
      this.shown = this.shown.filter((one) => one !== row);
      const input = this.inputOf(row.field);
      if (input) this.show(input);
    }

    async remove(row, input) {
      this.gone(row);
      device.forgetFile(row.id);
      if (row.key) await house.dropFile(this.drafted.key, row.key);
      input.focus();
    }

    /* When the page is opened again: what the house has, and what still waits on this device. */
    async putBack(fromHouse) {
      if (!this.inputs.length) return;
      fromHouse.forEach((row) => this.shown.push({ key: row.key, field: row.field, name: row.name, words: "" }));
      (await device.files()).filter((row) => row.key === this.drafted.key).forEach((row) =>
        this.shown.push({ id: row.id, field: row.field, name: row.name, type: row.type, words: told.fileWaits }));
      this.inputs.forEach((input) => this.show(input));
      if (this.shown.some((row) => !row.key)) this.send();
    }

    async forgetAll() {
      this.shown.filter((row) => row.id).forEach((row) => device.forgetFile(row.id));
      this.shown = [];
      this.inputs.forEach((input) => this.show(input));
    }
  }

  window.DraftFiles = DraftFiles;
})();
