import { parseTimespan, type Timespan } from './timespan';
import type { Dialect } from './dialect';
import type { HuntingProblem } from './hunting-problem';

export interface HuntingRequest {
  readonly query: string;
  readonly timespan: Timespan;
}

type Read = { readonly ok: true; readonly request: HuntingRequest } | { readonly ok: false; readonly problem: HuntingProblem };

const refuse = (code: string, message: string): Read => ({ ok: false, problem: { status: 400, code, message } });

const pick = (body: Readonly<Record<string, unknown>>, keys: readonly string[]): unknown =>
  keys.map((key) => (Object.hasOwn(body, key) ? body[key] : undefined)).find((value) => value !== undefined && value !== null);

/** Reads the body of a hunting call. Names of properties are case-sensitive, as the documentation warns. */
export const readHuntingRequest = (body: unknown, dialect: Dialect, now: Date): Read => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refuse('InvalidRequestBody', 'The request body is not a JSON object.');
  const properties = body as Readonly<Record<string, unknown>>;
  const query = pick(properties, dialect.queryKeys);
  if (typeof query !== 'string' || query.trim() === '') {
    const code = dialect.audience === 'graph' ? 'BadRequest' : 'MissingRequiredParameter';
    return refuse(code, `The property "${dialect.queryKeys[0]}" is missing or is no text; names are case-sensitive.`);
  }
  const span = pick(properties, dialect.timespanKeys);
  if (span === undefined) return { ok: true, request: { query, timespan: {} } };
  const timespan = typeof span === 'string' ? parseTimespan(span, now) : undefined;
  return timespan
    ? { ok: true, request: { query, timespan } }
    : refuse('BadRequest', 'The property "Timespan" is not an ISO 8601 duration or interval.');
};
