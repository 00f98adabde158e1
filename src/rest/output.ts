import { toSnakeCase } from './names.ts';
import type { RestField, RestShape } from './table.ts';

/** The value of a root field as REST shows it. Contents of your own key-value data are not touched. */
export function shown(value: unknown, shape: RestShape): unknown {
  if (value === null || value === undefined) return null;
  if (shape === null) return value;
  if (shape.kind === 'LIST') return { data: shown(value, shape.shape), has_more: false, next_cursor: null };
  if (Array.isArray(value)) return value.map((item) => shown(item, shape));
  switch (shape.kind) {
    case 'OBJECT':
      return {
        ...shownFields(value as Fields, shape.fields),
        ...Object.fromEntries((shape.empty ?? []).map((name) => [name, []])),
      };
    case 'FLAT':
      return shown((value as Fields)[shape.field], shape.shape);
    case 'PAGE': {
      const { nodes, pageInfo } = value as unknown as Page;
      return {
        data: shown(nodes, shape.shape),
        has_more: pageInfo.hasNextPage,
        next_cursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
        ...shownFields(value as Fields, shape.fields),
      };
    }
    case 'TYPE_NAME':
      return toSnakeCase(value as string).slice(1);
  }
}

type Fields = Readonly<Record<string, unknown>>;

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

function shownFields(value: Fields, fields: Readonly<Record<string, RestField>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key in value) {
    // An interface's types differ in their fields, and what is told apart by them is left out, as userErrors are.
    const field = fields[key];
    if (field !== undefined) result[field.name] = shown(value[key], field.shape);
  }
  return result;
}
