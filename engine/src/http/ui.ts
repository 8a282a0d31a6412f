import { join } from 'node:path';
import express, { Router } from 'express';

/**
 * Serves the built UI; addresses of its views, which are no files, get its page. The folder may be filled later: a first start
 * builds the UI while the API begins to answer.
 */
export const serveUi = (dir: string): Router => {
  const router = Router();
  const page = join(dir, 'index.html');
  // Names of assets carry their hash; the page itself must be asked for each time.
  router.use('/assets', express.static(join(dir, 'assets'), { index: false, immutable: true, maxAge: '1y' }));
  router.use(express.static(dir, { index: 'index.html', maxAge: 0 }));
  router.get('/{*view}', (request, response, next) => {
    if (/^\/(api|v1|hooks|assets|metrics|health)(\/|$)/.test(request.path) || !request.accepts('html')) {
      next();
      return;
    }
    response.sendFile(page, (error: unknown) => {
      // Not built yet, or a reader who left: the answer to that is somebody else's.
      if (error && !response.headersSent) next();
    });
  });
  return router;
};
