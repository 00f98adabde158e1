import type { ASTVisitor, ValidationContext } from 'graphql';
import { GraphQLError } from 'graphql';

/** Refuses operations of a kind that the contract does not have. graphql-js 16 finds that out only when it executes one. */
export function knownOperationTypes(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (context.getSchema().getRootType(node.operation)) return;
      context.reportError(new GraphQLError(`There are no operations of the kind ${node.operation}.`, { nodes: node }));
    },
  };
}
