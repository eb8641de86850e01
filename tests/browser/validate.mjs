// Validates the HTML files named on standard input, one in a line; prints what is wrong with them.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:standard"] }));
for (const file of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const { line, ruleId, message, selector } of messages) console.log(`${file}:${line} ${ruleId}: ${message} (${selector})`);
  }
}
