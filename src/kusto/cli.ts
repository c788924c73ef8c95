#!/usr/bin/env node
import { loadEnvFile } from 'node:process';
import { runCli } from './cli/run';

try {
  loadEnvFile();
} catch {
  // No .env: the environment alone.
}
const { argv, env, stdin, stdout, stderr } = process;
void runCli({ argv: argv.slice(2), env, stdin, stdout, stderr }).then((code) => {
  process.exitCode = code;
});
