import { parseIpv4 } from './ipv4';

/** An IPv6 address, or an IPv4 address mapped into it, with its prefix of 128 bits. */
export interface Ipv6 {
  readonly address: bigint;
  readonly prefix: number;
}

const groups = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

/** The 16-bit groups of a text without `::`, with a dotted end as two of them; undefined when one is none. */
function numbersOf(parts: readonly string[]): readonly bigint[] | undefined {
  const numbers: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) numbers.push(BigInt(`0x${part}`));
    else {
      const v4 = index === parts.length - 1 && !part.includes('/') ? parseIpv4(part) : null;
      if (v4 === null) return undefined;
      numbers.push(BigInt(v4.address >>> 16), BigInt(v4.address & 0xffff));
    }
  }
  return numbers;
}

function addressOf(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [left, right] = halves.map((half) => numbersOf(groups(half)));
  if (left === undefined || (halves.length === 2 && right === undefined)) return null;
  const tail = right ?? [];
  const missing = 8 - left.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...left, ...Array.from({ length: missing }, () => 0n), ...tail].reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** Reads an IPv6 or IPv4 address with an optional prefix; a prefix behind a dotted end counts IPv4 bits. */
export function parseIpv6(text: string): Ipv6 | null {
  const trimmed = text.trim();
  const v4 = parseIpv4(trimmed);
  if (v4 !== null) return { address: 0xffff00000000n | BigInt(v4.address), prefix: v4.prefix + 96 };
  const [body = '', slash, ...rest] = trimmed.split('/');
  if (rest.length > 0 || (slash !== undefined && !/^\d{1,3}$/.test(slash))) return null;
  const address = body.includes(':') ? addressOf(body) : null;
  const prefix = slash === undefined ? 128 : Number(slash) + (body.includes('.') ? 96 : 0);
  return address === null || prefix > 128 ? null : { address, prefix };
}

const network = (address: bigint, prefix: number): bigint => (address >> BigInt(128 - prefix)) << BigInt(128 - prefix);
const isPrefix = (prefix: number): boolean => Number.isInteger(prefix) && prefix >= 0 && prefix <= 128;

/** The full text of an address below a prefix: eight groups of four digits. Empty when it is none. */
export function ipv6Text(text: string, prefix: number): string {
  const ip = parseIpv6(text);
  if (ip === null || !isPrefix(prefix)) return '';
  const digits = network(ip.address, Math.min(ip.prefix, prefix)).toString(16).padStart(32, '0');
  return (digits.match(/.{4}/g) ?? []).join(':');
}

/** An address with an IPv4 address in its last bits, `::a.b.c.d`, is compared as that IPv4 address. */
const comparable = (ip: Ipv6 | null): Ipv6 | null =>
  ip !== null && ip.address >> 32n === 0n && ip.address > 1n ? { ...ip, address: 0xffff00000000n | ip.address } : ip;

/** -1, 0 or 1: the order of two addresses under the shortest of the three prefixes. */
export function ipv6Compare(first: string, second: string, prefix: number): number | null {
  const [a, b] = [comparable(parseIpv6(first)), comparable(parseIpv6(second))];
  if (a === null || b === null || !isPrefix(prefix)) return null;
  const shortest = Math.min(a.prefix, b.prefix, prefix);
  const [left, right] = [network(a.address, shortest), network(b.address, shortest)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether an address lies in a range. */
export function ipv6InRange(text: string, range: string): boolean | null {
  const [ip, net] = [parseIpv6(text), parseIpv6(range)];
  if (ip === null || net === null) return null;
  return ip.prefix >= net.prefix && network(ip.address, net.prefix) === network(net.address, net.prefix);
}
