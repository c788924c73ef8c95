import { createHmac } from 'node:crypto';
import type { KeyRing, KeyPurpose } from '../../database/key-ring';
import type { AuditRecordsTable } from './audit-tables';
import type { Noted } from './audit-event';

/** A record as it stands in the database. */
export type AuditRecord = AuditRecordsTable;

/** Where a chain ends; `seq` 0 and an empty hash: nothing has been written yet. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

export const emptyChain: Head = { seq: 0, hash: '' };

/** Every column but the hash, in one order: an array has one spelling, so no two records share a text. */
const canonicalForm = (record: Omit<AuditRecord, 'hash'>): string =>
  JSON.stringify([
    'quarry-audit-1',
    record.chain,
    record.seq,
    record.at,
    record.action,
    record.actor_tenant_id,
    record.actor_object_id,
    record.actor_name,
    record.actor_username,
    record.run_id,
    record.own_data,
    record.row_count,
    record.facts,
    record.query,
    record.prev,
    record.key_id,
  ]);

/** Seals with the newest key of the ring; records name the key they were sealed with, so older ones go on being checked. */
export const createSeals = (keys: KeyRing) => {
  const keyFor = (purpose: KeyPurpose) => new Map(keys.map((key) => [key.id, key.derive(purpose)]));
  const [records, heads] = [keyFor('audit'), keyFor('audit-checkpoints')];
  const newest = keys[0].id;
  const mac = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  const hashOf = (record: Omit<AuditRecord, 'hash'>): string | undefined => {
    const key = records.get(record.key_id);
    return key && mac(key, canonicalForm(record));
  };
  return Object.freeze({
    keyId: newest,
    knows: (keyId: string): boolean => records.has(keyId),
    /** The record behind `before`. */
    seal: (noted: Noted, before: Head): AuditRecord => {
      const record = { ...noted, seq: before.seq + 1, prev: before.hash, key_id: newest };
      return { ...record, hash: hashOf(record)! };
    },
    /** Whether this is, in every column, what was sealed (`as`: in another place than it stands). */
    isGenuine: (record: AuditRecord, as: Partial<Pick<AuditRecord, 'chain' | 'seq'>> = {}): boolean =>
      hashOf({ ...record, ...as }) === record.hash,
    /** Signs what a checkpoint says with the newest key, or with the one named; undefined for a key that is not at hand. */
    signHead: (facts: readonly (string | number)[], keyId = newest): string | undefined => {
      const key = heads.get(keyId);
      return key && mac(key, JSON.stringify(['quarry-audit-checkpoint-1', ...facts, keyId]));
    },
  });
};

export type Seals = ReturnType<typeof createSeals>;
