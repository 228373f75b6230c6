// The table of symbols. Changes are collected and drawn once per frame.

import { compact, direction, element, grouped, minus, percent, places, rounded, sign, signed } from './format.js';
import { Spark } from './spark.js';

const by = {
  symbol: quote => quote.symbol,
  last: quote => Number(quote.tick?.price ?? NaN),
  change: quote => (quote.stats ? Number(change(quote)) / Number(quote.stats.openPrice) : NaN),
  vwap: quote => Number(quote.stats?.vwap ?? NaN),
  volume: quote => Number(quote.stats?.volume ?? NaN),
  rate: quote => quote.rate ?? NaN,
};

export const change = quote =>
  quote.tick && quote.stats?.openPrice ? minus(quote.tick.price, quote.stats.openPrice) : null;

export class Table extends EventTarget {
  #market;
  #rows = new Map();
  #body = document.getElementById('rows');
  #filter = document.getElementById('filter');
  #dirty = new Set();
  #frame = 0;
  #sort = { key: 'symbol', descending: false };
  #selected = null;

  constructor(market) {
    super();
    this.#market = market;
    market.addEventListener('symbols', () => this.#arrange());
    market.addEventListener('quote', event => this.#touch(event.detail));
    market.addEventListener('again', event => this.#beginAgain(event.detail));
    this.#filter.addEventListener('input', () => this.#arrange());
    for (const head of document.querySelectorAll('#table th[data-sort]')) {
      head.querySelector('button').addEventListener('click', () => this.#sortBy(head.dataset.sort));
    }
    this.#body.addEventListener('click', event => this.#onClick(event));
    this.#body.addEventListener('keydown', event => this.#onKey(event));
    setInterval(() => { if (this.#sort.key !== 'symbol') this.#arrange(); }, 2_000);
    this.#markSort();
  }

  select(symbol) {
    if (this.#selected) this.#rows.get(this.#selected)?.row.setAttribute('aria-selected', 'false');
    this.#selected = symbol;
    if (symbol) this.#rows.get(symbol)?.row.setAttribute('aria-selected', 'true');
  }

  focus(symbol) {
    this.#rows.get(symbol)?.row.focus();
  }

  focusFirst() {
    this.#body.querySelector('tr')?.focus();
  }

  #sortBy(key) {
    const descending = this.#sort.key === key ? !this.#sort.descending : key !== 'symbol';
    this.#sort = { key, descending };
    this.#markSort();
    this.#arrange();
  }

  #markSort() {
    for (const head of document.querySelectorAll('#table th[data-sort]')) {
      if (head.dataset.sort === this.#sort.key) {
        head.setAttribute('aria-sort', this.#sort.descending ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    }
  }

  #arrange() {
    const quotes = this.#market.quotes;
    for (const [symbol, cells] of this.#rows) {
      if (!quotes.has(symbol)) {
        cells.row.remove();
        this.#rows.delete(symbol);
      }
    }
    const wanted = this.#filter.value.trim().toLowerCase();
    const value = by[this.#sort.key];
    const turn = this.#sort.descending ? -1 : 1;
    const shown = [...quotes.values()]
      .filter(quote => quote.symbol.toLowerCase().includes(wanted))
      .sort((a, b) => {
        const [x, y] = [value(a), value(b)];
        if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y);
        return turn * (x < y ? -1 : x > y ? 1 : 0) || (a.symbol < b.symbol ? -1 : 1);
      });
    const focused = document.activeElement;
    const order = shown.map(quote => this.#cells(quote).row);
    if (order.length !== this.#body.children.length || order.some((row, i) => row !== this.#body.children[i])) {
      this.#body.replaceChildren(...order);
      if (this.#body.contains(focused)) focused.focus({ preventScroll: true });
    }
    this.#body.querySelectorAll('tr[tabindex="0"]').forEach(row => { row.tabIndex = -1; });
    const entry = this.#rows.get(this.#selected)?.row;
    const first = entry?.isConnected ? entry : this.#body.firstElementChild;
    if (first) first.tabIndex = 0;
    const empty = document.getElementById('empty');
    empty.hidden = order.length > 0;
    empty.textContent = quotes.size ? 'No symbol matches.' : 'No symbols yet: they appear with their first tick.';
    this.#count(shown.length);
  }

  #count(shown) {
    const all = this.#market.quotes.size;
    const on = [...this.#market.quotes.keys()].filter(symbol => this.#market.isOn(symbol)).length;
    const noun = all === 1 ? 'symbol' : 'symbols';
    const text = shown === all ? `${all} ${noun}` : `${shown} of ${all} ${noun}`;
    document.getElementById('count').textContent = on === all ? text : `${text}, ${on} subscribed`;
  }

  #cells(quote) {
    const known = this.#rows.get(quote.symbol);
    if (known) return known;
    const row = element('tr');
    row.tabIndex = -1;
    row.dataset.symbol = quote.symbol;
    row.setAttribute('aria-selected', String(quote.symbol === this.#selected));
    const cell = classes => row.appendChild(element('td', classes));
    const toggle = cell('c-on').appendChild(element('button', 'toggle'));
    toggle.type = 'button';
    toggle.tabIndex = -1;
    const name = row.appendChild(element('td', 'c-symbol', quote.symbol));
    name.title = quote.symbol;
    const last = cell('c-last num').appendChild(element('span'));
    const delta = cell('c-change num');
    const spark = new Spark();
    cell('c-spark').append(spark.svg);
    const cells = { row, toggle, name, last, delta, spark, vwap: cell('c-vwap num'), volume: cell('c-volume num'), rate: cell('c-rate num') };
    this.#rows.set(quote.symbol, cells);
    this.#draw(quote, cells);
    return cells;
  }

  /** The next tick is the first. */
  #beginAgain(symbol) {
    const cells = this.#rows.get(symbol);
    if (!cells) return;
    cells.tick = cells.moved = undefined;
    cells.last.textContent = '';
    cells.delta.replaceChildren();
  }

  #touch(symbol) {
    this.#dirty.add(symbol);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      for (const dirty of this.#dirty) {
        const quote = this.#market.quotes.get(dirty);
        if (quote && this.#rows.has(dirty)) this.#draw(quote, this.#rows.get(dirty));
      }
      this.#dirty.clear();
    });
  }

  #draw(quote, cells) {
    const isOn = this.#market.isOn(quote.symbol);
    cells.row.classList.toggle('off', !isOn);
    cells.row.classList.toggle('stale', quote.stale);
    if (cells.toggle.getAttribute('aria-pressed') !== String(isOn)) {
      cells.toggle.setAttribute('aria-pressed', String(isOn));
      cells.toggle.setAttribute('aria-label', `${isOn ? 'Unsubscribe from' : 'Subscribe to'} ${quote.symbol}`);
      cells.toggle.title = isOn ? 'Unsubscribe' : 'Subscribe';
      this.#count(this.#body.children.length);
    }
    if (quote.stale !== cells.stale) {
      cells.stale = quote.stale;
      cells.name.replaceChildren(quote.symbol);
      if (quote.stale) cells.name.append(element('small', '', 'stale'));
    }
    if (quote.tick && quote.tick !== cells.tick) this.#drawTick(quote, cells);
    const moved = change(quote);
    if (moved !== null && moved !== cells.moved) {
      cells.moved = moved;
      cells.delta.className = `c-change num ${direction(sign(moved))}`;
      cells.delta.replaceChildren(signed(moved), element('i', '', percent(moved, quote.stats.openPrice).replace('-', '−')));
    }
    if (quote.stats) {
      cells.vwap.textContent = quote.stats.vwap ? rounded(quote.stats.vwap, Math.max(2, places(quote.tick?.price ?? ''))) : '';
      cells.volume.textContent = compact(quote.stats.volume ?? '0');
    }
    if (quote.rate !== null) cells.rate.textContent = quote.rate.toFixed(1);
  }

  #drawTick(quote, cells) {
    const price = quote.tick.price;
    if (!cells.tick) {
      cells.spark.fill(quote.recent);
    } else {
      cells.spark.add(quote.tick);
      cells.spark.draw();
      const moved = sign(minus(price, cells.tick.price));
      if (moved) {
        cells.last.className = '';
        void cells.last.offsetWidth;
        cells.last.className = moved > 0 ? 'flash-up' : 'flash-down';
      }
    }
    cells.tick = quote.tick;
    cells.last.textContent = grouped(price, 2);
  }

  #onClick(event) {
    const row = event.target.closest('tr');
    if (!row) return;
    if (event.target.closest('.toggle')) this.#market.toggle(row.dataset.symbol);
    else this.dispatchEvent(new CustomEvent('open', { detail: row.dataset.symbol }));
  }

  #onKey(event) {
    const row = event.target.closest('tr');
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling, Home: this.#body.firstElementChild, End: this.#body.lastElementChild }[event.key];
    if (go) {
      row.tabIndex = -1;
      go.tabIndex = 0;
      go.focus();
    } else if (event.key === 'Enter') {
      this.dispatchEvent(new CustomEvent('open', { detail: row.dataset.symbol }));
    } else if (event.key === ' ') {
      this.#market.toggle(row.dataset.symbol);
    } else {
      return;
    }
    event.preventDefault();
  }
}
