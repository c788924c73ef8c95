import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { variables } from '../../src/config-variables';

const root = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('the README', () => {
  const rows = new Map(
    read('README.md')
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .filter(([, name]) => /^`[A-Z_]+`$/.test(name ?? ''))
      .map(([, name = '', fallback = '', meaning = '']) => [name.slice(1, -1), { fallback, meaning }] as const),
  );

  it('lists every variable, and no other', () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(variables.shape).sort());
  });

  it.each(Object.entries(variables.shape))('says what %s means and what it is unless set', (name, schema) => {
    const parsed = schema.safeParse(undefined);
    const fallback = parsed.success && parsed.data !== undefined ? `\`${String(parsed.data)}\`` : '';
    expect(rows.get(name)).toEqual({ fallback, meaning: schema.description });
  });

  it('stays short', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(150);
    expect(read('docs/architecture.md').split('\n').length).toBeLessThanOrEqual(120);
  });
});

describe('links between documents', () => {
  it.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])('of %s lead to files that exist', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '');
    const missing = links.filter((target) => !existsSync(join(root, file, '..', target)));
    expect(missing).toEqual([]);
  });

  it('name source files that exist', () => {
    const named = [...read('docs/architecture.md').matchAll(/`((?:src|views|public|test)\/[\w./-]+\.\w+)`/g)].map(([, path]) => path ?? '');
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});
