import type { Finding } from './bridge';

/** Findings of the binder that the engine itself does not raise: it is stricter on argument types and counts. */
const lenient = new Set(['KS107', 'KS134', 'KS183', 'KS234', 'KS235']);

/** In a fuzzy union a name or pattern that finds nothing is left out. */
const isFuzzyArm = (finding: Finding, text: string): boolean =>
  /^KS(142|204|205)$/.test(finding.code) && /\bisfuzzy\s*=\s*true\b[^|;]*$/i.test(text.slice(0, finding.start));

/** The hunting functions take the bare name of a column, which stock KQL does not know. */
export const isColumnArgument = (finding: Finding, text: string): boolean =>
  finding.code === 'KS142' && /\binvoke\s+(FileProfile|SeenBy)\s*\([^()]*$/.test(text.slice(0, finding.start));

/** Plugins, and arguments of plugins, that this engine knows and the binder does not. */
const isOwnPlugin = ({ code, message }: Finding): boolean =>
  (code === 'KS124' && /'schema_merge'/.test(message)) || (code === 'KS119' && /'bag_unpack'/.test(message));

/** A repeated column of project-reorder stands where it is named first; a pattern that finds no column leaves none out. */
function isHarmlessColumn({ code, start, length }: Finding, text: string): boolean {
  const operator = /\b(project-\w+)\b[^|;]*$/.exec(text.slice(0, start))?.[1];
  if (code === 'KS171') return operator === 'project-reorder';
  const wildcard = code === 'KS142' || code === 'KS109';
  return wildcard && text.slice(start, start + length).includes('*') && (operator === 'project-away' || operator === 'project-keep');
}

/** Whether a finding keeps the query from being run. */
export const isError = (finding: Finding, text: string): boolean =>
  finding.severity === 'Error' &&
  !lenient.has(finding.code) &&
  !isFuzzyArm(finding, text) &&
  !isColumnArgument(finding, text) &&
  !isHarmlessColumn(finding, text) &&
  !isOwnPlugin(finding);
