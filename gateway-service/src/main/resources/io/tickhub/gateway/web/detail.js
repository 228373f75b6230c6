// One symbol: its statistics, its chart, its trades.

import { Candles, Chart } from './candles.js';
import { change } from './table.js';
import { clock, clockMillis, compact, direction, element, grouped, minus, percent, places, rounded, sign, signed } from './format.js';

const INTERVALS = [['1s', 1], ['1m', 60], ['5m', 300], ['1h', 3600], ['1d', 86400]];
const BARS = 300;
const TRADES = 80;
const at = id => document.getElementById(id);

export class Detail extends EventTarget {
  symbol = null;
  #market;
  #chart = new Chart(at('chart'), at('reading'));
  #seconds = INTERVALS.find(([, seconds]) => seconds === Number(localStorage.getItem('tickhub.interval')))?.[1] ?? 1;
  #ticks = [];
  #candles = null;
  #barred = false;
  #began = null;
  #pending = [];
  #frame = 0;

  constructor(market) {
    super();
    this.#market = market;
    market.addEventListener('tick', event => this.#add(event.detail));
    market.addEventListener('quote', event => { if (event.detail === this.symbol) this.#later(); });
    market.addEventListener('again', event => { if (event.detail === this.symbol) this.#beginAgain(); });
    // The bars of the time in which nobody looked.
    document.addEventListener('visibilitychange', () => { if (!document.hidden && this.symbol) this.#restart(); });
    at('detail-close').addEventListener('click', () => this.dispatchEvent(new Event('close')));
    for (const [name, seconds] of INTERVALS) {
      const button = element('button', '', name);
      button.type = 'button';
      button.dataset.seconds = seconds;
      button.addEventListener('click', () => this.#choose(seconds));
      at('intervals').append(button);
    }
    this.#markInterval();
  }

  async open(symbol) {
    this.symbol = symbol;
    this.#forget();
    this.#begin([]);
    at('detail-symbol').textContent = symbol;
    at('detail-last').textContent = at('detail-change').textContent = at('origin').textContent = at('reading').textContent = '';
    at('facts').replaceChildren();
    this.#market.watch(symbol);
    const before = await this.#market.ticks([symbol], 5_000).catch(() => []);
    if (this.symbol !== symbol) return;
    const known = this.#ticks;
    this.#forget();
    const first = known[0]?.offset ?? Infinity;
    [...before.filter(tick => tick.offset < first), ...known].forEach(tick => this.#take(tick));
    this.#restart();
    this.#later();
  }

  #forget() {
    this.#ticks = [];
    this.#pending = [];
    this.#began = null;
    at('tape').replaceChildren();
  }

  #beginAgain() {
    this.#forget();
    at('detail-last').textContent = at('detail-change').textContent = '';
    this.#restart();
  }

  close() {
    this.symbol = null;
    this.#market.watch(null);
  }

  restyle() {
    this.#chart.restyle();
  }

  #add(tick) {
    if (tick.symbol !== this.symbol) return;
    this.#take(tick);
    this.#candles.add(tick);
    this.#later();
  }

  #take(tick) {
    const last = this.#ticks[this.#ticks.length - 1];
    if (last && last.offset >= tick.offset) return;
    this.#began ??= tick.timestamp;
    this.#ticks.push(tick);
    if (this.#ticks.length > 20_000) this.#ticks.splice(0, 5_000);
    this.#pending.push([tick, last ? sign(minus(tick.price, last.price)) : 0]);
    if (this.#pending.length > TRADES) this.#pending.shift();
  }

  /** Of the ticks that are here at once, and of the bars when they have come. */
  async #restart() {
    const [symbol, seconds] = [this.symbol, this.#seconds];
    this.#begin([]);
    const name = INTERVALS.find(([, length]) => length === seconds)[0];
    const bars = await this.#market.bars(symbol, name, BARS).catch(() => []);
    if (this.symbol === symbol && this.#seconds === seconds && bars.length) this.#begin(bars);
  }

  #begin(bars) {
    this.#candles = new Candles(this.#seconds, bars);
    this.#barred = bars.length > 0;
    this.#ticks.forEach(tick => this.#candles.add(tick));
    this.#later();
  }

  #choose(seconds) {
    this.#seconds = seconds;
    localStorage.setItem('tickhub.interval', seconds);
    this.#markInterval();
    this.#restart();
    this.#later();
  }

  #markInterval() {
    for (const button of at('intervals').children) {
      button.setAttribute('aria-pressed', String(Number(button.dataset.seconds) === this.#seconds));
    }
  }

  #later() {
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  #draw() {
    const quote = this.#market.quotes.get(this.symbol);
    if (!quote) return;
    if (quote.tick) at('detail-last').textContent = grouped(quote.tick.price, 2);
    const moved = change(quote);
    if (moved !== null) {
      at('detail-change').className = `delta ${direction(sign(moved))}`;
      at('detail-change').textContent = `${signed(moved)}  ${percent(moved, quote.stats.openPrice).replace('-', '−')}`;
    }
    this.#drawFacts(quote);
    this.#drawTape();
    at('origin').textContent = this.#barred || !this.#began ? '' : `Candles of the ticks that this page has got, since ${clock(this.#began)}`;
    this.#chart.show(this.#candles);
  }

  #drawFacts({ stats, tick, rate }) {
    if (!stats?.count) return;
    const count = Math.max(2, places(tick?.price ?? ''));
    const facts = [
      ['Open', grouped(stats.openPrice, 2)], ['High', grouped(stats.maxPrice, 2)], ['Low', grouped(stats.minPrice, 2)],
      ['VWAP', stats.vwap ? rounded(stats.vwap, count + 2) : '–'], ['Average', rounded(stats.avgPrice, count + 2)],
      ['Std. deviation', rounded(stats.stdDev, count + 2)], ['Volume', compact(stats.volume)],
      ['Ticks', grouped(String(stats.count))], ['Ticks/s', rate === null ? '–' : rate.toFixed(1)],
    ];
    if (stats.rejected) facts.push(['Rejected', grouped(String(stats.rejected))]);
    if (stats.missed) facts.push(['Missed', grouped(String(stats.missed))]);
    const list = at('facts');
    if (list.children.length !== facts.length) {
      list.replaceChildren(...facts.map(([name]) => {
        const fact = element('div');
        fact.append(element('dt', '', name), element('dd'));
        return fact;
      }));
    }
    facts.forEach(([, value], i) => {
      const shown = list.children[i].lastElementChild;
      if (shown.textContent !== value) shown.textContent = value;
    });
  }

  #drawTape() {
    const rows = this.#pending.splice(0).reverse().map(([tick, moved]) => {
      const row = element('tr');
      row.append(
        element('td', '', clockMillis(tick.timestamp)),
        element('td', `num ${direction(moved)}`, grouped(tick.price, 2)),
        element('td', 'num', compact(tick.volume)));
      return row;
    });
    if (!rows.length) return;
    const tape = at('tape');
    tape.prepend(...rows);
    while (tape.children.length > TRADES) tape.lastElementChild.remove();
  }
}
