import type { InputObjects } from './input.ts';
import { InputError, toVariable } from './input.ts';
import { JsonNumber, parseJson } from './json.ts';
import type { RestParameter } from './table.ts';

/** Parameters of the path and the query, whose values are text. */

/** @throws InputError */
export function toParameter(text: string | string[], { name, type }: RestParameter, objects: InputObjects): unknown {
  if (typeof text !== 'string') throw new InputError(`\`${name}\` is given more than once.`, [name]);
  const object = objects[type.type];
  if (object === undefined) return toVariable(scalarOf(text, type.type), type, objects, [name]);
  if (object.text !== undefined && type.list !== true) return toReference(text, object.text, object.fields, name, objects);
  return toVariable(jsonOf(text, name), type, objects, [name]);
}

function scalarOf(text: string, type: string): unknown {
  if (type === 'Boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return type === 'Int' && /^-?\d+$/.test(text) ? new JsonNumber(text) : text;
}

/** Names an object: by our id, or `external_id:` and an id of yours. */
function toReference(
  text: string,
  plain: string,
  fields: InputObjects[string]['fields'],
  name: string,
  objects: InputObjects,
): unknown {
  const [prefix = ''] = /^[a-z_]+(?=:)/.exec(text) ?? [];
  const field = Object.hasOwn(fields, prefix) ? fields[prefix] : undefined;
  if (field === undefined) return { [plain]: text };
  return { [field.name]: toVariable(text.slice(prefix.length + 1), field, objects, [name]) };
}

function jsonOf(text: string, name: string): unknown {
  try {
    return parseJson(Buffer.from(text));
  } catch {
    throw new InputError(`\`${name}\` is not valid JSON.`, [name]);
  }
}
