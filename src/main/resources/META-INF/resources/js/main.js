// The console's behaviour. Every page works without it; this makes it quick, live and usable by keyboard alone.
import "./merge.js";
import { showOpenSections } from "./sections.js";
import { watchTimes } from "./time.js";
import { watchAppearance } from "./appearance.js";
import { watchKeys } from "./keys.js";
import { watchCopying } from "./copy.js";
import { watchDialogs } from "./dialog.js";
import { watchMenus } from "./menu.js";
import { watchFilters } from "./filters.js";
import { watchBoard } from "./board.js";
import { watchGraph } from "./graph.js";
import { watchChanges } from "./live.js";
import { watchTrouble } from "./trouble.js";
import { watchUndo } from "./undo.js";

showOpenSections();
watchTimes();
watchAppearance();
watchKeys();
watchCopying();
watchDialogs();
watchMenus();
watchFilters();
watchBoard();
watchGraph();
watchChanges();
watchTrouble();
watchUndo();
