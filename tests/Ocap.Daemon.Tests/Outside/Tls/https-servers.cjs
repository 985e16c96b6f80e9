// Reads one line, { trusted, servers }, starts the servers, asks each as Node's own client would, writes one line with ports and verdicts. Ends with its input.
const fs = require('node:fs');
const https = require('node:https');
const net = require('node:net');
const readline = require('node:readline');

let connections = 0;

const route = (raws) => (request, response) => {
  const url = new URL(request.url, 'https://x');
  const size = Number(url.searchParams.get('size') ?? 0);
  const tls = request.socket;
  tls.number ??= ++connections;
  switch (url.pathname) {
    case '/about':
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ protocol: tls.getProtocol(), cipher: tls.getCipher().standardName, alpn: tls.alpnProtocol, sni: tls.servername, host: request.headers.host, connection: tls.number }));
      break;
    case '/echo':
      request.pipe(response);
      break;
    case '/large': {
      let left = size;
      const more = () => {
        while (left > 0) {
          const part = Buffer.alloc(Math.min(left, 50000), left % 251);
          left -= part.length;
          if (!response.write(part)) return response.once('drain', more);
        }
        response.end();
      };
      more();
      break;
    }
    case '/file':
      fs.createReadStream(url.searchParams.get('path')).pipe(response);
      break;
    case '/redirect':
      response.writeHead(302, { location: url.searchParams.get('to') });
      response.end();
      break;
    case '/until-close': // framed by the end of the connection, said by close_notify
      response.useChunkedEncodingByDefault = false;
      response.shouldKeepAlive = false;
      response.removeHeader('transfer-encoding');
      response.end('whole');
      break;
    case '/cut': // the same, but the connection just ends
      response.useChunkedEncodingByDefault = false;
      response.shouldKeepAlive = false;
      response.write('half', () => setTimeout(() => raws.forEach((raw) => raw.destroy()), 100));
      break;
    case '/cut-after-length':
      response.setHeader('content-length', '5');
      response.write('whole', () => setTimeout(() => raws.forEach((raw) => raw.end()), 100));
      break;
    case '/hang':
      tls.on('close', () => { raws.closed = true; });
      response.write('x');
      break;
    case '/was-closed':
      response.end(String(raws.closed === true));
      break;
  }
};

const ask = (server, trusted) => new Promise((resolve) => {
  const isAddress = net.isIP(server.Host);
  https.get({ host: isAddress ? server.Host : '127.0.0.1', servername: isAddress ? undefined : server.Host, port: server.Port, path: '/about', ca: trusted, agent: false }, (response) => {
    response.resume();
    resolve('accepted');
  }).on('error', (error) => resolve(error.code ?? error.message));
});

const start = (server) => new Promise((resolve) => {
  const raws = new Set();
  const secured = https.createServer({
    key: server.Key, cert: server.Cert, minVersion: server.MinVersion ?? undefined, maxVersion: server.MaxVersion ?? undefined,
    ALPNProtocols: ['http/1.1'], ciphers: 'DEFAULT@SECLEVEL=0',
  }, route(raws));
  secured.on('tlsClientError', () => {});
  const listener = net.createServer((raw) => {
    raws.add(raw);
    raw.on('close', () => raws.delete(raw)).on('error', () => {});
    secured.emit('connection', raw);
  });
  listener.listen(0, server.Host.includes(':') ? '::1' : '127.0.0.1', () => {
    server.Port = listener.address().port;
    resolve();
  });
});

readline.createInterface({ input: process.stdin }).once('line', async (line) => {
  const { trusted, servers } = JSON.parse(line);
  for (const server of servers) {
    await start(server);
    server.Verdict = await ask(server, trusted);
  }
  process.stdout.write(`${JSON.stringify(servers)}\n`);
}).on('close', () => process.exit());
