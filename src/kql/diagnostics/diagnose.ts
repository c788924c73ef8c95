import type { Diagnostic, Span } from '../diagnostics';
import { catalogue, type DiagnosticCode } from './catalogue.data';

export type Parameters = Readonly<Record<string, string | number>>;

/** A diagnostic of the catalogue with its parameters filled in. */
export function diagnose(code: DiagnosticCode, parameters: Parameters, span?: Span): Diagnostic {
  const entry: (typeof catalogue)[DiagnosticCode] & { hint?: string } = catalogue[code];
  const message = entry.message.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
  const hint = typeof parameters['hint'] === 'string' ? parameters['hint'] : entry.hint;
  return { code, kind: entry.kind, severity: entry.severity, message, ...(hint ? { hint } : {}), ...(span ? { span } : {}) };
}

/** Stops a translation; caught in kql/index.ts, where it becomes the `refused` state. */
export class Refusal extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => diagnostic.message).join(' '));
  }
}

/** Stops the translation with one diagnostic. */
export function refuse(code: DiagnosticCode, parameters: Parameters, span?: Span): never {
  throw new Refusal([diagnose(code, parameters, span)]);
}
