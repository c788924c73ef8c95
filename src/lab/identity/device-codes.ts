import { randomBytes, randomInt } from 'node:crypto';
import type { SignInFacts } from './tokens';

/** Who approved a device, and where. */
export interface Approval {
  readonly username: string;
  readonly tenantId: string;
  readonly facts: SignInFacts;
}

/** A console that waits for somebody to sign in for it in a browser. */
export interface WaitingDevice {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly authority: string;
  readonly scope: string;
  readonly until: number;
  state: 'waiting' | 'declined' | Approval;
  /** When it asked last, and how long it has to wait between two questions. */
  askedAt: number;
  intervalMs: number;
}

export const deviceLifetimeSeconds = 900;

/** Letters that nobody mistakes for one another. */
const letters = 'BCDFGHJKLMNPQRSTVWXZ23456789';
const newUserCode = (): string => Array.from({ length: 9 }, () => letters[randomInt(letters.length)]).join('');

const most = 200;

/** Consoles that wait; kept in memory, since a quarter of an hour is all they have. */
export const createDeviceCodes = (now: () => Date, intervalSeconds: number) => {
  const waiting = new Map<string, WaitingDevice>();
  const forget = (): void => {
    for (const [code, { until }] of waiting) if (until + 60_000 < now().getTime()) waiting.delete(code);
    for (const code of waiting.keys()) if (waiting.size > most) waiting.delete(code);
  };
  return Object.freeze({
    intervalSeconds,
    start: (asked: Pick<WaitingDevice, 'clientId' | 'authority' | 'scope'>): WaitingDevice => {
      forget();
      const device: WaitingDevice = {
        ...asked,
        deviceCode: randomBytes(48).toString('base64url'),
        userCode: newUserCode(),
        until: now().getTime() + deviceLifetimeSeconds * 1000,
        state: 'waiting',
        askedAt: 0,
        intervalMs: intervalSeconds * 1000,
      };
      waiting.set(device.deviceCode, device);
      return device;
    },
    byDeviceCode: (code: string): WaitingDevice | undefined => waiting.get(code),
    /** By what a person typed: small letters, spaces and dashes do not matter. */
    byUserCode: (typed: string): WaitingDevice | undefined => {
      const code = typed.toUpperCase().replace(/[\s-]/g, '');
      return [...waiting.values()].find(({ userCode, until }) => userCode === code && until > now().getTime());
    },
    /** Whether it asks again before its time; then it has to wait longer from now on. */
    hurries: (device: WaitingDevice): boolean => {
      const [at, before] = [now().getTime(), device.askedAt];
      device.askedAt = at;
      if (before === 0 || at - before >= device.intervalMs - 250) return false;
      device.intervalMs += 5_000;
      return true;
    },
    /** A code that has been redeemed is worth nothing. */
    end: (device: WaitingDevice): void => void waiting.delete(device.deviceCode),
  });
};

export type DeviceCodes = ReturnType<typeof createDeviceCodes>;
