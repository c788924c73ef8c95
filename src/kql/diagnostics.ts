/** Where in the query text something is; line and column count from 1. */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

export type DiagnosticKind = 'syntax' | 'semantic' | 'refused' | 'unsupported' | 'limit' | 'advice';

export interface Diagnostic {
  readonly code: string;
  readonly kind: DiagnosticKind;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly hint?: string;
  readonly span?: Span;
}
