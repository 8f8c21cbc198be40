import about from './package.json' with { type: 'json' };
import { runGateway } from './process.ts';

await runGateway(about.version);
