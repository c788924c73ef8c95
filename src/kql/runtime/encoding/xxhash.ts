const mask = 0xffffffffffffffffn;
const primes = [0n, 0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n] as const;

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & mask;
const round = (accumulator: bigint, input: bigint): bigint => (rotate((accumulator + input * primes[2]) & mask, 31n) * primes[1]) & mask;
const merge = (accumulator: bigint, value: bigint): bigint => ((accumulator ^ round(0n, value)) * primes[1] + primes[4]) & mask;

/** The four lanes of a long input, folded into one; and where they ended. */
function lanes(bytes: Buffer, seed: bigint): { hash: bigint; at: number } {
  const state = [seed + primes[1] + primes[2], seed + primes[2], seed, seed - primes[1]].map((value) => value & mask);
  let at = 0;
  for (; at + 32 <= bytes.length; at += 32) {
    for (let lane = 0; lane < 4; lane += 1) state[lane] = round(state[lane] ?? 0n, bytes.readBigUInt64LE(at + lane * 8));
  }
  const [a = 0n, b = 0n, c = 0n, d = 0n] = state;
  const sum = (rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n)) & mask;
  return { hash: state.reduce(merge, sum), at };
}

/** XXH64 of bytes, as an unsigned number. */
export function xxhash64(bytes: Buffer, seed = 0n): bigint {
  let { hash, at } = bytes.length >= 32 ? lanes(bytes, seed) : { hash: (seed + primes[5]) & mask, at: 0 };
  hash = (hash + BigInt(bytes.length)) & mask;
  for (; at + 8 <= bytes.length; at += 8) hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * primes[1] + primes[4]) & mask;
  for (; at + 4 <= bytes.length; at += 4)
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(at)) * primes[1]) & mask), 23n) * primes[2] + primes[3]) & mask;
  for (; at < bytes.length; at += 1) hash = (rotate(hash ^ ((BigInt(bytes[at] ?? 0) * primes[5]) & mask), 11n) * primes[1]) & mask;
  hash = ((hash ^ (hash >> 33n)) * primes[2]) & mask;
  hash = ((hash ^ (hash >> 29n)) * primes[3]) & mask;
  return hash ^ (hash >> 32n);
}
