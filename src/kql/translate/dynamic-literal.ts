import type { SyntaxNode } from '../bind/syntax-node';
import { literalValue } from '../bind/literals';
import type { Expression } from './expression';
import { constantOf } from './literal';
import { listOf } from './call-context';

const pad = (value: bigint | number, width: number): string => String(value).padStart(width, '0');

/** "2020-01-02T03:04:05.0000000Z" */
export function datetimeText(ticks: bigint): string {
  const days = ticks / 864000000000n;
  const date = new Date(Number(days - 719162n) * 86400000);
  const rest = ticks % 864000000000n;
  const clock = [rest / 36000000000n, (rest / 600000000n) % 60n, (rest / 10000000n) % 60n].map((part) => pad(part, 2)).join(':');
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}T${clock}.${pad(rest % 10000000n, 7)}Z`;
}

/** "[-][d.]hh:mm:ss[.fffffff]" */
export function timespanText(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const days = size / 864000000000n;
  const clock = [(size / 36000000000n) % 24n, (size / 600000000n) % 60n, (size / 10000000n) % 60n].map((part) => pad(part, 2)).join(':');
  const fraction = size % 10000000n;
  return `${ticks < 0n ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${pad(fraction, 7)}` : ''}`;
}

function scalarJson(node: SyntaxNode, now: bigint): string {
  if (node.kind.endsWith('StringLiteralExpression')) return JSON.stringify(node.raw);
  const value = literalValue(node.kind, node.raw, now);
  if (value === undefined || value === null) return 'null';
  if (node.kind === 'DateTimeLiteralExpression') return JSON.stringify(datetimeText(value as bigint));
  if (node.kind === 'TimespanLiteralExpression') return JSON.stringify(timespanText(value as bigint));
  if (node.kind === 'RealLiteralExpression' && /^[-\d.]+(e[+-]?\d+)?$/i.test(node.raw))
    return /^\d+\.$/.test(node.raw) ? `${node.raw}0` : node.raw;
  return typeof value === 'string' || (typeof value === 'number' && !Number.isFinite(value))
    ? JSON.stringify(String(value))
    : String(value);
}

/** The JSON text of what stands inside dynamic(...). Numbers keep their digits, times become text. */
export function jsonText(node: SyntaxNode, now: bigint): string {
  switch (node.kind) {
    case 'DynamicExpression':
      return jsonText(node.need('Expression'), now);
    case 'JsonObjectExpression':
      return `{${node
        .list('Pairs')
        .map((pair) => `${JSON.stringify(keyOf(pair))}:${jsonText(pair.need('Value'), now)}`)
        .join(',')}}`;
    case 'JsonArrayExpression':
      return `[${node
        .list('Values')
        .map((value) => jsonText(value, now))
        .join(',')}]`;
    case 'UnaryMinusExpression':
      return `-${jsonText(node.need('Expression'), now)}`;
    case 'UnaryPlusExpression':
      return jsonText(node.need('Expression'), now);
    default:
      return scalarJson(node, now);
  }
}

function keyOf(pair: SyntaxNode): string {
  const text = pair.need('Name').text;
  return text.startsWith("'") ? text.slice(1, -1).replace(/\\(.)/g, '$1') : decoded(text);
}

function decoded(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^@?["'](.*)["']$/s, '$1');
  }
}

/** dynamic(...) as a constant; a list of scalars is opened for in, has_any and friends. */
export function dynamicLiteral(node: SyntaxNode, now: bigint): Expression {
  const text = jsonText(node, now);
  return { ...constantOf(text === 'null' ? null : text, 'dynamic'), ...listOf(text) };
}
