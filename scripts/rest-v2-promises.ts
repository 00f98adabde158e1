/**
 * What clients of `/v2` may rely on, a line each, read out of its OpenAPI description. A line that is gone breaks a
 * client, and so does a new line that begins with `needs`.
 */
export const LANDED_PATH = 'schema/landed/rest-v2.txt';

type Json = Readonly<Record<string, unknown>>;
interface Schema extends Json {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | Operation['parameters']>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Sorted, each once. */
export function promisesOf(description: unknown): readonly string[] {
  const { paths, components } = description as Description;
  const lines = new Set<string>();
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, value] of Object.entries(item)) {
      if (method === 'parameters') continue;
      const { parameters = [], requestBody, responses } = value as Operation;
      const route = `${method.toUpperCase()} ${path}`;
      lines.add(`has ${route}`);
      for (const parameter of [...((item['parameters'] ?? []) as typeof parameters), ...parameters]) {
        const place = `${route} ${parameter.in} ${parameter.name}`;
        if (parameter.required) lines.add(`needs ${place}`);
        describe(parameter.schema, place, 'takes');
      }
      for (const { schema } of Object.values(requestBody?.content ?? {})) describe(schema, `${route} body`, 'takes');
      for (const [status, { content }] of Object.entries(responses)) {
        for (const [type, { schema }] of Object.entries(content)) describe(schema, `${route} ${status} ${type}`, 'gives');
      }
    }
  }
  return [...lines].sort();

  function describe(
    { $ref, type, enum: values, const: only, properties, required, items, anyOf }: Schema,
    place: string,
    verb: 'takes' | 'gives',
  ): void {
    if ($ref !== undefined) {
      const name = $ref.replace('#/components/schemas/', '');
      lines.add(`${verb} ${place}: ${name}`);
      return describe(components.schemas[name] ?? {}, name, verb);
    }
    for (const each of [type ?? []].flat()) lines.add(`${verb} ${place}: ${each}`);
    for (const value of [...(values ?? []), ...(only === undefined ? [] : [only])]) lines.add(`${verb} ${place} = ${value}`);
    for (const option of anyOf ?? []) describe(option, place, verb);
    if (items !== undefined) describe(items, `${place}[]`, verb);
    for (const [name, property] of Object.entries(properties ?? {})) {
      if (required?.includes(name) === true) lines.add(`${verb === 'takes' ? 'needs' : 'always gives'} ${place}.${name}`);
      describe(property, `${place}.${name}`, verb);
    }
  }
}

/** Why the new promises break clients of the landed ones, a line each; empty if they do not. */
export function breaks(landed: readonly string[], promises: readonly string[]): readonly string[] {
  const [before, after] = [new Set(landed), new Set(promises)];
  const isNeed = (line: string) => line.startsWith('needs ');
  return [
    ...landed.filter((line) => !isNeed(line) && !after.has(line)).map((line) => `no longer: ${line}`),
    ...promises.filter((line) => isNeed(line) && !before.has(line) && isOldPlace(line)).map((line) => `newly: ${line}`),
  ];

  /** What a new route or a new object needs is nobody's trouble. */
  function isOldPlace(need: string): boolean {
    const [, place = ''] = /^needs (.+)$/.exec(need) ?? [];
    const [route] = /^[A-Z]+ \/\S+/.exec(place) ?? [];
    return before.has(route === undefined ? `takes ${place.replace(/\.[^.]+$/, '')}: object` : `has ${route}`);
  }
}
