/* One form that keeps itself: on this device with every key, at the house a moment later, and sent once. */
(function () {
  "use strict";
  const device = window.draftDevice;
  const house = window.draftHouse;
  const { told, at, line, say, button, note, link } = window.draftSaying;
  const { entries, grouped, lists, fill, hidden, same } = window.draftFilling;
  const A_MOMENT = 700;
  const A_WHILE = 5000;

  class Drafted {
    constructor(form) {
      this.form = form;
      this.field = form.querySelector("input[name=draft_key]") || form.appendChild(hidden("draft_key", form.dataset.draft));
      this.key = this.fresh = this.field.value;
      this.url = this.field.dataset.keepUrl || form.dataset.keepUrl || "";
      this.place = this.field.dataset.place || "";
      this.ownWay = "ownWay" in this.field.dataset || Boolean(form.dataset.draft);
      this.answered = "answered" in this.field.dataset || form.hasAttribute("data-answered");
      this.opening = device.newId();
      this.base = null;
      this.unsaved = false;
      this.line = null;
      this.part = () => (form.dataset.refresh ? document.getElementById(form.dataset.refresh) : null);
      this.first = entries(form);
      this.files = device.member ? null : new window.DraftFiles(this);
      if (this.ownWay) this.line = line(form);
      form.addEventListener("input", (event) => this.typed(event));
      form.addEventListener("change", (event) => this.typed(event));
      form.addEventListener("click", (event) => { this.pressed = event.target.closest("button[type=submit], button:not([type])") || this.pressed; });
      form.addEventListener("submit", (event) => this.submitted(event));
    }

    get id() { return `${this.key}|${this.opening}`; }

    facts() {
      const named = (name) => { const el = this.form.querySelector(`input[name=${name}]`); return el ? el.value : ""; };
      return {
        draft_opening: this.opening, draft_base: this.base, draft_title: document.title.slice(0, 200),
        draft_page: named("draft_page") || location.pathname + location.search, draft_form: named("draft_form"),
      };
    }

    tell(kind, words) {
      this.line = this.line || line(this.form);
      say(this.line, kind, device.works || kind === "ok" ? words : told.full);
    }

    typed(event) {
      if (event && event.target.type === "file") return;
      this.changed();
    }

    changed() {
      if (this.leaving) return;
      this.unsaved = true;
      this.keepHere();
      if (device.member) return;
      if (!this.line || !this.line.textContent) this.tell("ok", told.begin);
      this.later(A_MOMENT);
    }

    keepHere(sent) {
      const facts = { id: this.id, key: this.key, opening: this.opening, base: this.base, place: this.place, url: this.url, more: this.facts() };
      this.copy = device.keep(Object.assign(facts, sent ? { sent: true } : {}), entries(this.form));
    }

    later(time) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => (this.wanted ? this.send(this.wanted.pressed) : this.save()), time);
    }

    /* Gives what the house said; one saying follows another. `always`: also when nothing has changed. */
    async save(always) {
      while (this.saving) await this.saving;
      if (device.member || this.leaving || (!always && !this.unsaved)) return true;
      const words = entries(this.form);
      const asked = house.keep(this.url, words, this.facts());
      this.saving = asked.catch(() => null);
      const answer = await asked;
      this.saving = null;
      return this.heard(answer, words);
    }

    heard(answer, words) {
      this.last = answer.is;
      if (answer.is === "ok" || answer.is === "elsewhere") {
        if (answer.is === "elsewhere") this.moveTo(answer.key);
        this.base = answer.revision;
        const unchanged = same(grouped(entries(this.form)), grouped(words));
        if (unchanged) { this.unsaved = false; device.forget(this.id); if (this.was) device.forget(this.was); }
        this.tell(answer.is === "ok" ? "ok" : "wait", answer.is === "ok" ? at(told.kept, answer.saved) : `${answer.words} ${told.twice}`);
        if (!unchanged) this.later(A_MOMENT);
        return true;
      }
      if (answer.is === "done") { this.arrived(answer.done); return true; }
      const kinds = { loggedOut: told.loggedOut, otherLogin: told.otherLogin, noNetwork: this.wanted ? told.waits : told.offline };
      this.tell("wait", kinds[answer.is] || told.failed);
      if (answer.is === "noNetwork") this.later(A_WHILE);
      return false;
    }

    /* From now on these words have a key of their own: in the form, in its addresses, and in that of the page. */
    moveTo(key) {
      const before = this.key;
      if (key === before) return;
      const renamed = (address) => address.split(before).join(key);
      this.was = this.id;
      this.key = this.field.value = key;
      this.url = renamed(this.url);
      const action = this.form.getAttribute("action");
      if (action) this.form.setAttribute("action", renamed(action));
      const page = this.form.querySelector("input[name=draft_page]");
      if (page) page.value = renamed(page.value);
      if (location.search.includes(before)) history.replaceState(null, "", renamed(location.pathname + location.search));
      if (this.unsaved) this.keepHere();
    }

    arrived(address) {
      this.unsaved = false;
      device.forget(this.id);
      this.tell("ok", told.arrived);
      if (this.wanted || this.going) { this.leaving = true; location.href = address; return; }
      if (address) this.said = note(this.form, "ok", told.arrived, [link(told.see, address)]);
    }

    /* ── sending ── */

    submitted(event) {
      const button_ = event.submitter || this.pressed;
      this.pressed = null;
      if (button_ && button_.name === "do" && this.part()) {
        event.preventDefault();
        window.draftParts.change(this, button_.value);
        return;
      }
      if (this.leaving || this.going || this.doubtful()) {
        event.preventDefault();
        if (!this.leaving && !this.going) this.send(button_);
        return;
      }
      this.departs();
    }

    /* Whether it is better to ask the house first than to send the form into a dead line. */
    doubtful() {
      const waits = this.files && this.files.shown.some((row) => !row.key);
      return navigator.onLine === false || Boolean(this.changing) || waits || !["", "ok", "done", undefined].includes(this.last);
    }

    /* Everything is put down first; without a network the form waits and goes by itself when it is back. */
    async send(pressed) {
      this.going = true;
      this.wanted = null;
      this.last = "";
      clearTimeout(this.timer);
      if (this.changing) await this.changing;
      this.unsaved = true;
      this.keepHere();
      const key = this.key;
      const files = !this.files || (await this.files.send());
      const there = await this.save(true);
      if (this.leaving) return;
      if (device.member && navigator.onLine === false) this.last = "noNetwork";
      const lost = this.last === "noNetwork" || (!files && this.last !== "loggedOut");
      if (lost || this.last === "elsewhere" || this.last === "otherLogin" || key !== this.key) {
        this.going = false;
        if (lost) { this.wanted = { pressed }; this.tell("wait", told.waits); this.later(A_WHILE); }
        return;
      }
      this.departs();
      if (pressed && pressed.name) this.carry(pressed.name, pressed.value);
      const address = pressed && pressed.getAttribute("formaction");
      if (address) this.form.setAttribute("action", address);
      HTMLFormElement.prototype.submit.call(this.form);
    }

    /* The copy on this device stays until the next page says that the form has arrived. */
    departs() {
      this.keepHere(true);
      this.leaving = true;
      clearTimeout(this.timer);
      this.carry("draft_opening", this.opening);
      this.carry("draft_base", this.base === null ? "" : this.base);
    }

    carry(name, value) { (this.carried = this.carried || []).push(this.form.appendChild(hidden(name, value))); }

    /* The network is back. */
    again() {
      if (this.wanted && !this.going) this.send(this.wanted.pressed);
      else if (this.unsaved) this.save();
      else if (this.files) this.files.send();
    }

    leaves() {
      if (this.leaving || !this.unsaved) return;
      this.keepHere();
      if (this.url) house.keepLeaving(this.url, entries(this.form), this.facts());
    }

    comesBack() {
      this.leaving = this.going = false;
      (this.carried || []).forEach((el) => el.remove());
    }

    /* ── putting back ── */

    /* `rows`: what the house and this device have for this form, the latest first. */
    offer(rows) {
      if (this.answered || !rows.length) return;
      if (this.unsaved) { this.said = note(this.form, "", told.waiting, [], this.lines(rows, [])); return; }
      const asked = new URLSearchParams(location.search).get("draft");
      const chosen = rows.find((row) => row.key === asked) || rows[0];
      this.take(chosen, rows.filter((row) => row !== chosen));
    }

    lines(rows, more) {
      return rows.map((row) => [`${at(told.other, row.saved)}: ${this.glimpse(row)}`, [button(told.putBack, async () => {
        if (await this.save()) this.take(row, [...more, ...rows.filter((one) => one !== row)]);
      })]]);
    }

    differsFrom(row) { return !same(lists(row.answers), grouped(this.first)); }

    take(row, others) {
      const differs = this.differsFrom(row);
      this.moveTo(row.key);
      this.base = row.revision === undefined ? row.base : row.revision;
      fill(this.form, row.answers, this.part());
      if (row.id) { this.unsaved = true; this.was = row.id; this.keepHere(); this.later(A_MOMENT); }
      if (this.part()) window.draftParts.change(this, "refresh");
      if (this.files && row.files) this.files.putBack(row.files);
      if (this.said) this.said.remove();
      if (!differs && !others.length) return;
      this.tell("ok", at(told.kept, row.saved));
      this.said = note(this.form, "ok", at(told.restored, row.saved), [
        button(told.throw, () => this.throwAway()),
        ...(this.ownWay ? [] : [button(told.afresh, () => this.beginEmpty())]),
      ], this.lines(others, [row]));
    }

    glimpse(row) {
      const text = Object.values(lists(row.answers)).flat().sort((one, other) => other.length - one.length)[0] || "";
      return text.length > 60 ? `${Array.from(text).slice(0, 60).join("")}…` : text;
    }

    beginEmpty() {
      device.forget(this.id);
      this.unsaved = false;
      this.moveTo(this.fresh === this.key ? device.newId() : this.fresh);
      this.base = null;
      fill(this.form, grouped(this.first), this.part());
      if (this.files) this.files.forgetAll();
      if (this.said) this.said.remove();
      this.tell("ok", told.begin);
    }

    async throwAway() {
      const key = this.key;
      const answer = device.member ? { is: "ok" } : await house.drop(key);
      if (answer.is !== "ok") { this.tell("wait", told.offline); return; }
      device.forgetKey(key);
      this.unsaved = false;
      if (this.ownWay) location.href = location.pathname;
      else this.beginEmpty();
    }
  }

  window.Drafted = Drafted;
})();
