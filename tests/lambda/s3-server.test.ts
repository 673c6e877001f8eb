import { afterAll } from 'vitest';
import { lambdaContract } from '../support/lambda-contract.ts';
import { endpointOf } from '../support/lambda-endpoint.ts';
import { startS3Server } from '../support/s3-server.ts';

const server = await startS3Server();
afterAll(() => server.close());

lambdaContract('the test server', endpointOf(server));
