/** Moves whenever output bytes change on purpose, together with the golden files and CHANGELOG.md. */
export const pipelineVersion = '0.5.0';
