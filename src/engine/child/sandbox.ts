import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ChildSettings, Resources } from '../messages';
import { literal, literals } from '../sql/quote';

/** A database in memory that serves one request and is then thrown away. */
export interface Sandbox {
  readonly connection: DuckDBConnection;
  /** Gives the request its files and resources, and takes every other file, the network and all settings away. */
  close(): void;
  lock(files: readonly string[], resources: Resources): Promise<void>;
}

const options = (settings: ChildSettings): Record<string, string> => ({
  threads: String(settings.threads),
  memory_limit: `${settings.memoryMb}MB`,
  temp_directory: settings.temporaryFolder,
  max_temp_directory_size: `${settings.temporaryMb}MB`,
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
  allow_unsigned_extensions: 'false',
  allow_persistent_secrets: 'false',
});

/** Builds a sandbox, open until `lock`; made ahead of time, because it takes longer than a small query. */
export async function createSandbox(settings: ChildSettings): Promise<Sandbox> {
  const instance = await DuckDBInstance.create(':memory:', options(settings));
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    async lock(files, resources) {
      await connection.run(`SET threads = ${Math.trunc(resources.threads)}`);
      await connection.run(`SET memory_limit = ${literal(`${Math.trunc(resources.memoryMb)}MB`)}`);
      // The order matters: paths can only be allowed while access is on, and nothing can be set once configuration is locked.
      await connection.run(`SET allowed_paths = ${files.length > 0 ? literals(files) : '[]'}`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
