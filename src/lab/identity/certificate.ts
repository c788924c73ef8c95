import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, integer, objectId, sequence, set, utcTime, utf8, value } from './der';

const sha256WithRsa = sequence(objectId('1.2.840.113549.1.1.11'), value(0x05));
const name = (commonName: string): Buffer => sequence(set(sequence(objectId('2.5.4.3'), utf8(commonName))));
const years = (from: Date, count: number): Date => new Date(from.getTime() + count * 365 * 86_400_000);

export interface CertificateRequest {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly now: Date;
}

/** A self-signed X.509 certificate (version 1, RSA with SHA-256, five years) in DER, as the `x5c` of a key set carries it. */
export const selfSignedCertificate = ({ commonName, publicKey, privateKey, now }: CertificateRequest): Buffer => {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    integer(serial),
    sha256WithRsa,
    name(commonName),
    sequence(utcTime(now), utcTime(years(now, 5))),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  return sequence(body, sha256WithRsa, bits(sign('sha256', body, privateKey)));
};
