import { z } from 'zod';

export const labServices = ['identity', 'hunting', 'defender', 'directory'] as const;
export const faults = ['429', '500', '504', 'truncate', 'stall', 'html', 'reset', 'cut', 'consent', 'claims', 'licence'] as const;

export type LabService = (typeof labServices)[number];
export type Fault = (typeof faults)[number];

/** What `POST /lab/drills` takes. */
export const drillSchema = z.strictObject({
  service: z.enum(labServices),
  fault: z.enum(faults),
  times: z.number().int().min(1).max(1000).default(1),
  /** A tenant's id or domain; any tenant when absent. */
  tenant: z.string().optional(),
  /** Seconds, for the faults that carry Retry-After. */
  retryAfter: z.number().int().min(0).max(3600).optional(),
});

export type Drill = z.infer<typeof drillSchema>;

/** What is wrong with a drill that is well-formed: a missing licence is told where tokens and consents are given, nowhere else. */
export const drillProblem = ({ service, fault }: Pick<Drill, 'service' | 'fault'>): string | undefined =>
  fault === 'licence' && service !== 'identity' ? 'The fault licence is one of the service identity.' : undefined;

/** A fault that one call has to suffer. */
export interface DueFault {
  readonly fault: Fault;
  readonly retryAfter?: number;
}

/** The armed faults: each waits for the next calls of its service (and tenant), in the order of arming. */
export const createDrills = () => {
  let armed: Drill[] = [];
  return Object.freeze({
    arm: (drill: Drill): void => void armed.push({ ...drill }),
    clear: (): void => void (armed = []),
    list: (): readonly Drill[] => armed.map((drill) => ({ ...drill })),
    /** The fault that this call must show, if one is armed for it; counts it down. `among`: the only faults that the call knows. */
    take: (service: LabService, tenantId: string | undefined, among: readonly Fault[] = faults): DueFault | undefined => {
      const due = armed.find(
        (drill) => drill.service === service && among.includes(drill.fault) && (drill.tenant === undefined || drill.tenant === tenantId),
      );
      if (!due) return undefined;
      due.times -= 1;
      if (due.times <= 0) armed = armed.filter((drill) => drill !== due);
      return { fault: due.fault, ...(due.retryAfter === undefined ? {} : { retryAfter: due.retryAfter }) };
    },
  });
};

export type Drills = ReturnType<typeof createDrills>;
