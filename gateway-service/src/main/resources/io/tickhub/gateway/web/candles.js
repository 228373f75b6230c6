// Candles of one symbol: where they come from, and how they are drawn.

import { grouped, moment, places } from './format.js';

const MOST = 300;

/** Candles of the bars that aggregators have built, and on from there of the ticks that come. */
export class Candles {
  candles = [];
  /** Decimals of the prices. */
  places = 2;
  #asOf = 0;

  constructor(seconds, bars = []) {
    this.seconds = seconds;
    this.millis = seconds * 1000;
    for (const bar of bars) {
      const [open, high, low, close, volume] = [bar.open, bar.high, bar.low, bar.close, bar.volume].map(Number);
      this.candles.push({ time: Date.parse(bar.start), open, high, low, close, volume });
      this.places = Math.max(this.places, places(bar.close));
      this.#asOf = Math.max(this.#asOf, bar.asOf);
    }
  }

  add(tick) {
    // It is in the bars.
    if (tick.offset < this.#asOf) return;
    const time = Math.floor(Date.parse(tick.timestamp) / this.millis) * this.millis;
    const price = Number(tick.price);
    this.places = Math.max(this.places, places(tick.price));
    const volume = Number(tick.volume);
    let last = this.candles[this.candles.length - 1];
    // Ticks may come a little out of the order of their times: they belong to the candle of their own time.
    const candle = last && last.time >= time ? this.candles.findLast(found => found.time === time) : null;
    if (candle) {
      candle.high = Math.max(candle.high, price);
      candle.low = Math.min(candle.low, price);
      if (candle === last) candle.close = price;
      candle.volume += volume;
    } else if (!last || last.time < time) {
      last = { time, open: price, high: price, low: price, close: price, volume };
      this.candles.push(last);
      if (this.candles.length > MOST) this.candles.shift();
    }
  }
}

/** Draws candles with volume. */
export class Chart {
  #box;
  #chart = null;
  #reading;
  #candles = [];
  #places = 2;
  #seconds = 1;
  #frame = 0;

  constructor(box, reading) {
    this.#box = box;
    this.#reading = reading;
    new ResizeObserver(() => this.#chart?.resize()).observe(box);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.restyle());
  }

  /** The library is large, and fetched with the first chart. */
  async #make() {
    if (this.#chart) return;
    const echarts = await import('/vendor/echarts.js');
    this.#chart ??= echarts.init(this.#box, null, { renderer: 'canvas' });
    this.#chart.on('updateAxisPointer', event => this.#read(event));
    this.#box.addEventListener('pointerleave', () => this.#readLast());
    this.restyle();
  }

  async show({ candles, places: decimals, seconds }) {
    this.#candles = candles;
    this.#places = decimals;
    this.#seconds = seconds;
    await this.#make();
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  restyle() {
    if (!this.#chart) return;
    const style = getComputedStyle(this.#box);
    const color = name => {
      // The computed colour of light-dark(), not its text.
      this.#box.style.color = `var(${name})`;
      const found = getComputedStyle(this.#box).color;
      this.#box.style.color = '';
      return found;
    };
    const [up, down, line, dim, panel] = ['--up', '--down', '--line', '--dim', '--panel'].map(color);
    const label = { color: dim, fontSize: 11, fontFamily: style.fontFamily };
    const pointer = { show: true, snap: true, lineStyle: { color: dim, width: 1, type: [3, 3] }, label: { show: false } };
    this.#chart.setOption({
      animation: false,
      grid: [{ left: 4, right: 62, top: 8, bottom: '27%' }, { left: 4, right: 62, top: '78%', bottom: 22 }],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      xAxis: [
        { gridIndex: 0, type: 'category', data: [], axisLabel: { show: false }, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisPointer: pointer },
        { gridIndex: 1, type: 'category', data: [], axisLabel: { ...label, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: line } }, axisPointer: pointer },
      ],
      yAxis: [
        { gridIndex: 0, position: 'right', scale: true, splitNumber: 4, splitLine: { lineStyle: { color: line } }, axisLabel: label,
          axisPointer: { ...pointer, snap: false, label: { show: true, backgroundColor: dim, color: panel, fontSize: 11, padding: [2, 5] } } },
        { gridIndex: 1, position: 'right', splitNumber: 1, splitLine: { show: false }, axisLabel: { show: false } },
      ],
      dataZoom: [{ type: 'inside', xAxisIndex: [0, 1], minValueSpan: 12 }],
      series: [
        { type: 'candlestick', name: 'price', xAxisIndex: 0, yAxisIndex: 0, data: [], barMaxWidth: 11,
          itemStyle: { color: up, color0: down, borderColor: up, borderColor0: down } },
        { type: 'bar', name: 'volume', xAxisIndex: 1, yAxisIndex: 1, data: [], barMaxWidth: 11, itemStyle: { opacity: 0.55 } },
      ],
    }, true);
    this.colors = { up, down };
    this.#draw();
  }

  #draw() {
    if (!this.#chart || !this.colors) return;
    const candles = this.#candles;
    const times = candles.map(candle => moment(candle.time, this.#seconds));
    // A few candles stand at the right, in the width that many would have.
    const blank = Array(Math.max(0, 48 - candles.length)).fill('');
    const names = [...blank.map((_, i) => ' '.repeat(i + 1)), ...times];
    const each = Math.max(4, Math.ceil(names.length * 96 / Math.max(1, this.#chart.getWidth() - 66)));
    this.#chart.setOption({
      xAxis: [{ data: names }, { data: names, axisLabel: { interval: i => (names.length - 1 - i) % each === Math.floor(each / 2) } }],
      series: [
        { data: [...blank.map(() => '-'), ...candles.map(c => [c.open, c.close, c.low, c.high])] },
        { data: [...blank.map(() => '-'), ...candles.map(c => ({ value: c.volume, itemStyle: { color: c.close >= c.open ? this.colors.up : this.colors.down } }))] },
      ],
    });
    this.#box.dataset.candles = candles.length;
    this.#readLast();
  }

  #read(event) {
    const axis = event.axesInfo?.find(info => info.axisDim === 'x');
    const candle = axis && this.#candles[axis.value - Math.max(0, 48 - this.#candles.length)];
    if (candle) this.#write(candle);
  }

  #readLast() {
    const last = this.#candles[this.#candles.length - 1];
    if (last) this.#write(last);
  }

  #write(candle) {
    const part = (name, value) => {
      const number = document.createElement('b');
      number.textContent = grouped(value);
      return [` ${name} `, number];
    };
    this.#reading.replaceChildren(
      moment(candle.time, this.#seconds),
      ...[['O', candle.open], ['H', candle.high], ['L', candle.low], ['C', candle.close]]
        .flatMap(([name, price]) => part(name, price.toFixed(this.#places))),
      ...part('V', String(Number(candle.volume.toPrecision(8)))));
  }
}
