/** The part of the converter that is used here; it brings no types. */
declare module 'openapi-to-postmanv2' {
  interface Conversion {
    readonly result: boolean;
    readonly reason?: string;
    readonly output?: readonly { readonly type: 'collection'; readonly data: object }[];
  }
  const converter: {
    convertV2(
      input: { readonly type: 'string'; readonly data: string },
      options: object,
      done: (error: Error | null | undefined, result?: Conversion) => void,
    ): void;
  };
  export default converter;
}
