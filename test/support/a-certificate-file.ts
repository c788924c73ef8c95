import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aCertificate } from './a-certificate';
import { aFolder } from './a-folder';

/** A certificate, and the file that the lab's registration reads it from; call it outside of tests. */
export const aCertificateFile = (): ReturnType<typeof aCertificate> & { readonly path: string } => {
  const certificate = aCertificate();
  const path = join(aFolder(), 'certificate.pem');
  writeFileSync(path, certificate.certificate);
  return { ...certificate, path };
};
