import { runService } from '@recourse/kit/service.ts';
import { agencies } from './service.ts';

await runService(agencies);
