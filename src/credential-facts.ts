import { readFileSync } from 'node:fs';
import type { CredentialFacts } from './features/tenants/board/expiry-rows';
import { certificateEnd } from './identity/client-credential';

/** What can be known of when our own credential ends: a certificate says so itself, a secret's end is what the operator wrote down. */
export const credentialFacts = (
  { certificatePath }: { readonly certificatePath: string | null },
  secretEnds: number | null,
): CredentialFacts =>
  certificatePath
    ? { kind: 'certificate', endsAt: certificateEnd(readFileSync(certificatePath, 'utf8')) }
    : { kind: 'secret', endsAt: secretEnds };
