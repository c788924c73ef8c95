import { rm } from 'node:fs/promises';
import { TestEnvironment } from 'jest-environment-node';
import { Agent, setGlobalDispatcher } from 'undici';

// A connection of its own for every fetch: one that rested while the machine was busy may be closed just as it is used again. The
// server is not asked to close it (`pipelining: 0` would): where it does so before anybody has read the answer, undici fails.
class OwnConnections extends Agent {
  // Not by `compose`, which joins cookies into one for the fetch that is Node's own.
  override dispatch(...[options, handler]: Parameters<Agent['dispatch']>): boolean {
    const own = new Agent();
    const more = own.dispatch(options, handler);
    own.close().catch(() => undefined);
    return more;
  }
}
setGlobalDispatcher(new OwnConnections());

/**
 * Node, and the folders that a test file asked for (`aFolder`). They go once its last hook is over: hooks run in the order they
 * are written in, and whatever an earlier one would remove may still be written into by what a later one ends.
 */
export default class extends TestEnvironment {
  private readonly folders: string[] = [];

  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, { foldersToRemove: this.folders });
  }

  override async teardown(): Promise<void> {
    await super.teardown();
    // A process that was just killed may be on its way out; what stays then is no fault of the tests.
    const removed = this.folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
    await Promise.allSettled(removed);
  }
}
