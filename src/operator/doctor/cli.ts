#!/usr/bin/env node
import { runDoctor } from './run';

void runDoctor({
  argv: process.argv.slice(2),
  environment: process.env,
  terminal: { out: (line) => console.log(line), err: (line) => console.error(line) },
}).then((code) => {
  process.exitCode = code;
});
