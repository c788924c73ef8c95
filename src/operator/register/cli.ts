#!/usr/bin/env node
import { runRegister } from './run';

process.umask(0o077);
void runRegister({
  argv: process.argv.slice(2),
  environment: process.env,
  terminal: { out: (line) => console.log(line), err: (line) => console.error(line) },
}).then((code) => {
  process.exitCode = code;
});
