/**
 * Which domain type stands behind each GraphQL object type. A resolver of `TierStructure` then
 * receives the domain's `TierStructure` as its parent, and whoever answers a `TierStructure`
 * must return one:
 *
 *     TierStructure: '../domain/structures.ts#TierStructure',
 *     ^ GraphQL type  ^ module, seen from src/generated/, and its exported type
 *
 * The generated file imports it under a name ending in `Mapper`, so equal names do not clash.
 * Types whose shape is the SDL itself (PageInfo, payloads, connections, edges, user errors) need
 * no entry: their parent is the generated type. An entry for a type that the schema does not
 * have makes `npm run codegen` warn.
 */
export const mappers: Record<string, string> = {};
