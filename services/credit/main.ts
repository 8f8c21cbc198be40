import { runService } from '@recourse/kit/service.ts';
import { credit } from './service.ts';

await runService(credit);
