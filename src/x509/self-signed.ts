import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { bits, explicit, integer, objectId, octets, sequence, set, truth, utcTime, utf8, value } from './der';

const sha256WithRsa = sequence(objectId('1.2.840.113549.1.1.11'), value(0x05));
const name = (commonName: string): Buffer => sequence(set(sequence(objectId('2.5.4.3'), utf8(commonName))));

/** Not a certificate authority, and its key signs: what a client assertion needs. */
const extensions = sequence(
  sequence(objectId('2.5.29.19'), truth, octets(sequence())),
  sequence(objectId('2.5.29.15'), truth, octets(value(0x03, Buffer.from([7, 0x80])))),
);

export interface CertificateRequest {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  readonly from: Date;
  readonly days: number;
}

/** A self-signed X.509 certificate (version 3, RSA with SHA-256) in DER; Node reads certificates but writes none. */
export const selfSignedCertificate = ({ commonName, publicKey, privateKey, from, days }: CertificateRequest): Buffer => {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serial),
    sha256WithRsa,
    name(commonName),
    sequence(utcTime(from), utcTime(new Date(from.getTime() + days * 86_400_000))),
    name(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions),
  );
  return sequence(body, sha256WithRsa, bits(sign('sha256', body, privateKey)));
};

/** DER in the armour of a PEM file. */
export const toPem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;
