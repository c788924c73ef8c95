import { setTimeout as pause } from 'node:timers/promises';
import { readRetryAfter } from '../defender/hunting/hunting-failure';
import type { Upstream, UpstreamResponse } from '../defender/upstream/upstream';
import { OperatorError } from './operator-error';
import { printable } from './printable';

export type Json = Readonly<Record<string, unknown>>;

/** A list in an answer; what is none holds nothing. */
export const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Graph refused a call: its own code, for whoever knows better what to do about it. */
export class DirectoryRefusal extends OperatorError {
  constructor(
    readonly status: number,
    readonly code: string,
    options: { readonly text: string; readonly remedy: string },
  ) {
    super(`Microsoft Graph refused (${status} ${printable(code)}): ${printable(options.text)}`, options.remedy);
  }
}

export interface DirectoryOptions {
  readonly upstream: Upstream;
  /** As in GRAPH_URL. */
  readonly baseUrl: string;
  readonly token: string;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly say: (line: string) => void;
}

export interface DirectoryCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `/v1.0`. */
  readonly path: string;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

const attempts = 5;
const longestWaitSeconds = 120;

const remedies: Readonly<Record<string, string>> = {
  Authorization_RequestDenied:
    'Your account may not manage app registrations here. Ask for the directory role Application Administrator (or Cloud Application Administrator), then run this again.',
  InvalidAuthenticationToken:
    'The token is not for Microsoft Graph, or it has expired. Get a new one, or leave it out and sign in by device code.',
  Forbidden: 'The token does not carry Application.ReadWrite.All. Sign in by device code, or get a token with that scope.',
};

const read = async (response: UpstreamResponse): Promise<Json> => {
  const text = await response.text();
  if (text === '') return {};
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new OperatorError(
      `Something answered in Microsoft Graph's place (status ${response.status}, not JSON).`,
      'Check GRAPH_URL, and whether a proxy or portal stands in between.',
    );
  }
};

const refusal = (status: number, body: Json): DirectoryRefusal => {
  const error = (body['error'] ?? {}) as Json;
  const code = String(error['code'] ?? 'unknown');
  const remedy = remedies[code] ?? (status === 401 ? remedies['InvalidAuthenticationToken'] : undefined);
  return new DirectoryRefusal(status, code, {
    text: String(error['message'] ?? 'no reason given'),
    remedy: remedy ?? 'What was done stays done; running this again goes on from there.',
  });
};

const unreachable = (baseUrl: string, error: unknown): OperatorError =>
  new OperatorError(
    `Microsoft Graph at ${baseUrl} could not be reached (${printable((error as Error).message)}).`,
    'Check the network, GRAPH_URL and any proxy, then run this again.',
  );

const sendOver =
  ({ upstream, baseUrl, token }: DirectoryOptions) =>
  (call: DirectoryCall): Promise<UpstreamResponse> =>
    upstream
      .send({
        method: call.method,
        url: `${baseUrl}/v1.0${call.path}`,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(call.body ? { 'content-type': 'application/json' } : {}),
          ...call.headers,
        },
        ...(call.body ? { body: JSON.stringify(call.body) } : {}),
        maxBytes: 16 * 1024 * 1024,
      })
      .catch((error: unknown) => {
        throw unreachable(baseUrl, error);
      });

/** Seconds to wait before the next attempt; undefined when there should be none. */
const waitOf = (response: UpstreamResponse, attempt: number): number | undefined => {
  const busy = response.status === 429 || response.status === 503 || response.status === 504;
  if (!busy || attempt >= attempts) return undefined;
  const seconds = readRetryAfter(response.header('retry-after')) ?? 2 ** attempt;
  return seconds <= longestWaitSeconds ? seconds : undefined;
};

const throttled = (): DirectoryRefusal =>
  new DirectoryRefusal(429, 'TooManyRequests', {
    text: 'too many requests',
    remedy: 'Wait some minutes, then run this again: it goes on from there.',
  });

/** The body; an overloaded service may answer with anything. */
const bodyOf = async (response: UpstreamResponse): Promise<Json> => {
  try {
    return await read(response);
  } catch (error) {
    if (response.status === 429 || response.status >= 500) return {};
    throw error;
  }
};

/** Microsoft Graph's directory with an operator's token: waits when it is told to, and says what to do when it is refused. */
export const createDirectory = (options: DirectoryOptions) => {
  const { sleep = pause, say } = options;
  const send = sendOver(options);

  const request = async (call: DirectoryCall): Promise<{ readonly status: number; readonly body: Json }> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(call);
      const body = await bodyOf(response);
      if (response.status < 400) return { status: response.status, body };
      const seconds = waitOf(response, attempt);
      if (seconds === undefined) throw response.status === 429 ? throttled() : refusal(response.status, body);
      say(`Microsoft Graph asks to wait ${seconds} s.`);
      await sleep(seconds * 1000);
    }
  };

  return Object.freeze({
    request,
    /** undefined when there is no such thing. */
    find: async (path: string): Promise<Json | undefined> => {
      try {
        return (await request({ method: 'GET', path })).body;
      } catch (error) {
        if (error instanceof DirectoryRefusal && error.status === 404) return undefined;
        throw error;
      }
    },
    list: async (path: string): Promise<readonly Json[]> => {
      const { body } = await request({ method: 'GET', path });
      return objects(body['value']);
    },
    sleep,
  });
};

export type Directory = ReturnType<typeof createDirectory>;

/** A text within a `$filter`, its quotes doubled, fit for an address. */
export const filterText = (text: string): string => encodeURIComponent(`'${text.replaceAll("'", "''")}'`);
