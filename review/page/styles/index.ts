import { colours } from "./colours";
import { drawing } from "./drawing";
import { layout } from "./layout";
import { print } from "./print";

/** The look of the page. */
export const styles = [colours, layout, drawing, print].join("");
