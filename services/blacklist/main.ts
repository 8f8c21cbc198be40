import { runService } from '@recourse/kit/service.ts';
import { blacklist } from './service.ts';

await runService(blacklist);
