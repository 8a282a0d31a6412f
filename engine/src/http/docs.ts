import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

/** Swagger UI's static files, served from here: nothing is fetched from elsewhere. */
export const docsAssets = (): RequestHandler => {
  const dir = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')));
  const files = express.static(dir, { index: false, maxAge: '1d' });
  const served = /^\/(swagger-ui\.css|swagger-ui-bundle\.js)$/;
  return (request, response, next) => {
    if (request.path === '/start.js') response.type('text/javascript').send(start);
    else if (served.test(request.path)) files(request, response, next);
    else next();
  };
};

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, persistAuthorization: false, validatorUrl: null });`;

export const docsPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Ripen API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/api/docs/assets/swagger-ui.css" />
  </head>
  <body>
    <main id="docs"></main>
    <noscript>The description of the API is at <a href="/api/openapi.json">/api/openapi.json</a>.</noscript>
    <script src="/api/docs/assets/swagger-ui-bundle.js"></script>
    <script src="/api/docs/assets/start.js"></script>
  </body>
</html>
`;
