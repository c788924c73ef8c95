import { createKqlInProcess } from '../support/kql/kql-in-process';

const addresses = [
  'https://user:pw@Host.example:8443/a/b?x=1&y=2#top',
  'http://[::1]:80/',
  'HTTPS://h',
  'ftp+x-1.2://h/p',
  'mailto:a@b.example',
  '//h/p?q',
  '/only/a/path',
  'words without any',
  'https://',
  'https://h:port/p',
  'https://h/p#a#b',
  'https://h/p?a?b',
  'https://\u212Aelvin/\u017F',
  '\u212A:x',
  'https://a b/c\nd',
  '',
  ':',
  '1ab://h',
  'https://h\\\\p',
];
const rows = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ');

/** Texts cut by a separator: none, at the ends, twice, one that is longer. */
const cut = ['a.b.c', 'abc', '', '.', 'a..c', '.a', 'a.', 'a::b:::c', '\u00e9.\ud83d\ude00.z'];

describe('a part of a text', () => {
  let kql: Awaited<ReturnType<typeof createKqlInProcess>>;
  beforeAll(async () => {
    kql = await createKqlInProcess();
  });
  afterAll(() => kql.close());

  const answer = async (query: string): Promise<readonly (readonly unknown[])[]> => {
    const found = await kql.answer(query);
    if ('diagnostics' in found) throw new Error(JSON.stringify(found.diagnostics));
    return found.rows;
  };

  it.each(['Scheme', 'Host', 'Port', 'Path', 'Fragment', 'Username', 'Query Parameters', 'None'])(
    'of an address, its %s, is the same alone and out of the whole',
    async (part) => {
      const parts = await answer(
        `datatable(s:string)[${rows(addresses)}] | extend whole = parse_url(s) | project s, alone = tostring(parse_url(s)["${part}"]), taken = tostring(whole["${part}"]), none = isnull(parse_url(s)["${part}"]), absent = isnull(whole["${part}"])`,
      );
      expect(parts.map(([s, alone, , none]) => [s, alone, none])).toEqual(parts.map(([s, , taken, , absent]) => [s, taken, absent]));
    },
  );

  it.each(['.', '::', 'a'])('between separators %s is the same alone and out of the list', async (separator) => {
    for (const index of [0, 1, 2, 5, -1]) {
      const parts = await answer(
        `datatable(s:string)[${rows(cut)}] | extend list = split(s, "${separator}") | project s, alone = tostring(split(s, "${separator}")[${index}]), taken = tostring(list[${index}]), none = isnull(split(s, "${separator}")[${index}]), absent = isnull(list[${index}])`,
      );
      expect(parts.map(([s, alone, , none]) => [s, alone, none])).toEqual(parts.map(([s, , taken, , absent]) => [s, taken, absent]));
    }
  });
});
