import { createHash, randomBytes } from 'node:crypto';
import { createSigningKeys, type SigningKeys } from '../../src/lab/identity/signing-keys';
import { readSettings } from '../../src/lab/settings';
import { startLab, type Lab, type LabOptions } from '../../src/lab/server';

export const labSecret = 'a-secret-of-the-tests-alone';
export const labRedirectUri = 'http://localhost:3000/auth/redirect';
export const contosoId = '29111d4a-3437-4659-b483-7396f1644aed';
export const fabrikamId = 'd55c210d-8a1d-4018-9a2a-c20a6dfc0d90';

let keys: Promise<SigningKeys> | undefined;

/** A lab on a free port, with its consents in memory. The labs of one test file share their signing keys, which take long to make. */
export const aRunningLab = async (environment: Record<string, string> = {}, options: Partial<LabOptions> = {}): Promise<Lab> =>
  startLab({
    keys: await (keys ??= createSigningKeys(() => new Date())),
    settings: readSettings({ LAB_PORT: '0', LAB_CLIENT_SECRET: labSecret, ...environment }),
    persist: false,
    ...options,
  });

/** A PKCE verifier and its challenge. */
export const aVerifier = (): { readonly verifier: string; readonly challenge: string } => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};
