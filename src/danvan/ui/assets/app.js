// Comfort only: every page works without this file. All hooks are data attributes.
import { watchDrafts } from "./drafts.js";
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { watchMenus } from "./menus.js";
import { watchTables } from "./tables.js";

watchDrafts();
watchForms();
watchKeys();
watchMenus();
watchTables();
