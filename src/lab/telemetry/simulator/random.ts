/** Seeded randomness: the same seed gives the same telemetry on every machine. Not for secrets. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** One value, in proportion to its weight. */
  weighted<T>(list: readonly (readonly [number, T])[]): T;
  hex(digits: number): string;
  guid(): string;
  /** An independent source for one purpose, so that a change in one place leaves the others as they were. */
  branch(label: string): Random;
}

/** Four 32-bit words from a text (cyrb128). */
const words = (text: string): [number, number, number, number] => {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
};

/** The small fast counter generator sfc32. */
const generator = (seed: string): (() => number) => {
  let [a, b, c, d] = words(seed);
  const step = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let warm = 0; warm < 12; warm += 1) step();
  return step;
};

export const createRandom = (seed: string): Random => {
  const step = generator(seed);
  const next = (): number => step() / 4294967296;
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (digits: number): string => {
    let text = '';
    while (text.length < digits) text += step().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  };
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('There is nothing to pick from.');
    return list[Math.floor(next() * list.length)] as T;
  };
  const weighted = <T>(list: readonly (readonly [number, T])[]): T => {
    let rest = next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, value] of list) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return pick(list)[1];
  };
  const guid = (): string => {
    const text = hex(32);
    const variant = '89ab'[parseInt(text[16] ?? '0', 16) % 4];
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
  };
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick,
    weighted,
    hex,
    guid,
    branch: (label) => createRandom(`${seed}/${label}`),
  };
};
