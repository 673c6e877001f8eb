/** Writing to stdout and stderr without losing a byte when the reader is slow or gone. */

/** Writes to stdout and waits until it has taken the text. A closed pipe (`| head`) ends the process quietly. */
export function print(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null) resolve();
      else if ('code' in error && error.code === 'EPIPE') process.exit(0);
      else reject(error);
    });
  });
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
