/**
 * KQL: parse and bind with the official language service, translate to one DuckDB SELECT. Pure: no file, no network, no clock.
 */
export type { Column, KqlType, Schema, Table } from './schema';
export type { Diagnostic, DiagnosticKind, Span } from './diagnostics';
export type { Render } from './translate/translation';
export { analyze, type Analysis } from './analyze';
export { translate, type Translation, type TranslateContext } from './translate';
