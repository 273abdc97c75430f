// Medians, in seconds, of docxtemplater and easy-template-x on template.docx with values.json.
import { readFileSync } from "node:fs";
import Docxtemplater from "docxtemplater";
import PizZip from "pizzip";
import { TemplateHandler } from "easy-template-x";

const template = readFileSync("template.docx");
const values = JSON.parse(readFileSync("values.json", "utf-8"));
const rounds = Number(process.argv[2] ?? 15);

async function median(run) {
  for (let i = 0; i < 5; i++) await run();
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const start = process.hrtime.bigint();
    await run();
    times.push(Number(process.hrtime.bigint() - start) / 1e9);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)];
}

function docxtemplater() {
  const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
  document.render(values);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

const handler = new TemplateHandler();
const results = {
  docxtemplater: await median(docxtemplater),
  "easy-template-x": await median(() => handler.process(template, values)),
};
console.log(JSON.stringify(results));
