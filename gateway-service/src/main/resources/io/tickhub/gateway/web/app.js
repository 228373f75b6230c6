// Puts the parts of the page together: views, keys, colours.

import { Detail } from './detail.js';
import { Market } from './market.js';
import { Status } from './status.js';
import { Table } from './table.js';

const at = id => document.getElementById(id);
const market = new Market();
const table = new Table(market);
const detail = new Detail(market);
const status = new Status();

// ---- views

function open(symbol) {
  if (detail.symbol === symbol) return;
  const url = new URL(location.href);
  url.searchParams.set('symbol', symbol);
  history.replaceState(null, '', url);
  at('detail').hidden = false;
  at('desk').classList.add('split');
  table.select(symbol);
  detail.open(symbol);
  if (matchMedia('(max-width: 820px)').matches) at('detail-symbol').focus();
}

function close() {
  const symbol = detail.symbol;
  const url = new URL(location.href);
  url.searchParams.delete('symbol');
  history.replaceState(null, '', url);
  at('detail').hidden = true;
  at('desk').classList.remove('split');
  detail.close();
  table.select(null);
  table.focus(symbol);
}

function route() {
  const isStatus = location.hash === '#status';
  at('view-market').hidden = isStatus;
  at('view-status').hidden = !isStatus;
  at('tab-market').toggleAttribute('aria-current', !isStatus);
  at('tab-status').toggleAttribute('aria-current', isStatus);
  if (isStatus) at('tab-status').setAttribute('aria-current', 'page');
  else at('tab-market').setAttribute('aria-current', 'page');
  status.show(isStatus);
}

table.addEventListener('open', event => open(event.detail));
detail.addEventListener('close', close);
addEventListener('hashchange', route);

at('skip').addEventListener('click', event => {
  event.preventDefault();
  location.hash = '#market';
  route();
  at('scroll').focus();
});

// ---- keys

addEventListener('keydown', event => {
  if (event.key === 'Escape' && detail.symbol) {
    close();
  } else if (event.key === '/' && !(event.target instanceof HTMLInputElement)) {
    event.preventDefault();
    at('filter').focus();
  } else if (event.key === 'ArrowDown' && event.target === at('filter')) {
    event.preventDefault();
    table.focusFirst();
  }
});

// ---- the state of the connection

market.addEventListener('connection', () => {
  const { state, text } = market.connection;
  at('connection').dataset.state = state;
  at('connection').lastElementChild.textContent = text;
  document.title = state === 'live' ? 'Tickhub' : `Tickhub: ${text}`;
});

let hiding = 0;
market.addEventListener('notice', event => {
  clearTimeout(hiding);
  at('notice').textContent = event.detail;
  at('notice').hidden = false;
  hiding = setTimeout(() => { at('notice').hidden = true; }, 10_000);
});

// ---- colours

const THEMES = ['system', 'light', 'dark'];

function paint(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const text = theme === 'system' ? 'as the system has them' : theme;
  at('theme').setAttribute('aria-label', `Colours: ${text}`);
  at('theme').title = `Colours: ${text}`;
  detail.restyle();
}

let theme = localStorage.getItem('tickhub.theme') ?? 'system';
at('theme').addEventListener('click', () => {
  theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
  localStorage.setItem('tickhub.theme', theme);
  paint(theme);
});

paint(theme);
route();
await market.begin();
status.begin();
const wanted = new URLSearchParams(location.search).get('symbol');
if (wanted && market.quotes.has(wanted)) open(wanted);
