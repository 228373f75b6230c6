// Prices come as exact decimal strings and are shown as they came: no number type comes between.

const scaled = (text, places) => {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  const value = BigInt(whole + fraction.padEnd(places, '0'));
  return text.startsWith('-') ? -value : value;
};

export const places = text => (text.split('.')[1] ?? '').length;

const unscaled = (value, count) => {
  const digits = (value < 0n ? -value : value).toString().padStart(count + 1, '0');
  const text = count ? `${digits.slice(0, -count)}.${digits.slice(-count)}` : digits;
  return value < 0n ? `-${text}` : text;
};

/** a - b, exactly. */
export const minus = (a, b) => {
  const count = Math.max(places(a), places(b));
  return unscaled(scaled(a, count) - scaled(b, count), count);
};

export const sign = text => (/[1-9]/.test(text) ? (text.startsWith('-') ? -1 : 1) : 0);

/** With a comma between thousands and at least so many places. */
export const grouped = (text, least = 0) => {
  const [whole, fraction = ''] = text.split('.');
  const padded = fraction.padEnd(least, '0');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (padded ? `.${padded}` : '');
};

/** Rounded half up to so many places: for what was divided, not for prices. */
export const rounded = (text, count) => {
  if (places(text) <= count) return grouped(text, count);
  const cut = 10n ** BigInt(places(text) - count);
  const value = scaled(text, places(text));
  const half = cut / 2n;
  return grouped(unscaled((value < 0n ? value - half : value + half) / cut, count));
};

/** 12,345 or 1.23M: for volumes, where the first digits tell enough. */
export const compact = text => {
  const value = Number(text);
  if (value < 100_000) return grouped(places(text) > 3 && value >= 1 ? value.toFixed(3) : text);
  for (const [limit, unit] of [[1e12, 'T'], [1e9, 'B'], [1e6, 'M'], [1e3, 'K']]) {
    if (value >= limit) return `${(value / limit).toFixed(2)}${unit}`;
  }
  return text;
};

export const percent = (change, base) => {
  const value = 100 * Number(change) / Number(base);
  return `${value > 0 ? '+' : ''}${value.toFixed(2)}%`;
};

export const signed = text => (sign(text) > 0 ? `+${grouped(text)}` : grouped(text).replace('-', '−'));

export const direction = value => (value > 0 ? 'up' : value < 0 ? 'down' : 'same');

export const clock = time => new Date(time).toLocaleTimeString('en-GB', { hour12: false });

/** The time of a candle of so many seconds: those of a day begin at midnight UTC. */
export const moment = (time, seconds) => {
  if (seconds < 3600) return clock(time);
  if (seconds === 86400) return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return new Date(time).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
};

export const clockMillis = time => `${clock(time)}.${String(new Date(time).getMilliseconds()).padStart(3, '0')}`;

export const duration = millis => {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  if (days) return `${days} d ${hours} h`;
  if (hours) return `${hours} h ${minutes} min`;
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
};

/** An element with classes and text. Text never becomes markup: what comes from ticks goes through here. */
export const element = (name, classes = '', text = '') => {
  const made = document.createElement(name);
  if (classes) made.className = classes;
  if (text !== '') made.textContent = text;
  return made;
};
