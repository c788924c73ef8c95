const base = 36;
const tMin = 1;
const tMax = 26;

function adapt(delta: number, points: number, first: boolean): number {
  let scaled = first ? Math.floor(delta / 700) : delta >> 1;
  scaled += Math.floor(scaled / points);
  let k = 0;
  for (; scaled > ((base - tMin) * tMax) >> 1; k += base) scaled = Math.floor(scaled / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * scaled) / (scaled + 38));
}

const digitOf = (code: string): number => {
  if (/^[0-9]$/.test(code)) return code.charCodeAt(0) - 22;
  return /^[a-z]$/i.test(code) ? code.toLowerCase().charCodeAt(0) - 97 : base;
};
const digitText = (digit: number): string => String.fromCharCode(digit < 26 ? digit + 97 : digit + 22);
const threshold = (k: number, bias: number): number => Math.min(Math.max(k - bias, tMin), tMax);

/** Decodes punycode (RFC 3492); null when the text is none. */
export function punycodeDecode(text: string): string | null {
  const cut = text.lastIndexOf('-');
  const output = cut < 0 ? [] : [...text.slice(0, cut)].map((character) => character.codePointAt(0) ?? 0);
  let [n, i, bias] = [128, 0, 72];
  for (let at = cut < 0 ? 0 : cut + 1; at < text.length;) {
    const before = i;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digitOf(text.charAt(at));
      at += 1;
      if (digit >= base || i > 2 ** 31) return null;
      i += digit * weight;
      const t = threshold(k, bias);
      if (digit < t) break;
      weight *= base - t;
    }
    bias = adapt(i - before, output.length + 1, before === 0);
    n += Math.floor(i / (output.length + 1));
    i %= output.length + 1;
    if (n > 0x10ffff) return null;
    output.splice(i, 0, n);
    i += 1;
  }
  return String.fromCodePoint(...output);
}

function variableLength(value: number, bias: number): string {
  let text = '';
  let rest = value;
  for (let k = base; ; k += base) {
    const t = threshold(k, bias);
    if (rest < t) return text + digitText(rest);
    text += digitText(t + ((rest - t) % (base - t)));
    rest = Math.floor((rest - t) / (base - t));
  }
}

/** Encodes text as punycode (RFC 3492). */
export function punycodeEncode(text: string): string {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < 128);
  let output = String.fromCharCode(...basic) + (basic.length > 0 ? '-' : '');
  let [n, delta, bias, handled] = [128, 0, 72, basic.length];
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const point of points) {
      if (point < n) delta += 1;
      if (point !== n) continue;
      output += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    n += 1;
  }
  return output;
}

const ascii = (label: string): boolean => [...label].every((character) => character.charCodeAt(0) < 128);

/** A domain with each label that is not ASCII encoded behind `xn--`. */
export function domainEncode(domain: string): string {
  return domain
    .split('.')
    .map((label) => (ascii(label) ? label : `xn--${punycodeEncode(label)}`))
    .join('.');
}

/** A domain with each `xn--` label decoded; null when one cannot be. */
export function domainDecode(domain: string): string | null {
  const labels = domain.split('.').map((label) => (/^xn--/i.test(label) ? punycodeDecode(label.slice(4)) : label));
  return labels.includes(null) ? null : labels.join('.');
}
