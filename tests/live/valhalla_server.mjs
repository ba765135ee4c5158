// SPDX-License-Identifier: MIT
// Valhalla's matrix behind HTTP on this machine, for tests:
//     node valhalla_server.mjs FOLDER_WITH_NODE_MODULES CONFIG
// prints its port, and ends with standard input.
import {createServer} from 'node:http';
import {createRequire} from 'node:module';

const [folder, config] = process.argv.slice(2);
const {Actor} = createRequire(`${folder}/`)('@valhallajs/valhallajs');
const actor = await Actor.fromConfigFile(config);
// The actor throws the sentence without its number.
const codes = [['Exceeded max locations', 150], ['max distance limit', 154],
  ['unconnected regions', 170], ['No suitable edges', 171],
  ['Failed to parse json', 100]];

const server = createServer((request, response) => {
  let body = '';
  request.on('data', part => { body += part; });
  request.on('end', async () => {
    let status = 200, text;
    try {
      text = await actor.matrix(body);
    } catch (error) {
      status = 400;
      const code = codes.find(([words]) => error.message.includes(words));
      text = JSON.stringify({error_code: code?.[1] ?? 199,
                             error: error.message, status_code: 400});
    }
    response.writeHead(status, {'Content-Type': 'application/json'}).end(text);
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume();
