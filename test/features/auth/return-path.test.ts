import { readReturnPath } from '../../../src/features/auth/return-path';
import { fc } from '../../support/properties';

const site = 'https://quarry.example';

/** Where a browser goes for `Location: <path>` on our site. */
const destination = (path: string): URL => new URL(path, `${site}/auth/redirect?code=x`);

const corpus = [
  '//evil.example',
  '///evil.example',
  '////evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/a/../..//evil.example',
  '/%2e%2e//evil.example',
  '/a/%2e%2e//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/ /evil.example',
  '/\u0000/evil.example',
  '/\u2028/evil.example',
  '/\ufeff/evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'http://quarry.invalid/x',
  'javascript:alert(1)',
  'data:text/html,x',
  'evil.example',
  '@evil.example',
  ':80',
  '?x',
  '#x',
  '',
  '/auth/signin',
  '/AUTH/signout',
  '/auth',
  '/auth?x',
  `/${'a'.repeat(3_000)}`,
];

describe('the path to return to', () => {
  it.each(corpus)('%j is refused', (wish) => expect(readReturnPath(wish)).toBeUndefined());

  it.each([
    '/',
    '/hunting',
    '/hunting/runs/1?page=2&sort=a%20b#row-3',
    '/schema/Device%2FInfo',
    '/authors',
    '/a:b@c',
    '/ü',
    '/a//b',
    '/?next=//evil.example',
  ])('%j is kept, character for character', (wish) => expect(readReturnPath(wish)).toBe(wish));

  it.each([undefined, null, 7, ['/a', '/b'], { toString: () => '/a' }])('%j is no path', (wish) =>
    expect(readReturnPath(wish)).toBeUndefined(),
  );

  it('whatever is accepted is the wish itself and stays on our site', () => {
    const part = fc.constantFrom(
      '/',
      '//',
      '\\',
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      '\r',
      ' ',
      '\u0000',
      'evil.example',
      'a',
      'http:',
      ';',
    );
    const wish = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 9 }).map((parts) => `/${parts.join('')}`),
      fc.webUrl(),
      fc.constantFrom(...corpus),
    );
    fc.assert(
      fc.property(wish, (text) => {
        const path = readReturnPath(text);
        if (path === undefined) return;
        expect(path).toBe(text);
        expect(destination(path).origin).toBe(site);
        expect(new URL(destination(path).pathname, site).origin).toBe(site);
      }),
      { numRuns: 20_000 },
    );
  });
});
