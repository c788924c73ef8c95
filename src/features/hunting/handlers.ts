import type { Budget } from './budget/budget';
import type { Clock } from './clock';
import { formHandlers } from './form/form-handlers';
import type { KeptFolder } from './kept/kept-folder';
import type { ResultPages, TenantDirectory } from './ports';
import type { HuntRecords } from './records/hunt-records';
import { refineHandler } from './refine/refine-handler';
import type { RefineService } from './refine/refine-service';
import type { ResultsRoom } from './results/results-room';
import type { RunContinuation } from './runs/run-continuation';
import type { RunExecutor } from './runs/run-executor';
import { runHandlers } from './runs/run-handlers';
import type { RunService } from './runs/run-service';

export interface HandlerDeps {
  readonly service: RunService;
  readonly continuation: RunContinuation;
  readonly refine: RefineService;
  readonly executor: RunExecutor;
  readonly budget: Budget;
  readonly tenants: TenantDirectory;
  readonly pages: ResultPages;
  readonly room: ResultsRoom;
  readonly kept: KeptFolder;
  readonly clock: Clock;
  readonly records: HuntRecords;
}

/** What the routes of hunting call, named by act. */
export const createHandlers = (deps: HandlerDeps) =>
  Object.freeze({ form: formHandlers(deps), runs: { ...runHandlers(deps), refine: refineHandler(deps) } });

export type HuntingHandlers = ReturnType<typeof createHandlers>;
