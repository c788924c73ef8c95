import type { KqlType } from '../../../../kql/schema';

/** A value of an answer in wire form: datetimes as ISO 8601 with seven digits, whole numbers as numbers. */
export type AnswerValue = string | number | boolean | null;

/** A question that the telemetry answers, with the answer that the simulator wrote into it. */
export interface AnswerKey {
  readonly id: string;
  readonly tenant: string;
  readonly title: string;
  /** What happened, for whoever wants to be told. */
  readonly story: string;
  /** ATT&CK techniques, and the tactics they serve. */
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly question: string;
  readonly hint: string;
  readonly kql: string;
  readonly columns: readonly { readonly name: string; readonly type: KqlType }[];
  /** In the order that the query sorts by. */
  readonly rows: readonly (readonly AnswerValue[])[];
}
