import type { Fault } from '../../shared/result.js';
import type { Parameter } from './route.js';

export const ID: Pick<Parameter, 'pattern' | 'expected'> = {
  pattern: /^[A-Za-z0-9_-]{1,63}$/,
  expected: '1 to 63 of A-Z a-z 0-9 _ -',
};
export const NUMBER: Pick<Parameter, 'pattern' | 'expected'> = {
  pattern: /^\d{1,15}$/,
  expected: 'a whole number',
};

/** Everything that is wrong with the parameters of a request. */
export function parameterFaults(
  known: readonly Parameter[],
  given: { readonly path: object; readonly query: object },
): readonly Fault[] {
  const names = new Set(known.map(({ name }) => name));
  const listed = known.filter((each) => each.in === 'query').map(({ name }) => name);
  const unknown = Object.keys(given.query).filter((name) => !names.has(name));
  return [
    ...unknown.slice(0, 20).map((name) => unknownParameter(name, listed)),
    ...known.flatMap((each) => {
      const value = (given[each.in] as Readonly<Record<string, unknown>>)[each.name];
      if (value === undefined) return each.required === true ? [missing(each)] : [];
      const isGood = typeof value === 'string' && each.pattern.test(value);
      return isGood ? [] : [badParameter(each, value)];
    }),
  ];
}

function unknownParameter(name: string, known: readonly string[]): Fault {
  const field = name.slice(0, 100);
  const cure = known.length === 0 ? 'it takes none' : `use ${known.join(', ')}`;
  return { code: 'http.bad-request', field, message: `${field} is no parameter here: ${cure}` };
}

const missing = ({ name, about }: Parameter): Fault => ({
  code: 'http.bad-request',
  field: name,
  message: `${name} is missing: give ${about}`,
});

function badParameter({ name, expected }: Parameter, value: unknown): Fault {
  const shown = Array.isArray(value) ? 'given twice' : JSON.stringify(String(value).slice(0, 80));
  return {
    code: 'http.bad-request',
    field: name,
    message: `${name} is ${shown}: expected ${expected}`,
  };
}
