import type { Router } from 'express';
import type { Tenant } from './directory/tenants.data';
import type { LabSettings } from './settings';
import type { ServiceGate } from './service-gate';

/** What a service of the lab is built from. */
export interface LabContext {
  readonly settings: LabSettings;
  readonly tenants: readonly Tenant[];
  /** Wraps a route: token, ledger and drills are dealt with before the handler is called. */
  readonly gate: ServiceGate;
  readonly now: () => Date;
  /** Tells whoever started the lab how a long step is getting on. */
  readonly progress: (text: string) => void;
}

/** A service's routers by the lab's mount points; paths inside are those of the real service (`/v1.0/security/runHuntingQuery`). */
export interface LabMounts {
  readonly graph?: Router;
  readonly xdr?: Router;
  readonly mde?: Router;
  /** The lab's own routes below `/lab`, for local programs alone. */
  readonly lab?: Router;
  /** Called once after the lab has begun to listen: long preparation belongs here. A rejection ends the lab. */
  readonly prepare?: () => Promise<void>;
  readonly stop?: () => Promise<void>;
}

export type LabServiceFactory = (context: LabContext) => LabMounts;
