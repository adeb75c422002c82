// The public pages' behaviour. Every one of them works without it.
import { watchCopying } from "./copy.js";
import { watchReading } from "./reading.js";

watchCopying();
watchReading();
