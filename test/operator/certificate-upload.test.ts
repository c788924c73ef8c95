import { join } from 'node:path';
import { heldCertificate, newCertificate, type HeldCertificate } from '../../src/operator/certificate-file';
import type { Directory, Json } from '../../src/operator/directory';
import { writePrivately } from '../../src/operator/files';
import { keysOf, uploadCertificate } from '../../src/operator/register/certificate-upload';
import { aFolder } from '../support/a-folder';

const folder = aFolder();

const aCertificate = async (name: string): Promise<HeldCertificate> => {
  const path = join(folder, `${name}.pem`);
  writePrivately(path, await newCertificate(name, new Date('2027-01-01T00:00:00Z'), 365));
  return heldCertificate(path) as HeldCertificate;
};

let ours: HeldCertificate;
let theirs: HeldCertificate;
beforeAll(async () => {
  [ours, theirs] = (await Promise.all(['ours', 'theirs'].map(aCertificate))) as [HeldCertificate, HeldCertificate];
});

const entry = ({ key }: HeldCertificate): Json => ({ type: 'AsymmetricX509Cert', key });

/** A directory of one app, in which somebody else acts after each write. */
const aDirectory = (
  rival: (keys: readonly Json[], write: number) => readonly Json[] = (keys) => keys,
  shown = (key: Json): Json => key,
) => {
  let keys: readonly Json[] = [entry(theirs)];
  let writes = 0;
  const directory: Directory = Object.freeze({
    find: async () => ({ id: 'app-1', keyCredentials: keys.map(shown) }),
    request: async ({ body }) => {
      writes += 1;
      keys = rival(keysOf(body ?? {}), writes);
      return { status: 204, body: {} };
    },
    list: async () => [],
    sleep: () => Promise.resolve(),
  });
  return { directory, held: () => keys.map(({ key }) => key), writes: () => writes };
};

const upload = ({ directory }: ReturnType<typeof aDirectory>, application: Json = { id: 'app-1' }): Promise<void> =>
  uploadCertificate({ directory, application }, ours);

test('it goes beside the certificates that are there now, whatever was read before', async () => {
  const app = aDirectory();
  await upload(app, { id: 'app-1', keyCredentials: [] });
  expect(app.held()).toEqual([theirs.key, ours.key]);
});

test('one that somebody else’s write has undone is uploaded again', async () => {
  const app = aDirectory((keys, write) => (write === 1 ? [entry(theirs)] : keys));
  await upload(app);
  expect([app.held(), app.writes()]).toEqual([[theirs.key, ours.key], 2]);
});

test('one that is undone again and again is told, and nothing goes on with it', async () => {
  const app = aDirectory(() => [entry(theirs)]);
  await expect(upload(app)).rejects.toThrow(/somebody else changes this app registration/);
});

test('one that is there already is not written again', async () => {
  const app = aDirectory();
  await upload(app);
  await upload(app);
  expect([app.held(), app.writes()]).toEqual([[theirs.key, ours.key], 1]);
});

test('a directory that shows no keys is believed', async () => {
  const app = aDirectory(undefined, () => ({ type: 'AsymmetricX509Cert', key: null }));
  await upload(app);
  expect(app.writes()).toBe(1);
});
