import type { SyntaxNode } from '../bind/syntax-node';
import { extended, once, type Binding, type Environment } from './environment';
import { optionName } from './query-options';
import type { Translation } from './translation';

function bindingOf(value: SyntaxNode, translation: Translation, environment: Environment): Binding {
  if (value.kind === 'FunctionDeclaration')
    return { kind: 'function', environment, view: value.part('ViewKeyword') !== undefined, body: value.need('Body') };
  const graph = value.type?.kind === 'other' && value.type.name === 'Graph';
  if (value.type?.kind === 'table' || graph) return { kind: 'table', value: once(() => translation.tabular(value, environment)) };
  const known = value.kind === 'NameReference' ? environment.lookup(value.name) : undefined;
  return known ?? { kind: 'scalar', value: once(() => translation.scalar(value, { translation, environment })) };
}

function declare(statement: SyntaxNode, translation: Translation, environment: Environment): Environment {
  switch (statement.kind) {
    case 'LetStatement':
      return extended(environment, statement.need('Name').name, bindingOf(statement.need('Expression'), translation, environment));
    case 'QueryParametersStatement':
      return statement.list('Parameters').reduce((inner, parameter) => {
        const value = parameter.part('DefaultValue')?.part('Value');
        const name = parameter.need('NameAndType').need('Name').name;
        if (!value)
          return translation.refuse(
            'not-constant',
            { what: `The query parameter '${name}' has no default value, which here` },
            { node: parameter, environment },
          );
        return extended(inner, name, bindingOf(value, translation, environment));
      }, environment);
    case 'SetOptionStatement': {
      const value = statement.part('ValueClause')?.part('Expression');
      return value
        ? extended(environment, optionName(statement.need('Name').name), bindingOf(value, translation, environment))
        : environment;
    }
    default:
      return environment;
  }
}

/** Makes the names of let statements known, in order; nothing is translated before it is used. */
export function declareStatements(statements: readonly SyntaxNode[], translation: Translation, environment: Environment): Environment {
  return statements.reduce((inner, statement) => declare(statement, translation, inner), environment);
}
