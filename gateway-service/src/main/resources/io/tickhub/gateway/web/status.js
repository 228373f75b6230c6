// Services, lag and dead letters.

import { clock, duration, element, grouped } from './format.js';

const EACH = 2_000;
const at = id => document.getElementById(id);

export class Status {
  #shown = false;
  #letters = null;

  begin() {
    this.#look();
    setInterval(() => this.#look(), EACH);
  }

  show(shown) {
    this.#shown = shown;
    if (shown) this.#look();
  }

  async #look() {
    // The badge needs less.
    if (document.hidden || (!this.#shown && Math.random() > 0.25 && this.#letters !== null)) return;
    try {
      const answer = await fetch('/api/services');
      if (answer.ok) this.#draw(await answer.json());
      else this.#fail((await answer.json()).detail);
    } catch {
      this.#fail('the gateway does not answer');
    }
  }

  #fail(why) {
    if (this.#shown) at('cards').replaceChildren(this.#card('Gateway', 'away', why, 'bad'));
  }

  #draw(status) {
    this.#letters = status.deadLetters?.open ?? 0;
    const bad = status.instances.filter(found => !found.alive).length + (status.hub ? 0 : 1);
    const badge = at('status-badge');
    badge.hidden = !bad;
    badge.textContent = bad || '';
    badge.title = bad ? 'something is wrong' : '';
    if (!this.#shown) return;
    const lag = status.lag;
    const hubs = status.instances.filter(found => found.role === 'hub' && found.alive).length;
    at('cards').replaceChildren(
      this.#card('Hubs', String(hubs), hubs ? 'serve subscriptions and requests' : 'prices stand still', hubs ? 'good' : 'bad'),
      this.#card('Hub lag', lag ? grouped(String(lag.hubs)) : '–', 'ticks not forwarded yet'),
      this.#card('Aggregator lag', lag ? grouped(String(lag.aggregators)) : '–', 'ticks not counted yet'),
      this.#card('Dead letters', status.deadLetters ? grouped(String(status.deadLetters.open)) : '–',
        status.deadLetters?.exact === false ? 'records, too many to be read' : 'open', this.#letters ? 'bad' : ''),
      this.#card('Live streams', String(status.gateway.streams), 'of this gateway'));
    at('instances').replaceChildren(...status.instances.map(found => this.#instance(found, status.time)));
    this.#drawLetters(status.deadLetters);
  }

  #instance(found, now) {
    const row = element('tr');
    const kind = !found.alive ? 'bad' : found.state === 'RUNNING' ? 'good' : 'warn';
    row.append(
      element('td', '', found.instance), element('td', '', found.role),
      element('td', `state ${kind}`, found.alive ? found.state.toLowerCase() : 'silent: gone, or held up'),
      element('td', '', found.version),
      element('td', 'num', duration(Date.parse(now) - Date.parse(found.startedAt))),
      element('td', 'num', `${Math.max(0, (Date.parse(now) - Date.parse(found.heardAt)) / 1000).toFixed(1)} s ago`));
    return row;
  }

  #drawLetters(letters) {
    const hint = at('letters-hint');
    at('letters-box').hidden = !letters?.newest.length;
    if (!letters) hint.textContent = 'Not known: the cluster did not tell.';
    else if (!letters.open) hint.textContent = 'None: every tick and command could be used.';
    else hint.replaceChildren('The newest ones. ', element('code', '', './tickhub dlq show NUMBER'), ' shows a letter whole; ',
      element('code', '', './tickhub dlq replay NUMBER'), ' sends it again.');
    at('letters').replaceChildren(...(letters?.newest ?? []).map(letter => {
      const row = element('tr');
      const detail = element('td', 'text', letter.detail);
      detail.title = letter.detail;
      row.append(element('td', 'num', String(letter.number)), element('td', '', clock(letter.time)),
        element('td', '', letter.reason), element('td', '', letter.source), detail);
      return row;
    }));
  }

  #card(name, value, text, kind = '') {
    const card = element('div', `card ${kind}`);
    card.append(element('p', '', name), element('strong', '', value), element('p', '', text));
    return card;
  }
}
