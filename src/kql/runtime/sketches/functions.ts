import { isArray, jsonInteger, knownJson, plainText, realOf, writeJson, type JsonValue } from '../json/exact-json';
import { lenient, strict, type RuntimeFunction } from '../runtime-function';

/** Values with their weights, sorted; written like the engine's own digests of few values: [[7],[values],[weights]]. */
interface Digest {
  readonly values: readonly JsonValue[];
  readonly weights: readonly number[];
}

const numberOf = (value: JsonValue): number => realOf(value) ?? Number(plainText(value));

/** Equal values become one; those without a number or a positive weight are left out. */
function digestOf(pairs: readonly (readonly [JsonValue, number])[]): Digest {
  const sorted = pairs
    .filter(([value, weight]) => !Number.isNaN(numberOf(value)) && weight > 0)
    .toSorted(([a], [b]) => numberOf(a) - numberOf(b));
  const values: JsonValue[] = [];
  const weights: number[] = [];
  for (const [value, weight] of sorted) {
    const last = values.at(-1);
    const same = last !== undefined && numberOf(last) === numberOf(value);
    if (!same) values.push(value);
    weights.push(same ? (weights.pop() ?? 0) + weight : weight);
  }
  return { values, weights };
}

const written = ({ values, weights }: Digest): string => writeJson([[jsonInteger(7)], values, weights.map(jsonInteger)]);

function readDigest(json: string | null): Digest | null {
  const value = knownJson(json);
  if (!isArray(value) || value.length !== 3) return null;
  const [, values = null, weights = null] = value;
  return isArray(values) && isArray(weights) && values.length === weights.length ? { values, weights: weights.map(numberOf) } : null;
}

const total = (digest: Digest): number => digest.weights.reduce((sum, weight) => sum + weight, 0);

/** The value of nearest rank. */
function percentileOf(digest: Digest, percent: number): JsonValue {
  const rank = Math.max(Math.ceil((percent / 100) * total(digest) - 1e-9), 1);
  let seen = 0;
  for (const [index, weight] of digest.weights.entries()) {
    seen += weight;
    if (seen >= rank) return digest.values[index] ?? null;
  }
  return null;
}

/** How many values are at most this one. */
const rankOf = (digest: Digest, value: number): number =>
  digest.values.reduce<number>((sum, item, index) => (numberOf(item) <= value ? sum + (digest.weights[index] ?? 0) : sum), 0);

const merged = (digests: readonly (Digest | null)[]): Digest =>
  digestOf(
    digests.flatMap((digest) => (digest === null ? [] : digest.values.map((value, index) => [value, digest.weights[index] ?? 0] as const))),
  );

const items = (json: string | null): readonly JsonValue[] => {
  const value = knownJson(json);
  return isArray(value) ? value : [];
};

const one = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;
const ranked = { takes: ['VARCHAR', 'DOUBLE'], gives: 'DOUBLE' } as const;

/** The hashes of a set of distinct values; written like the engine's own sketches of few values: [[1024,precision],[hashes],[]]. */
function mergedSketches(sketches: readonly JsonValue[]): string | null {
  const read = sketches.filter((sketch): sketch is readonly JsonValue[] => isArray(sketch) && sketch.length === 3);
  const [first] = read;
  if (first === undefined) return null;
  const hashes = new Set(read.flatMap(([, list = null]) => (isArray(list) ? list.map(plainText) : [])));
  return writeJson([first[0] ?? null, [...hashes], []]);
}

/** Digests and sketches, kept exactly. */
export const sketchFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_tdigest', one, (pairs) =>
    written(
      digestOf(items(pairs).map((pair) => [isArray(pair) ? (pair[0] ?? null) : pair, isArray(pair) ? numberOf(pair[1] ?? null) : 1])),
    ),
  ),
  strict('kql_js_tdigest_merge', one, (digests) => written(merged(items(digests).map((digest) => readDigest(writeJson(digest)))))),
  lenient('kql_js_tdigest_percentile', { takes: ['VARCHAR', 'DOUBLE'], gives: 'VARCHAR' }, (json, percent) => {
    const digest = readDigest(json);
    const value = digest === null || percent === null ? null : percentileOf(digest, percent);
    return value === null ? null : writeJson(value);
  }),
  strict('kql_js_tdigest_rank', ranked, (json, value) => {
    const digest = readDigest(json);
    return digest === null ? null : rankOf(digest, value);
  }),
  strict('kql_js_tdigest_percentrank', ranked, (json, value) => {
    const digest = readDigest(json);
    return digest === null ? null : (100 * rankOf(digest, value)) / total(digest);
  }),
  strict('kql_js_hll_merge', one, (sketches) => mergedSketches(items(sketches))),
  lenient('kql_js_hll_count', { takes: ['VARCHAR'], gives: 'BIGINT' }, (json) => {
    const [, hashes = null] = items(json);
    return isArray(hashes) ? BigInt(hashes.length) : 0n;
  }),
];
