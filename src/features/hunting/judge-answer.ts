import type { Cut } from './run';

export interface AnswerFacts {
  readonly rows: number;
  readonly unknownKeys: number;
  /** The service pointed to a further page. */
  readonly more: boolean;
}

export interface Judgement {
  readonly cut: Cut | null;
  readonly doubts: readonly string[];
}

/** Row limits that the services had, or still have on some page of theirs: an answer of exactly that size may be cut. */
const otherLimits = [10_000, 30_000, 50_000];

const doubtOf = (facts: AnswerFacts): readonly string[] => {
  const doubts: string[] = [];
  if (otherLimits.includes(facts.rows)) {
    doubts.push(`Exactly ${facts.rows} rows came, which is a row limit that the service has had: there may be more.`);
  }
  if (facts.unknownKeys > 0) doubts.push('The answer held values under names that its own schema does not list; they are not kept.');
  return doubts;
};

/**
 * Whether an answer that arrived whole is all there is: the services cut at their row limit without a word. The query's own
 * `take` is not a cut, even where it equals the limit.
 */
export const judgeAnswer = (
  facts: AnswerFacts,
  limits: { readonly rowLimit: number; readonly userTake?: number | undefined },
): Judgement => {
  const asAsked = limits.userTake !== undefined && limits.userTake <= limits.rowLimit && facts.rows === limits.userTake;
  if (facts.more) return { cut: 'rows', doubts: doubtOf(facts) };
  if (asAsked) return { cut: null, doubts: doubtOf({ ...facts, rows: 0 }) };
  if (facts.rows >= limits.rowLimit) return { cut: 'rows', doubts: doubtOf(facts) };
  return { cut: null, doubts: doubtOf(facts) };
};
