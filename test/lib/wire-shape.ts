/** The keywords of a wire schema that say what may stand in its place. */
interface Keywords {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly items?: Keywords;
  readonly properties?: Readonly<Record<string, Keywords>>;
  readonly patternProperties?: Readonly<Record<string, Keywords>>;
  readonly anyOf?: readonly Keywords[];
  readonly oneOf?: readonly Keywords[];
  readonly discriminator?: { readonly propertyName: string };
}

/** The schemas of all messages, of this build or of another one, by their names in `proto/`. */
export interface WireSchemas {
  readonly requestSchemas: object;
  readonly responseSchemas: object;
  readonly EVENT_DATA: object;
  readonly nodeReport: object;
  readonly minuteRecord: object;
  readonly nodeViewChange: object;
  readonly desiredState: object;
  readonly jobSpec: object;
  readonly auditLine: object;
}

/**
 * What each place in each message may hold, in words: `response node-list/nodes/[]/liveness` →
 * `ready | suspect | down`. Two builds that agree in a place read what the other writes there.
 */
export function wireShapes(schemas: WireSchemas): ReadonlyMap<string, string> {
  const { requestSchemas, responseSchemas, EVENT_DATA, ...messages } = schemas;
  const roots: readonly (readonly [string, unknown])[] = [
    ...named('request', requestSchemas),
    ...named('response', responseSchemas),
    ...named('event', EVENT_DATA),
    ...Object.entries(messages),
  ];
  return new Map(roots.flatMap(([path, schema]) => shapesAt(path, schema as Keywords)));
}

/** The place that holds this one; '' = it is a message. */
export const placeAround = (path: string): string =>
  path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Begins the shape of a place that may be absent. */
export const MAY_BE_ABSENT = 'optional ';

const named = (kind: string, schemas: object): readonly (readonly [string, unknown])[] =>
  Object.entries(schemas).map(([name, schema]) => [`${kind} ${name}`, schema]);

type Shapes = readonly (readonly [string, string])[];

function shapesAt(path: string, schema: Keywords): Shapes {
  const absent = '~optional' in schema ? MAY_BE_ABSENT : '';
  return [[path, `${absent}${shapeOf(schema)}`], ...inside(path, schema)];
}

function inside(path: string, schema: Keywords): Shapes {
  const { properties = {}, patternProperties = {}, items, anyOf = [] } = schema;
  return [
    ...Object.entries(properties).flatMap(([name, one]) => shapesAt(`${path}/${name}`, one)),
    ...Object.values(patternProperties).flatMap((one) => shapesAt(`${path}/{}`, one)),
    ...(items === undefined ? [] : shapesAt(`${path}/[]`, items)),
    ...anyOf.flatMap((one) => inside(path, one)),
    ...variantsOf(schema).flatMap(([word, one]) => shapesAt(`${path}/=${word}`, one)),
  ];
}

/** The kinds of object that may stand in one place, each with the word that says which it is. */
function variantsOf({
  oneOf = [],
  discriminator,
}: Keywords): readonly (readonly [string, Keywords])[] {
  const name = discriminator?.propertyName ?? '';
  return oneOf.map((one) => [String(one.properties?.[name]?.enum?.[0]), one]);
}

function shapeOf(schema: Keywords): string {
  const { type, anyOf, minimum, maximum, maxLength, pattern } = schema;
  if (schema.enum !== undefined) return wordsOf(schema.enum);
  if (anyOf !== undefined) return anyOf.map(shapeOf).join(' or ');
  if (schema.oneOf !== undefined) return wordsOf(variantsOf(schema).map(([word]) => word));
  if (type === 'string') return `text ${maxLength}${pattern === undefined ? '' : ` ${pattern}`}`;
  if (type === 'number' || type === 'integer') return `${type} ${minimum} to ${maximum}`;
  if (type === 'array') return `list ${schema.maxItems}`;
  if (schema.patternProperties !== undefined) return `dictionary ${schema.maxProperties}`;
  return type ?? 'anything';
}

const wordsOf = (words: readonly unknown[]): string => words.map(String).sort().join(' | ');
