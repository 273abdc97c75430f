// docxtemplater and easy-template-x on template.docx with values.json.
// Reads lines « name count » and answers each with the durations of so many runs, in seconds, as JSON.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import Docxtemplater from "docxtemplater";
import PizZip from "pizzip";
import { TemplateHandler } from "easy-template-x";

const WARM = 20; // runs before any that counts: the compiler of node has seen the code
const template = readFileSync("template.docx");
const values = JSON.parse(readFileSync("values.json", "utf-8"));
const handler = new TemplateHandler();

const peers = {
  docxtemplater: () => {
    const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
    document.render(values);
    return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  },
  "easy-template-x": () => handler.process(template, values),
};

async function burst(run, count) {
  await run();
  const times = [];
  for (let i = 0; i < count; i++) {
    const start = process.hrtime.bigint();
    await run();
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  return times;
}

for (const run of Object.values(peers)) await burst(run, WARM);
for await (const line of createInterface({ input: process.stdin })) {
  const [name, count] = line.split(" ");
  console.log(JSON.stringify(await burst(peers[name], Number(count))));
}
