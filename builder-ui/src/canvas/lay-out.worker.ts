import { laidOut, type Plan } from '../document/lay-out.ts';

// Beside the page: finding places for 300 steps takes a fifth of a second.
addEventListener('message', ({ data }: MessageEvent<Plan>) => postMessage(laidOut(data)));
