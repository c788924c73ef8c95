import type { Parameter } from '../../engine/requests';

/** Collects bound values: `bind` returns the placeholder. */
export interface Bindings {
  readonly parameters: readonly Parameter[];
  bind(value: Parameter): string;
}

export function createBindings(): Bindings {
  const parameters: Parameter[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}
