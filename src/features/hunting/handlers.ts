import type { Budget } from './budget';
import type { Clock } from './clock';
import { formHandlers } from './form-handlers';
import type { KeptFolder } from './kept-folder';
import type { ResultPages, TenantDirectory } from './ports';
import { refineHandler } from './refine-handler';
import type { RefineService } from './refine-service';
import type { ResultsRoom } from './results/results-room';
import type { RunContinuation } from './run-continuation';
import type { RunExecutor } from './run-executor';
import { runHandlers } from './run-handlers';
import type { RunService } from './run-service';

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
}

/** What the routes of hunting call, named by act. */
export const createHandlers = (deps: HandlerDeps) =>
  Object.freeze({ form: formHandlers(deps), runs: { ...runHandlers(deps), refine: refineHandler(deps) } });

export type HuntingHandlers = ReturnType<typeof createHandlers>;
