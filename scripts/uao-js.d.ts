/** The part of uao-js that the tables are made with; it brings no types. */
declare module 'uao-js' {
  const uao: {
    /** Both texts are bytes, one a character. What cannot be decoded stays as it is. */
    readonly decodeSync: (bytes: string) => string;
    /** @throws for a character that Big5-UAO lacks. */
    readonly encodeSync: (text: string) => string;
  };
  // biome-ignore lint/style/noDefaultExport: the package has no other.
  export default uao;
}
