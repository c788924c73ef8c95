import { strict, type RuntimeFunction } from '../runtime-function';
import { isArray, knownJson, plainText, writeJson, type JsonValue } from '../json/exact-json';
import { browserPatterns, devicePatterns, systemPatterns, type UserAgentPattern } from './user-agents.data';

/** What one part of a result is: the keys it has, and the captures that fill them where no replacement is written. */
interface Part {
  readonly name: string;
  readonly keys: readonly string[];
  readonly defaults: readonly (number | null)[];
  readonly patterns: readonly UserAgentPattern[];
}

const parts: Readonly<Record<string, Part>> = {
  browser: {
    name: 'Browser',
    keys: ['Family', 'MajorVersion', 'MinorVersion', 'Patch'],
    defaults: [1, 2, 3, 4],
    patterns: browserPatterns,
  },
  os: {
    name: 'OperatingSystem',
    keys: ['Family', 'MajorVersion', 'MinorVersion', 'Patch', 'PatchMinor'],
    defaults: [1, 2, 3, 4, 5],
    patterns: systemPatterns,
  },
  device: { name: 'Device', keys: ['Family', 'Brand', 'Model'], defaults: [1, null, 1], patterns: devicePatterns },
};

/** Patterns are compiled when they are first tried: a thousand of them at start would cost more than most queries. */
const compiled = new Map<UserAgentPattern, RegExp>();

function regexOf(pattern: UserAgentPattern): RegExp {
  const known = compiled.get(pattern);
  if (known) return known;
  const regex = new RegExp(pattern[0], pattern[1] ?? '');
  compiled.set(pattern, regex);
  return regex;
}

const filled = (template: string, captures: readonly string[]): string =>
  template.replace(/\$(\d)/g, (_, index: string) => captures[Number(index)] ?? '').trim();

function look(userAgent: string, part: Part): JsonValue {
  for (const pattern of part.patterns) {
    const captures = regexOf(pattern).exec(userAgent);
    if (!captures) continue;
    const values = part.keys.map((key, index) => {
      const replacement = pattern[index + 2];
      const capture = part.defaults[index];
      return [
        key,
        replacement ? filled(replacement, captures) : capture === null || capture === undefined ? '' : (captures[capture] ?? ''),
      ] as const;
    });
    return new Map(values);
  }
  return new Map(part.keys.map((key) => [key, key === 'Family' ? 'Other' : '']));
}

/** Longer texts are no user agents, and some patterns take time that grows with the square of the length. */
const maxLength = 2_000;

const answers = new Map<string, string>();

/** parse_user_agent(): browser, operating system or device, or several of them. The same texts come again and again: answers are kept. */
export function parseUserAgent(userAgent: string, wanted: string): string | null {
  const key = `${wanted}\n${userAgent}`;
  const known = answers.get(key);
  if (known !== undefined) return known;
  const value = knownJson(wanted);
  const names = (isArray(value) ? value : [value]).map((name) => plainText(name).toLowerCase());
  const found = Object.entries(parts).filter(([name]) => names.includes(name));
  if (found.length === 0) return null;
  const answer = writeJson(new Map(found.map(([, part]) => [part.name, look(userAgent.slice(0, maxLength), part)])));
  if (answers.size > 5_000) answers.clear();
  answers.set(key, answer);
  return answer;
}

export const userAgentFunctions: readonly RuntimeFunction[] = [
  strict('kql_js_parse_user_agent', { takes: ['VARCHAR', 'VARCHAR'], gives: 'VARCHAR' }, parseUserAgent),
];
