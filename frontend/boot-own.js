// The guide and the forms: `boot.js` starts them; they must not bring that file along.

export { default as start } from "anju-module";
