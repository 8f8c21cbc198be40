import { runService } from '@recourse/kit/service.ts';
import { cases } from './service.ts';

await runService(cases);
