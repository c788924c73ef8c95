/** An IPv4 address with the prefix that stands behind its slash, 32 when there is none. */
export interface Ipv4 {
  readonly address: number;
  readonly prefix: number;
}

const dotted = /^\s*(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?\s*$/;

/** The mask of a prefix as an unsigned number. */
const mask = (prefix: number): number => (prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);

/** The address with everything below the prefix set to zero. */
export const network = (address: number, prefix: number): number => (address & mask(prefix)) >>> 0;

/** Reads `a.b.c.d` or `a.b.c.d/n`; null for everything else. */
export function parseIpv4(text: string): Ipv4 | null {
  const found = dotted.exec(text);
  if (!found) return null;
  const [a = 0, b = 0, c = 0, d = 0] = found.slice(1, 5).map(Number);
  const prefix = found[5] === undefined ? 32 : Number(found[5]);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return null;
  return { address: ((a << 24) | (b << 16) | (c << 8) | d) >>> 0, prefix };
}

export const dottedText = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');

const isPrefix = (prefix: number): boolean => Number.isInteger(prefix) && prefix >= 0 && prefix <= 32;

/** The number of an address below a prefix; null when either is none. */
export function ipv4Number(text: string, prefix = 32): number | null {
  const ip = parseIpv4(text);
  return ip === null || !isPrefix(prefix) ? null : network(ip.address, Math.min(ip.prefix, prefix));
}

/** -1, 0 or 1: the order of two addresses under the shortest of the three prefixes. */
export function ipv4Compare(first: string, second: string, prefix: number): number | null {
  const [a, b] = [parseIpv4(first), parseIpv4(second)];
  if (a === null || b === null || !isPrefix(prefix)) return null;
  const shortest = Math.min(a.prefix, b.prefix, prefix);
  return Math.sign(network(a.address, shortest) - network(b.address, shortest));
}

/** Whether an address lies in a range `a.b.c.d/n`. */
export function ipv4InRange(text: string, range: string): boolean | null {
  const [ip, net] = [parseIpv4(text), parseIpv4(range)];
  if (ip === null || net === null) return null;
  return ip.prefix >= net.prefix && network(ip.address, net.prefix) === network(net.address, net.prefix);
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Whether an address belongs to a network of RFC 1918. */
export function ipv4IsPrivate(text: string): boolean | null {
  if (parseIpv4(text) === null) return null;
  return privateRanges.some((range) => ipv4InRange(text, range) === true);
}

/** The text of an address, given as text or number, below a prefix; `suffix` adds `/n`. Empty when it is no address. */
export function formatIpv4(ip: string, prefix: number, suffix: boolean): string {
  const number = /^\d{1,10}$/.test(ip) ? Number(ip) : undefined;
  const parsed = number === undefined ? parseIpv4(ip) : number > 0xffffffff ? null : { address: number, prefix: 32 };
  if (parsed === null || !isPrefix(prefix)) return '';
  const shortest = Math.min(parsed.prefix, prefix);
  return `${dottedText(network(parsed.address, shortest))}${suffix ? `/${shortest}` : ''}`;
}

/** The fewest CIDR blocks that together are the range from start to end. */
export function ipv4RangeToCidrs(start: string, end: string): readonly string[] | null {
  const [first, last] = [parseIpv4(start), parseIpv4(end)];
  if (first === null || last === null) return null;
  const blocks: string[] = [];
  let at = first.address;
  while (at <= last.address) {
    let prefix = 32;
    while (prefix > 0 && network(at, prefix - 1) === at && at + 2 ** (33 - prefix) - 1 <= last.address) prefix -= 1;
    blocks.push(`${dottedText(at)}/${prefix}`);
    at += 2 ** (32 - prefix);
  }
  return blocks;
}

const embedded = /(?<![0-9A-Za-z])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![0-9A-Za-z])/g;

/** The addresses inside a text that stand between characters that are neither letters nor digits. */
const addressesIn = (text: string): readonly string[] => (text.match(embedded) ?? []).filter((ip) => parseIpv4(ip) !== null);

export function hasIpv4(text: string, ip: string): boolean {
  return parseIpv4(ip) !== null && !ip.includes('/') && addressesIn(text).includes(ip);
}

/** A prefix is a whole address or ends in a point. */
export function hasIpv4Prefix(text: string, prefix: string): boolean {
  if (!/^(?:\d{1,3}\.){1,3}$|^(?:\d{1,3}\.){3}\d{1,3}$/.test(prefix)) return false;
  return prefix.endsWith('.') ? addressesIn(text).some((ip) => ip.startsWith(prefix)) : hasIpv4(text, prefix);
}
