// The little of ASN.1's distinguished encoding (ITU-T X.690) that a self-signed certificate needs; Node reads certificates but writes none.

const length = (size: number): Buffer => {
  if (size < 128) return Buffer.from([size]);
  const hex = size.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
};

/** One value: its tag, its length, its content. */
export const value = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), length(body.length), body]);
};

export const sequence = (...items: readonly Buffer[]): Buffer => value(0x30, ...items);
export const set = (...items: readonly Buffer[]): Buffer => value(0x31, ...items);
export const utf8 = (text: string): Buffer => value(0x0c, Buffer.from(text, 'utf8'));
export const octets = (content: Buffer): Buffer => value(0x04, content);
export const truth = value(0x01, Buffer.from([0xff]));
/** A value that is known by its number, around another one. */
export const explicit = (number: number, content: Buffer): Buffer => value(0xa0 | number, content);
export const bits = (content: Buffer): Buffer => value(0x03, Buffer.from([0]), content);

/** A positive integer from its big-endian bytes. */
export const integer = (bytes: Buffer): Buffer => value(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes);

/** `2.5.4.3` and its kind. */
export const objectId = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const encoded = rest.flatMap((part) => {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return value(0x06, Buffer.from([first * 40 + second, ...encoded]));
};

/** UTCTime, which X.509 prescribes for the years before 2050. */
export const utcTime = (at: Date): Buffer => value(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`, 'ascii'));
