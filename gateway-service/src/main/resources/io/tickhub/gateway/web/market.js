// What this page knows of the market, and the one live stream by which it learns. Others listen to its events:
// "symbols" (the list has changed), "quote" (detail: one symbol), "tick" (detail: every tick of the watched symbol),
// "again" (detail: a symbol whose topic is another one now, or gone), "connection", "notice".

const SYMBOLS_EACH = 5_000;
const MOST_LISTED = 150;
const MOST_NAMED = 150;
const CONFLATE = 250;
const RATE_WINDOW = 5_000;

export class Market extends EventTarget {
  quotes = new Map();
  connection = { state: 'connecting', text: 'connecting' };
  #off = new Set(JSON.parse(localStorage.getItem('tickhub.off') ?? '[]'));
  #watched = null;
  #source = null;
  #lastId = '';
  #hub = { live: false, detail: '' };
  #restart = 0;
  #began = false;
  #mostNamed = MOST_NAMED;

  async begin() {
    await this.#look();
    // A browser has six connections to a host: a seventh page would wait for ever if those that nobody sees kept theirs.
    document.addEventListener('visibilitychange', () => this.#connect());
    setInterval(() => this.#look(), SYMBOLS_EACH);
    setInterval(() => this.#measure(), 1_000);
  }

  isOn(symbol) {
    return !this.#off.has(symbol);
  }

  /** Subscribes to a symbol, or no longer. */
  toggle(symbol) {
    const wasOff = this.#off.delete(symbol);
    if (!wasOff) this.#off.add(symbol);
    localStorage.setItem('tickhub.off', JSON.stringify([...this.#off]));
    this.#connect();
    this.#tell('quote', symbol);
    if (wasOff) this.#remember([symbol]).catch(() => {});
  }

  /** Every tick of this symbol from now on; of the others the latest now and then. */
  watch(symbol) {
    if (this.#watched === symbol) return;
    this.#watched = symbol;
    this.#connect();
  }

  /** The newest ticks that the gateway has. */
  async ticks(symbols, limit) {
    const query = new URLSearchParams({ symbols: symbols.join(','), limit });
    const answer = await fetch(`/api/ticks?${query}`);
    return answer.ok ? (await answer.json()).ticks : [];
  }

  /** The newest bars of a symbol; empty where there are none, or nobody answers. */
  async bars(symbol, interval, limit) {
    const query = new URLSearchParams({ interval, limit });
    const answer = await fetch(`/api/bars/${encodeURIComponent(symbol)}?${query}`);
    return answer.ok ? (await answer.json()).bars : [];
  }

  async #look() {
    try {
      const answer = await fetch('/api/symbols');
      if (!answer.ok) return;
      const { symbols } = await answer.json();
      const fresh = symbols.filter(symbol => !this.quotes.has(symbol));
      const gone = [...this.quotes.keys()].filter(symbol => !symbols.includes(symbol));
      for (const symbol of gone) {
        this.quotes.delete(symbol);
        this.#tell('again', symbol);
      }
      fresh.forEach(symbol => this.quotes.set(symbol, { symbol, counts: [], rate: null, stale: false, recent: [] }));
      if (fresh.length && !localStorage.getItem('tickhub.off') && symbols.length > MOST_LISTED) {
        symbols.slice(MOST_LISTED).forEach(symbol => this.#off.add(symbol));
      }
      if (fresh.length || gone.length) {
        this.#tell('symbols');
        for (let at = 0; at < fresh.length && at < MOST_LISTED; at += 50) await this.#remember(fresh.slice(at, at + 50));
        this.#connect();
      }
      if (!this.#began) {
        this.#began = true;
        if (!this.#source) this.#connect();
      }
    } catch {
      // The connection's own state tells.
    }
  }

  async #remember(symbols) {
    for (const tick of await this.ticks(symbols, Math.min(1_200, Math.ceil(12_000 / symbols.length)))) {
      const quote = this.quotes.get(tick.symbol);
      if (quote && (!quote.tick || tick.offset > quote.tick.offset)) {
        quote.recent.push(tick);
        quote.tick = tick;
      }
    }
    symbols.forEach(symbol => this.#tell('quote', symbol));
  }

  /** Only so many can be named. */
  #wanted() {
    const on = [...this.quotes.keys()].filter(symbol => this.isOn(symbol));
    return on.length === this.quotes.size || on.length > this.#mostNamed ? ['*'] : on;
  }

  /** What is known of a symbol, if it is shown; a stream of all brings others too. */
  #shown(symbol) {
    return this.isOn(symbol) || symbol === this.#watched ? this.quotes.get(symbol) : undefined;
  }

  /** A stream cannot be changed, but one that follows it goes on where it was. */
  #connect() {
    clearTimeout(this.#restart);
    this.#source?.close();
    this.#source = null;
    if (document.hidden) {
      this.#show('away', 'paused while nobody looks');
      return;
    }
    const symbols = this.#wanted();
    const query = new URLSearchParams({ conflate: CONFLATE });
    if (!symbols.length && !this.#watched) {
      this.#show('live', 'nothing subscribed');
      return;
    }
    if (symbols.length) query.set('symbols', symbols.join(','));
    else query.set('symbols', this.#watched);
    if (this.#watched) query.set('every', this.#watched);
    if (this.#lastId) query.set('lastEventId', this.#lastId);
    const source = new EventSource(`/api/stream?${query}`);
    this.#source = source;
    source.onopen = () => this.#showHub();
    source.onerror = () => this.#onLost(source, symbols.length);
    const on = (event, take) => source.addEventListener(event, message => {
      if (source !== this.#source) return;
      if (message.lastEventId) this.#lastId = message.lastEventId;
      take.call(this, JSON.parse(message.data));
    });
    on('tick', this.#onTick);
    on('stats', this.#onStats);
    on('notice', this.#onNotice);
    on('state', state => { this.#hub = state; this.#showHub(); });
    on('lost', ({ reason }) => this.#say(reason));
    on('conflated', ({ reason }) => this.#say(reason));
    on('closed', ({ reason }) => this.#say(reason));
  }

  /** The browser tries again by itself unless it was refused, as for more names than this gateway is set to take. */
  #onLost(source, named) {
    if (source !== this.#source) return;
    this.#show('away', 'reconnecting');
    if (source.readyState === EventSource.CLOSED) {
      if (named > 1) this.#mostNamed = 1;
      this.#restart = setTimeout(() => this.#connect(), 2_000);
    }
  }

  #onTick(tick) {
    const quote = this.#shown(tick.symbol);
    if (!quote) return;
    const isNewer = !quote.tick || tick.offset > quote.tick.offset;
    // Perhaps of a topic that was made again, before its statistics say so.
    quote.early = !isNewer && tick.offset < quote.tick.offset ? tick : undefined;
    if (isNewer) {
      quote.tick = tick;
      quote.recent.push(tick);
      if (quote.recent.length > 1_200) quote.recent.shift();
      quote.stale = false;
      this.#tell('quote', tick.symbol);
      if (tick.symbol === this.#watched) this.#tell('tick', tick);
    }
  }

  #onStats(stats) {
    const quote = this.#shown(stats.symbol);
    if (!quote) return;
    if (quote.stats && quote.stats.topicId !== stats.topicId) this.#beginAgain(quote);
    quote.stats = stats;
    quote.counts.push([performance.now(), stats.count]);
    this.#tell('quote', stats.symbol);
  }

  /** Its topic was deleted and made again: offsets begin anew, and what was known is of another one. */
  #beginAgain(quote) {
    const recent = quote.early ? [quote.early] : [];
    Object.assign(quote, { tick: quote.early, early: undefined, recent, counts: [], rate: null });
    this.#tell('again', quote.symbol);
  }

  #onNotice(notice) {
    const quote = this.#shown(notice.symbol);
    if (!quote) return;
    if (notice.notice === 'STALE') quote.stale = true;
    if (notice.notice === 'RECOVERED' || notice.notice === 'BEGUN') quote.stale = false;
    if (notice.notice === 'GAP') this.#say(`${notice.symbol}: some ticks are missing: ${notice.detail}`);
    this.#tell('quote', notice.symbol);
  }

  #measure() {
    const now = performance.now();
    for (const quote of this.quotes.values()) {
      const counts = quote.counts;
      while (counts.length > 2 && counts[0][0] < now - RATE_WINDOW) counts.shift();
      if (counts.length < 2) continue;
      const [began, first] = counts[0];
      const [ended, last] = counts[counts.length - 1];
      const rate = now - ended > RATE_WINDOW ? 0 : 1000 * (last - first) / Math.max(1, ended - began);
      if (rate !== quote.rate) {
        quote.rate = rate;
        this.#tell('quote', quote.symbol);
      }
    }
  }

  #showHub() {
    if (this.#hub.live) this.#show('live', 'live');
    else this.#show('stale', this.#hub.detail || 'waiting for prices');
  }

  #show(state, text) {
    if (this.connection.state === state && this.connection.text === text) return;
    this.connection = { state, text };
    this.#tell('connection');
  }

  #say(text) {
    this.#tell('notice', text);
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
