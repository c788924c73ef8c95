import { strict, type RuntimeFunction } from '../runtime-function';
import { writeJson, type JsonValue } from '../json/exact-json';

interface Element {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: Element[];
  text: string;
}

const maxDepth = 200;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}

/** The characters behind the five named entities and the numeric ones. */
function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x')) return character(parseInt(name.slice(2), 16), whole);
    return name.startsWith('#') ? character(Number(name.slice(1)), whole) : (entities[name] ?? whole);
  });
}

const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>|<\/\s*([^\s>]+)\s*>|<([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/gy;
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const attributesOf = (text: string): readonly (readonly [string, string])[] =>
  [...text.matchAll(attribute)].map(([, name = '', double, single]) => [name, unescaped(double ?? single ?? '')]);

/** Takes one token of the document in; false where it closes what is not open. */
function took(open: Element[], [, data, closing, name, attributes = '', empty, plain]: RegExpExecArray): boolean {
  const parent = open.at(-1);
  if (parent === undefined) return false;
  if (closing !== undefined) return open.length > 1 && open.pop()?.name === closing;
  parent.text += data ?? (plain === undefined ? '' : unescaped(plain));
  if (name === undefined) return true;
  const element: Element = { name, attributes: attributesOf(attributes), children: [], text: '' };
  parent.children.push(element);
  if (empty !== '/') open.push(element);
  return open.length <= maxDepth;
}

/** The one element of a document; null when the text is no well-formed XML. */
function readDocument(text: string): Element | null {
  const document: Element = { name: '', attributes: [], children: [], text: '' };
  const open: Element[] = [document];
  let at = 0;
  for (const found of text.matchAll(token)) {
    at += found[0].length;
    if (!took(open, found)) return null;
  }
  const [root] = document.children;
  const whole = at === text.length && open.length === 1 && document.children.length === 1 && document.text.trim() === '';
  return whole && root ? root : null;
}

/** A text that is written like a number is one. */
const scalar = (text: string): JsonValue => (/^-?(?:0|[1-9]\d{0,17})(?:\.\d+)?$/.test(text) ? { raw: text } : text);

function valueOf(element: Element): JsonValue {
  const text = element.text.trim();
  if (element.attributes.length === 0 && element.children.length === 0) return text === '' ? null : scalar(text);
  const bag = new Map<string, JsonValue>(element.attributes.map(([name, value]) => [`@${name}`, scalar(value)]));
  if (text !== '') bag.set('#text', scalar(text));
  for (const child of element.children) {
    const known = bag.get(child.name);
    const value = valueOf(child);
    const several = element.children.filter((other) => other.name === child.name).length > 1;
    bag.set(child.name, several ? [...((known as readonly JsonValue[] | undefined) ?? []), value] : value);
  }
  return bag;
}

/** Longer texts are null, as in Kusto. */
const maxLength = 1_048_576;

/** parse_xml(): elements as bags, attributes with @, text beside them as #text, repeated elements as arrays. */
export function parseXml(text: string): string | null {
  const root = text.length > maxLength ? null : readDocument(text.trim());
  return root === null ? null : writeJson(new Map([[root.name, valueOf(root)]]));
}

export const xmlFunctions: readonly RuntimeFunction[] = [strict('kql_js_parse_xml', { takes: ['VARCHAR'], gives: 'VARCHAR' }, parseXml)];
