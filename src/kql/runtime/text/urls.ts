import { strict, type RuntimeFunction } from '../runtime-function';
import { writeJson, type JsonValue } from '../json/exact-json';

/** The bytes of `%41`-style text as a text; what is no escape stays, `+` is a blank where the caller says so. */
export function urlDecode(text: string): string {
  const bytes = text
    .replace(/\+/g, ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'));
  return bytes;
}

const unreserved = /[A-Za-z0-9\-_.!*()]/;

function escaped(text: string, keep: RegExp, blank: string): string {
  return [...text]
    .map((character) => {
      if (keep.test(character)) return character;
      if (character === ' ') return blank;
      return [...Buffer.from(character, 'utf8')].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    })
    .join('');
}

/** url_encode(): like a form, a blank is `+`. */
export const urlEncode = (text: string): string => escaped(text, unreserved, '+');

/** url_encode_component(): a blank is `%20`. */
export const urlEncodeComponent = (text: string): string =>
  escaped(text, /[A-Za-z0-9\-_.~]/, '%20').replace(/%[0-9a-f]{2}/g, (code) => code.toUpperCase());

function queryBag(query: string): ReadonlyMap<string, JsonValue> {
  const bag = new Map<string, JsonValue>();
  for (const pair of query.split('&').filter(Boolean)) {
    const cut = pair.indexOf('=');
    const key = cut < 0 ? pair : pair.slice(0, cut);
    bag.set(urlDecode(key), cut < 0 ? '' : urlDecode(pair.slice(cut + 1)));
  }
  return bag;
}

/** parse_urlquery(): the parameters of a query string. */
export function parseUrlQuery(query: string): string {
  return writeJson(new Map([['Query Parameters', queryBag(query.replace(/^\?/, ''))]]));
}

const pattern = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

/** parse_url(): the parts of an absolute URL, as they are written. */
export function parseUrl(url: string): string {
  const found = pattern.exec(url);
  const [, scheme = '', user = '', host = '', port = '', path = '', query = '', fragment = ''] = found ?? [];
  const [name = '', password = ''] = user.split(/:(.*)/s);
  return writeJson(
    new Map<string, JsonValue>([
      ['Scheme', scheme],
      ['Host', host],
      ['Port', port],
      ['Path', path],
      ['Username', name],
      ['Password', password],
      ['Query Parameters', queryBag(query)],
      ['Fragment', fragment],
    ]),
  );
}

const shape = { takes: ['VARCHAR'], gives: 'VARCHAR' } as const;

/** URLs: their parts and their escapes. */
export const urlFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_url_decode', shape, urlDecode),
  strict('kql_js_url_encode', shape, urlEncode),
  strict('kql_js_url_encode_component', shape, urlEncodeComponent),
  strict('kql_js_parse_url', shape, parseUrl),
  strict('kql_js_parse_urlquery', shape, parseUrlQuery),
];
