import { runService } from '@recourse/kit/service.ts';
import { litigation } from './service.ts';

await runService(litigation);
