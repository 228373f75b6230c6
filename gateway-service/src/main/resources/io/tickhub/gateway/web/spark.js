// A line of the last prices, one point a second, drawn into an SVG of fixed size.

const WIDTH = 120;
const HEIGHT = 24;
const POINTS = 90;
const EACH = 1_000;
const SVG = 'http://www.w3.org/2000/svg';

export class Spark {
  #values = [];
  #second = -Infinity;
  #line;
  #area;

  constructor() {
    this.svg = document.createElementNS(SVG, 'svg');
    this.svg.setAttribute('class', 'spark');
    this.svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.svg.setAttribute('preserveAspectRatio', 'none');
    this.svg.setAttribute('aria-hidden', 'true');
    this.#area = this.svg.appendChild(document.createElementNS(SVG, 'path'));
    this.#area.setAttribute('class', 'area');
    this.#line = this.svg.appendChild(document.createElementNS(SVG, 'path'));
    this.#line.setAttribute('vector-effect', 'non-scaling-stroke');
  }

  fill(ticks) {
    this.#values = [];
    this.#second = -Infinity;
    ticks.forEach(tick => this.add(tick));
    this.draw();
  }

  add(tick) {
    const second = Math.floor(Date.parse(tick.timestamp) / EACH);
    if (this.#values.length && second <= this.#second) this.#values.pop();
    else this.#second = second;
    this.#values.push(Number(tick.price));
    if (this.#values.length > POINTS) this.#values.shift();
  }

  draw() {
    const values = this.#values;
    if (values.length < 2) return;
    const low = Math.min(...values);
    const span = Math.max(...values) - low || 1;
    const step = WIDTH / (POINTS - 1);
    const left = WIDTH - step * (values.length - 1);
    const points = values.map((value, i) =>
      `${(left + i * step).toFixed(1)} ${(HEIGHT - 2 - (HEIGHT - 4) * (value - low) / span).toFixed(1)}`);
    const line = `M${points.join('L')}`;
    this.#line.setAttribute('d', line);
    this.#area.setAttribute('d', `${line}L${WIDTH} ${HEIGHT}L${left.toFixed(1)} ${HEIGHT}Z`);
    const last = values[values.length - 1];
    this.svg.classList.toggle('up', last >= values[0]);
    this.svg.classList.toggle('down', last < values[0]);
  }
}
