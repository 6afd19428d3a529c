// What every page shares. Nothing here is needed to read or to send a page.
import { BackToTop, Collapse, Dropdown, NavBarCollapsible, Tooltip } from "bootstrap-italia";
import { watchMenus } from "./site/menus.js";
import { watchPrint } from "./site/print.js";

// Naming the plugins keeps the bundle from dropping them: each listens to its own data-bs-* attributes.
export const plugins = { BackToTop, Collapse, Dropdown, NavBarCollapsible, Tooltip };

watchMenus();
watchPrint();
