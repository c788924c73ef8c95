import { registeredKey, type HeldCertificate } from '../certificate-file';
import { objects, type Directory, type Json } from '../directory';
import { OperatorError } from '../operator-error';

export const credentialLabel = 'Quarry (npm run register)';

/** The certificates of an app, as the directory tells them. */
export const keysOf = (application: Json): readonly Json[] => objects(application['keyCredentials']);

export const holds = (keys: readonly Json[], { key }: HeldCertificate): boolean => keys.some((one) => registeredKey(one['key']) === key);

interface Upload {
  readonly directory: Directory;
  readonly application: Json;
}

const tries = 3;
const looks = 4;

/** As they are now; what was read at first where the directory does not know the app yet. */
const currentKeys = async ({ directory, application }: Upload): Promise<readonly Json[]> =>
  keysOf((await directory.find(`/applications/${String(application['id'])}?$select=id,keyCredentials`)) ?? application);

/** A change takes a moment to be seen; a directory that shows no keys lets nobody tell. */
const isThere = async (upload: Upload, held: HeldCertificate): Promise<boolean> => {
  for (let look = 1; look <= looks; look += 1) {
    const keys = await currentKeys(upload);
    if (holds(keys, held) || keys.some(({ key }) => typeof key !== 'string')) return true;
    if (look < looks) await upload.directory.sleep(1_000 * look);
  }
  return false;
};

/**
 * Adds a certificate to those of the app. The directory takes the whole list, so somebody else who writes at the same moment may
 * undo it: the list is read right before, and looked at afterwards.
 */
export const uploadCertificate = async (upload: Upload, held: HeldCertificate): Promise<void> => {
  const { directory, application } = upload;
  const endDateTime = held.validTo.toISOString().replace('.000Z', 'Z');
  const added = { type: 'AsymmetricX509Cert', usage: 'Verify', key: held.key, displayName: credentialLabel, endDateTime };
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const before = await currentKeys(upload);
    if (holds(before, held)) return;
    const body = { keyCredentials: [...before, added] };
    await directory.request({ method: 'PATCH', path: `/applications/${String(application['id'])}`, body });
    if (await isThere(upload, held)) return;
  }
  throw new OperatorError(
    'The certificate was uploaded and is not there: somebody else changes this app registration at the same time.',
    'Wait until they are done, then run this again.',
  );
};
