// What feelin says of each expression, and what one costs it: the median of fifteen rounds, in microseconds.
import { readFileSync } from "node:fs";
import { evaluate } from "feelin";

const { texts, context, turns } = JSON.parse(readFileSync(0, "utf8"));
const values = texts.map((text) => evaluate(text, context).value);
const run = () => {
  for (const text of texts) evaluate(text, context);
};
for (let turn = 0; turn < turns; turn++) run();
const rounds = Array.from({ length: 15 }, () => {
  const start = process.cpuUsage();
  for (let turn = 0; turn < turns; turn++) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / turns / texts.length;
});
console.log(JSON.stringify({ values, cost: rounds.sort((one, other) => one - other)[7] }));
