import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accounts } from '../../src/lab/directory/accounts.data';
import { tenants } from '../../src/lab/directory/tenants.data';
import { faults, labServices } from '../../src/lab/drills';

const doc = readFileSync(join(__dirname, '..', '..', 'docs', 'lab.md'), 'utf8');
const words = [...doc.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);

test.each([...accounts.map(({ username }) => username), ...tenants.map(({ domain }) => domain), ...faults, ...labServices])(
  'docs/lab.md tells of %s',
  (name) => {
    expect(words).toContain(name);
  },
);

test('it names no account that does not exist', () => {
  const named = words.filter((word) => /^[a-z]+@/.test(word ?? ''));
  for (const name of named) expect(accounts.map(({ username }) => username)).toContain(name);
});
