import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { supportMarkdown, supportSections } from '../../src/kql/support';

const path = join(__dirname, '../../docs/kql-support.md');
const rules = readFileSync(join(__dirname, '../../docs/translation.md'), 'utf8');

/** Every text under test/kql: a row may claim to be answered only when some test calls it. */
const shown = readdirSync(__dirname, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(ts|kql)$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  .join('\n');

describe('docs/kql-support.md', () => {
  it("says what the engine's tables say", () => {
    const text = supportMarkdown();
    if (process.env['UPDATE_DOCS']) writeFileSync(path, text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('claims nothing that no test shows', () => {
    const claimed = supportSections().flatMap(({ lines }) => lines.filter((line) => line.support.state !== 'refused'));
    expect(claimed.filter(({ name }) => !new RegExp(`\\b${name.replaceAll('-', '[-]')}\\b`).test(shown)).map(({ name }) => name)).toEqual(
      [],
    );
  });

  it('cites rules that are written down', () => {
    const cited = new Set(supportSections().flatMap(({ lines }) => lines.map((line) => line.rule)));
    expect([...cited].filter((rule) => !rules.includes(`### ${rule} `))).toEqual([]);
  });
});
