import { expect, it } from 'vitest';
import { startMoto } from './moto.ts';

it('is undefined where there is no moto_server on PATH', async () => {
  const path = process.env.PATH;
  process.env.PATH = '';
  try {
    expect(await startMoto()).toBeUndefined();
  } finally {
    process.env.PATH = path;
  }
});

it('answers, and is gone once closed', async ({ skip }) => {
  const moto = await startMoto();
  if (!moto) {
    // Skipped, and said out loud: moto is a Python program that a user's machine may lack. .ci/run brings it where it can.
    skip('NOT RUN: moto_server is not on PATH or does not start');
    return;
  }
  expect((await fetch(moto.url)).ok).toBe(true);
  await moto.close();
  await expect(fetch(moto.url)).rejects.toThrow();
});
