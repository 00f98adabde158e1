/**
 * SDL in, types out: `schema/*.graphql` is the contract, `src/generated/` follows from it.
 *
 *     npm run codegen         regenerate (commit the result)
 *     npm run codegen:check   fail if the committed files are stale; writes nothing
 *
 * `schema.graphql` is the whole contract printed in one sorted file: what the schema diff
 * compares, what reviewers read. `resolvers-types.ts` makes the compiler hold the resolvers
 * to it. Domain types behind GraphQL types are listed in `codegen.mappers.ts`.
 */
import type { CodegenConfig } from '@graphql-codegen/cli';
import type { TypeScriptPluginConfig } from '@graphql-codegen/typescript';
import type { TypeScriptResolversPluginConfig } from '@graphql-codegen/typescript-resolvers';
import { mappers } from './codegen.mappers.ts';

const typesConfig: TypeScriptPluginConfig & TypeScriptResolversPluginConfig = {
  // What the code sees of each scalar. An undeclared scalar stops generation.
  strictScalars: true,
  defaultScalarType: 'never',
  scalars: {
    ID: 'string',
    // Milliseconds since 1970, as everywhere in the house.
    DateTime: 'number',
    LocalDate: 'string',
    JSONObject: 'Record<string, unknown>',
    Points: 'bigint',
    Decimal: 'string',
  },

  contextType: '../context.ts#RequestContext',
  mappers,
  mapperTypeSuffix: 'Mapper',

  // A root field without a resolver is a compile error; for the fields of other types see
  // src/platform/complete-resolvers.ts, which knows what a domain type can serve by itself.
  // An input field with a default always has a value.
  avoidOptionals: { query: true, mutation: true, subscription: true, defaultValue: true },
  // What is answered as an interface or union carries its __typename, so no __resolveType is needed.
  resolversNonOptionalTypename: { unionMember: true, interfaceImplementingType: true },
  optionalResolveType: true,

  // Only erasable syntax, only type imports, every import with its `.ts`.
  enumsAsTypes: true,
  useTypeImports: true,
  importExtension: '.ts',
  // Inputs and results are read-only, so domain types may hold readonly arrays.
  immutableTypes: true,
  // The SDL holds the descriptions; repeating them here would only make diffs long.
  disableDescriptions: true,
};

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  importExtension: '.ts',
  generates: {
    'src/generated/resolvers-types.ts': {
      plugins: [
        {
          add: { content: '// Generated from schema/*.graphql by `npm run codegen`; do not edit.' },
        },
        'typescript',
        'typescript-resolvers',
      ],
      config: typesConfig,
    },
    'src/generated/schema.graphql': {
      plugins: [
        {
          add: {
            content: '# Generated from schema/*.graphql by `npm run codegen`; do not edit.\n',
          },
        },
        'schema-ast',
      ],
      config: { includeDirectives: true, sort: true },
    },
  },
};

export default config;
